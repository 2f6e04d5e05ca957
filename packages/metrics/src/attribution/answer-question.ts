import type {
  AnswerContext,
  AttributionAnswer,
  AttributionModel,
  AttributionQuestion,
  Envelope,
} from '../contracts/index.ts';
import { WIRE_VERSION } from '../contracts/index.ts';
import { definitionRef, findDefinition } from '../definitions/registry.ts';
import type { EngineInfo } from '../funnel/answer.ts';
import type { RowReader } from '../rows/plan.ts';
import type { Attribution, CreditRow, ExclusionReason } from './answer.ts';
import { compareModels } from './compare-models.ts';
import type { AttributionChoices, AttributionDefinition, Dimension } from './contracts.ts';
import { planJourneys, readJourneys, type FoundJourneys, type PlannedJourneys } from './journeys.ts';

/**
 * Answers an attribution question from the records and activities of any engine: makes journeys of
 * them and shares their conversions by the agreed model, with others beside it.
 *
 * @throws QuestionError when the question cannot be answered as asked.
 */
export async function answerAttribution(
  question: AttributionQuestion,
  context: AnswerContext,
  reader: RowReader,
  engine: EngineInfo,
): Promise<Envelope> {
  const definition = findDefinition(context.definitions, 'attribution', question.attribution);
  const planned = planJourneys(question, definition, context);
  const found = await readJourneys(planned, reader, context.signal);
  const { answers, spread } = compared(question, definition, planned, found);
  const [own, ...others] = answers;
  if (own === undefined) throw new Error('the own model has no answer');
  const data: AttributionAnswer = {
    kind: 'attribution',
    label: definition.label ?? definition.id,
    choices: own.choices,
    note: own.note,
    source: planned.shown,
    ...planned.asked,
    timeZone: planned.timeZone,
    conversions: own.conversions,
    lost: found.journeys.length - own.conversions,
    amount: own.amount,
    unattributed: own.unattributed,
    by: own.choices.by,
    rows: rowsOf(own),
    sharedJourneys: own.sharedJourneys,
    excluded: excludedOf(own),
    withoutChannel: found.withoutChannel,
    others: others.map((answer) => ({ model: answer.choices.model, rows: rowsOf(answer) })),
    spread,
  };
  const mixed = own.warnings.some(({ code }) => code === 'mixed-currency');
  const code = planned.filtered ? 'nothing-matches' : 'no-data-yet';
  return {
    v: WIRE_VERSION,
    status: own.conversions > 0 ? 'ok' : 'empty',
    ...(own.conversions > 0 ? {} : { code }),
    flags: [...(mixed ? ['mixed-currency' as const] : []), ...(engine.flags ?? [])],
    definition: definitionRef(definition),
    asOf: new Date(planned.asOf).toISOString(),
    computedAt: engine.now(),
    engine: engine.name,
    warnings: own.warnings,
    data,
  };
}

/** The own model first, then the others that were asked for; the own is not repeated. */
function compared(
  { models, by }: AttributionQuestion,
  definition: AttributionDefinition,
  { timeZone }: PlannedJourneys,
  { journeys }: FoundJourneys,
): ReturnType<typeof compareModels> {
  const choices = choicesOf(definition);
  const dimension: Dimension = by ?? choices.by ?? 'channel';
  const beside = models ?? [{ model: definition.model.model === 'linear' ? 'first' : 'linear' } as const];
  const same = JSON.stringify(definition.model);
  const all = [definition.model, ...beside.filter((model) => JSON.stringify(model) !== same)];
  return compareModels(
    journeys,
    (all.length > 1 ? all : [...all, LINEAR]).map((model) => ({ ...choices, model })),
    { timeZone, by: dimension },
  );
}

const LINEAR: AttributionModel = { model: 'linear' };

const choicesOf = ({ model, lookback, duplicates, sourcePriority, by }: AttributionDefinition): AttributionChoices => ({
  model,
  ...(lookback === undefined ? {} : { lookback }),
  ...(duplicates === undefined ? {} : { duplicates }),
  ...(sourcePriority === undefined ? {} : { sourcePriority }),
  ...(by === undefined ? {} : { by }),
});

const rowsOf = ({ choices, totals }: Attribution): CreditRow[] => totals[choices.by] ?? [];

function excludedOf({ excluded }: Attribution): AttributionAnswer['excluded'] {
  const counts = new Map<ExclusionReason, number>();
  for (const { reason } of excluded) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, touches]) => ({ reason, touches }));
}
