import type {
  Annotation,
  AnswerContext,
  Envelope,
  Flag,
  GlossaryQuestion,
  HandoffsQuestion,
  MetricsEngine,
  Warning,
} from '../contracts/index.ts';
import { WIRE_VERSION } from '../contracts/index.ts';
import { QuestionError } from '../errors.ts';
import { annotationsOf } from '../marks/index.ts';
import { problem } from '../problem.ts';
import type { Desk } from './desk.ts';
import { glossaryImpact } from './glossary/impact.ts';
import { glossaryList } from './glossary/lines.ts';
import { glossaryTerm } from './glossary/term.ts';
import { handoffDetail } from './handoffs/detail.ts';
import { entriesOf } from './handoffs/entries.ts';
import { handoffList } from './handoffs/list.ts';
import { handoffReturns } from './handoffs/returns.ts';
import { permitted } from './handoffs/views.ts';
import { askingOf, type Asking } from './reader.ts';

/** What an engine over a ledger needs beside it. @beta */
export interface DeskEngineOptions {
  /** The clock of the ledger: an ISO instant. */
  now: () => string;
  /** Flags of every answer, such as `demo`. */
  flags?: readonly Flag[];
  name?: string;
  /** Whether answers for charts carry annotations and decisions, for whom they are open. Default: true. */
  annotates?: boolean;
}

/** An engine that also answers what its ledger knows: hand-offs and terms. All else is the other engine's. @beta */
export function deskEngine(engine: MetricsEngine, desk: Desk, options: DeskEngineOptions): MetricsEngine {
  const { flags = [], name = 'ledger', annotates = true, now } = options;
  return {
    async answer(question, context) {
      const { scopes, rows } = context.rights;
      if (question.kind !== 'handoffs' && question.kind !== 'glossary') {
        const envelope = await engine.answer(question, context);
        return annotates && scopes.some((scope) => scope === '*' || scope === 'annotations')
          ? annotated(envelope, desk)
          : envelope;
      }
      if (!scopes.some((scope) => scope === '*' || scope === question.kind))
        return problem('forbidden', `your rights do not include questions of kind "${question.kind}"`);
      const at = now();
      const asking = askingOf(context, at);
      try {
        const data =
          question.kind === 'handoffs'
            ? handoffsData(question, desk, asking, context)
            : await glossaryData(question, desk, engine, asking, context);
        const isEmpty = 'rows' in data ? data.total === 0 : 'terms' in data && data.terms.length === 0;
        const sought = question.kind === 'handoffs' && question.filter !== undefined;
        const none = 'rows' in data ? !sought && data.counts.all === 0 : 'counts' in data && data.counts.terms === 0;
        const warnings: Warning[] = question.kind === 'handoffs' && rows !== undefined ? [{ code: 'row-filter' }] : [];
        return {
          v: WIRE_VERSION,
          status: isEmpty ? 'empty' : 'ok',
          ...(isEmpty ? { code: none ? ('no-data-yet' as const) : ('nothing-matches' as const) } : {}),
          flags: [...flags],
          asOf: at,
          computedAt: at,
          engine: name,
          warnings,
          data,
        };
      } catch (error) {
        if (error instanceof QuestionError) return problem(error.code, error.message);
        throw error;
      }
    },
  };
}

function annotated(envelope: Envelope, desk: Desk): Envelope {
  const annotation = annotationsOf(desk.marks(), envelope);
  if (annotation.length === 0) return envelope;
  const all = [...(envelope.annotation ?? []), ...annotation];
  return { ...envelope, ...broken(envelope, all), annotation: all };
}

/** Numbers before and after a change of their definition do not compare, which whoever draws them has to say. */
function broken(
  { flags, warnings }: Envelope,
  annotation: readonly Annotation[],
): Pick<Envelope, 'flags' | 'warnings'> {
  return flags.includes('definition-break') || annotation.every(({ kind }) => kind !== 'definition-break')
    ? { flags, warnings }
    : { flags: [...flags, 'definition-break'], warnings: [...warnings, { code: 'definition-break' }] };
}

type Data = NonNullable<Envelope['data']>;

function handoffsData(
  question: HandoffsQuestion,
  desk: Desk,
  asking: Asking,
  { fiscal }: AnswerContext,
): Extract<Data, { kind: 'handoffs' }> {
  const entries = entriesOf(desk);
  if (question.show === 'returns') return handoffReturns(question, desk, entries, asking, fiscal);
  if (question.show !== 'detail') return handoffList(question, desk, entries, asking);
  const entry = entries.get(question.handoff ?? '');
  const seen = entry === undefined ? [] : permitted(asking.rights.rows, [entry], desk, asking);
  const [found] = seen;
  // What a reader may not see is said to be as absent as what there is not.
  if (found === undefined) throw new QuestionError('not-found', `handoff: there is no hand-off "${question.handoff}"`);
  return handoffDetail(found, desk, entries, asking);
}

async function glossaryData(
  question: GlossaryQuestion,
  desk: Desk,
  engine: MetricsEngine,
  asking: Asking,
  context: AnswerContext,
): Promise<Extract<Data, { kind: 'glossary' }>> {
  const { show = 'terms', key = '' } = question;
  if (show === 'terms') return glossaryList(question, desk, asking, context.definitions);
  if (show === 'impact') return glossaryImpact(question, desk, engine, context);
  const term = glossaryTerm(key, desk, asking, context.definitions);
  if (term === undefined) throw new QuestionError('not-found', `key: there is no term "${key}"`);
  return term;
}
