import type {
  AnswerContext,
  Criteria,
  Definition,
  GlossaryImpact,
  GlossaryQuestion,
  Impact,
  MetricsEngine,
  TermDefinition,
} from '../../contracts/index.ts';
import { definitionHash } from '../../definitions/hash.ts';
import { QuestionError } from '../../errors.ts';
import { rate } from '../../funnel/stages.ts';
import { requiredChange, versionFault } from '../../glossary/change.ts';
import { lastTwoQuarters } from '../../glossary/impact.ts';
import { zone } from '../../time/index.ts';
import type { Desk } from '../desk.ts';

/**
 * What another text of a term would have meant for the records of the last two whole quarters, counted by the engine
 * that answers everything else: the records that entered the term's stage, how many each text holds for, and the
 * shares of those that got from the next stage to the last.
 *
 * A text without criteria holds for every record, since then the source's own label decides.
 *
 * @throws QuestionError when there is no such term or no text to look at.
 */
export async function glossaryImpact(
  { key = '', text, timeZone }: GlossaryQuestion,
  desk: Desk,
  engine: MetricsEngine,
  context: AnswerContext,
): Promise<GlossaryImpact> {
  const state = desk.term(key)?.state;
  const after = text ?? state?.open?.term;
  if (after === undefined)
    throw new QuestionError('not-found', `key: no text of "${key}" is proposed; give the text in question`);
  const before = state?.agreed.at(-1)?.term ?? null;
  const fault = before === null ? null : versionFault(before, after);
  return {
    kind: 'glossary',
    show: 'impact',
    key,
    before: before?.version ?? null,
    after: after.version,
    change: before === null ? null : requiredChange(before, after),
    versionFault: fault === null ? null : `${fault.reason}; ${fault.remedy}`,
    impact: await impactOf(before ?? after, after, engine, {
      ...context,
      timeZone: timeZone ?? context.timeZone,
    }),
  };
}

async function impactOf(
  before: TermDefinition,
  after: TermDefinition,
  engine: MetricsEngine,
  context: AnswerContext,
): Promise<GlossaryImpact['impact']> {
  const nothing = { value: null, reason: 'insufficient-data' } as const;
  const { of } = after;
  if (of === undefined || (before.criteria === undefined && after.criteria === undefined)) return nothing;
  const stage = after.stage ?? before.stage;
  const funnel = context.definitions.find(
    (d) => d.kind === 'funnel' && d.mode !== 'event' && d.grain === of && d.stages.some(({ key }) => key === stage),
  );
  const asOf = Date.parse(context.asOf);
  const period = stage === undefined || funnel === undefined ? undefined : lastTwoQuarters(asOf, context.timeZone);
  const { startOf } = zone(context.timeZone);
  const instant = (day: string): string => new Date(startOf(day)).toISOString();
  const entered: Criteria[] =
    period === undefined
      ? []
      : [
          { field: `reached.${stage}`, gte: instant(period.from) },
          { field: `reached.${stage}`, lt: instant(period.to) },
        ];
  const count = async (...parts: readonly (Criteria | undefined)[]): Promise<number> => {
    const all = [...entered, ...parts.filter((part) => part !== undefined)];
    const envelope = await engine.answer(
      {
        kind: 'measure',
        asOf: context.asOf,
        timeZone: context.timeZone,
        measure: {
          of,
          ...(funnel === undefined ? {} : { funnel: funnel.id }),
          ...(all.length === 0 ? {} : { where: { all } }),
          aggregates: ['count'],
        },
      },
      context,
    );
    if (envelope.data?.kind !== 'measure')
      throw new QuestionError(envelope.code ?? 'internal', envelope.message ?? 'the records could not be counted');
    return envelope.data.values[0]?.result.value ?? 0;
  };
  const records = await count();
  if (records === 0) return nothing;
  const [was, is, kept] = [
    await count(before.criteria),
    await count(after.criteria),
    await count(before.criteria, after.criteria),
  ];
  const rates: Impact['rates'] = [];
  for (const { id, from, to } of sharesOf(funnel, stage)) {
    const [reached, won] = [
      { field: `reached.${from}`, present: true },
      { field: `reached.${to}`, present: true },
    ];
    rates.push({
      id,
      before: rate(await count(before.criteria, reached, won), await count(before.criteria, reached)),
      after: rate(await count(after.criteria, reached, won), await count(after.criteria, reached)),
    });
  }
  return {
    before: { version: before.version, hash: definitionHash(before) },
    after: { version: after.version, hash: definitionHash(after) },
    asOf: new Date(asOf).toISOString(),
    ...(period === undefined ? {} : { period: { from: period.from, to: period.to } }),
    records,
    members: { before: was, after: is, kept, gained: is - kept, lost: was - kept },
    rates,
  };
}

/** From the stage after the term's to the last one. */
function sharesOf(
  funnel: Definition | undefined,
  stage: string | undefined,
): { id: string; from: string; to: string }[] {
  if (funnel?.kind !== 'funnel' || funnel.mode === 'event') return [];
  const keys = funnel.stages.map(({ key }) => key);
  const from = keys[keys.indexOf(stage ?? '') + 1];
  const to = keys.at(-1);
  return from === undefined || to === undefined || from === to ? [] : [{ id: `${from}-to-${to}`, from, to }];
}
