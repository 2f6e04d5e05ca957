import type {
  AnswerContext,
  DifferenceAnswer,
  DifferenceItem,
  DifferenceQuestion,
  DifferenceSide,
  Envelope,
  ErrorCode,
  FunnelQuestion,
  MetricsEngine,
  RecordsQuestion,
} from '../contracts/index.ts';
import { ErrorCode as Codes, WIRE_VERSION } from '../contracts/index.ts';
import { QuestionError } from '../errors.ts';
import type { EngineInfo } from '../funnel/answer.ts';
import { problem } from '../problem.ts';
import type { ReconcileRefusal, Side } from './contracts.ts';
import { prepare, type Prepared } from './prepare.ts';
import { fromEngine, type Reader } from './reader.ts';
import { reconciled } from './reconcile.ts';
import { positionsOf } from './records.ts';
import type { Asked } from './settings.ts';
import { inOrder } from './split.ts';

/** More at one step are not compared one by one. */
const MOST_COMPARED = 10_000;

/**
 * Answers why two numbers differ by the funnel questions between them, one setting exchanged after the other; whatever
 * an engine counts, this adds nothing to it.
 *
 * @throws QuestionError when it cannot be answered as asked.
 */
export async function answerDifference(
  question: DifferenceQuestion,
  context: AnswerContext,
  engine: MetricsEngine,
  info: EngineInfo,
): Promise<Envelope> {
  const reader = fromEngine(engine, context);
  const prepared = await prepare(reader, { a: sideOf(question, 'a'), b: sideOf(question, 'b') });
  if (prepared.status === 'refused') return refused(prepared);
  const split = await inOrder(prepared);
  if ('status' in split) return refused(split);
  const result = reconciled(prepared, 'ordered', split.items);
  const { a, b, difference, unit, currency, unexplained } = result;
  const named =
    question.records === undefined ? undefined : await namesOf(reader, prepared, result.items, question.records);
  const { data } = prepared.a;
  if (data.kind !== 'funnel') throw new Error(`an answer of kind ${data.kind}`);
  const answer: DifferenceAnswer = {
    kind: 'difference',
    label: data.label,
    ...(data.grain === undefined ? {} : { grain: data.grain }),
    timeZone: data.timeZone,
    unit,
    ...(currency === undefined ? {} : { currency }),
    a: { ...a, label: labelOf(prepared.a) },
    b: { ...b, label: labelOf(prepared.b) },
    difference,
    items: result.items.map((item, i): DifferenceItem => ({ ...item, ...named?.[i] })),
    unexplained,
    asked: result.asked + (named === undefined ? 0 : named.length + 1),
  };
  return {
    v: WIRE_VERSION,
    status: 'ok',
    flags: [...new Set([...a.flags, ...b.flags])],
    ...(a.definition === undefined ? {} : { definition: a.definition }),
    ...(a.asOf === undefined ? {} : { asOf: a.asOf }),
    computedAt: info.now(),
    engine: info.name,
    warnings: context.rights.rows === undefined ? [] : [{ code: 'row-filter' }],
    data: answer,
  };
}

function sideOf(asked: DifferenceQuestion, name: 'a' | 'b'): Side {
  const { stage, reported, asOf = asked.asOf, timeZone = asked.timeZone, ...counted }: DifferenceSide = asked[name];
  const question: FunnelQuestion = {
    kind: 'funnel',
    ...counted,
    ...(asOf === undefined ? {} : { asOf }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(asked.currency === undefined ? {} : { currency: asked.currency }),
  };
  return {
    label: name,
    question,
    figure: { stage, of: asked.of ?? 'count' },
    ...(reported === undefined ? {} : { reported }),
  };
}

/** What the stage of a side is called. */
function labelOf({ data, side: { figure } }: Prepared['a']): string {
  const key = 'stage' in figure ? figure.stage : figure.aggregate;
  const stages = data.kind === 'funnel' ? [...data.stages, ...data.side] : [];
  return stages.find((stage) => stage.key === key)?.label ?? key;
}

/** Who comes and who goes at each item; nothing where more stand before or after it than are compared. */
async function namesOf(
  reader: Reader,
  prepared: Prepared,
  items: DifferenceAnswer['items'],
  most: number,
): Promise<Pick<DifferenceItem, 'added' | 'removed'>[]> {
  const lists: (Map<string, number> | undefined)[] = [];
  for (const asked of positionsOf(prepared, items)) lists.push(await membersOf(reader, asked));
  return items.map((_, i) => {
    const [before, after] = [lists[i], lists[i + 1]];
    if (before === undefined || after === undefined) return {};
    return { added: beyond(after, before, most), removed: beyond(before, after, most) };
  });
}

/** How often each counts; undefined where they are too many. */
async function membersOf(
  reader: Reader,
  { question, figure, definition }: Asked,
): Promise<Map<string, number> | undefined> {
  if (question.kind !== 'funnel' || !('stage' in figure)) return undefined;
  const { kind: _, measure: __, details: ___, compare: ____, currency: _____, ...who } = question;
  const records: RecordsQuestion = {
    ...who,
    kind: 'records',
    stage: figure.stage,
    fields: [],
    sort: { by: 'id' },
    limit: MOST_COMPARED,
  };
  const { data, code = 'internal', message = '' } = await reader.under(undefined).ask(records, definition);
  if (data?.kind !== 'records') throw new QuestionError(code, message);
  if (data.total > data.records.length) return undefined;
  const counts = new Map<string, number>();
  for (const { id } of data.records) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** Who counts more often here than there. */
function beyond(here: ReadonlyMap<string, number>, there: ReadonlyMap<string, number>, most: number) {
  const ids = [...here].flatMap(([id, n]) => Array.from({ length: Math.max(0, n - (there.get(id) ?? 0)) }, () => id));
  return { total: ids.length, ids: ids.toSorted().slice(0, most) };
}

/** A refusal in the words of the question. */
function refused({ code, field, message, answer }: ReconcileRefusal): Envelope {
  const [side = 'b'] = field.split('.');
  if (code === 'no-data') return problem('no-data-yet', message);
  if (code === 'no-answer') return problem(codeOf(answer), `${side}: ${message}`);
  if (code === 'unknown-figure')
    return problem('unknown-stage', `${side}.stage: its answer does not show it; name one that it shows`);
  if (code === 'no-value')
    return problem(
      'invalid-question',
      `${side}.stage: it has no value (${answer}); ask of "count", or for one currency`,
    );
  if (code === 'different-currency')
    return problem('invalid-question', 'of: the two amounts are in different currencies; ask of "count"');
  return problem('invalid-question', `${side}: ${message}`);
}

function codeOf(answer: ReconcileRefusal['answer']): ErrorCode {
  return Codes.options.find((one) => one === answer) ?? 'internal';
}
