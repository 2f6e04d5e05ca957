import type {
  ActivityEvent,
  AnswerContext,
  EntityRecord,
  Envelope,
  Figure,
  Flag,
  MetricsEngine,
  Question,
  StageEvent,
} from '../contracts/index.ts';
import { InputError, QuestionError } from '../errors.ts';
import { answerFunnel, type EngineInfo } from '../funnel/answer.ts';
import { answerEventFunnel } from '../funnel/event/answer.ts';
import type { EventFunnelPlan } from '../funnel/event/plan.ts';
import type { EventFunnelStatistics } from '../funnel/event/statistics.ts';
import type { FunnelPlan, Line, Span } from '../funnel/plan.ts';
import type { EntryStatistics, FunnelStatistics } from '../funnel/statistics.ts';
import {
  answerKpi,
  type FigurePlan,
  type FigureRow,
  type KpiCounter,
  type RecordPlan,
  type RecordStatistics,
} from '../kpi/answer/index.ts';
import { answerAttribution } from '../attribution/answer-question.ts';
import { answerMeasure } from '../measure/answer.ts';
import type { MeasurePlan, MeasureStatistics } from '../measure/plan.ts';
import { answerDifference } from '../reconcile/answer.ts';
import { answerRecords } from '../rows/answer.ts';
import type { MemberPage, MemberPlan } from '../rows/members.ts';
import type { ActivityPlan, ActivityRow, RecordRow, RowPlan, RowReader } from '../rows/plan.ts';
import { problem } from '../problem.ts';
import { answerScore } from '../scoring/answer-question.ts';
import { zone } from '../time/index.ts';
import { packDataset, type Dataset } from './dataset.ts';
import { EventCounter } from './event/index.ts';
import { countEntries, countFunnel } from './funnel.ts';
import { countRecords, Figures } from './kpi.ts';
import { buildLine, type LineData } from './line-data.ts';
import { countMeasure } from './measure.ts';
import { findMembers } from './members.ts';
import { recordRows } from './rows.ts';

/** The records that an engine in memory answers from. It reads them once and changes nothing. @public */
export interface MemoryData {
  records?: Iterable<EntityRecord>;
  /** What stage funnels read. Default: none. */
  events?: Iterable<StageEvent>;
  /** What event funnels read. Default: none. */
  activities?: Iterable<ActivityEvent>;
  /** Numbers that no record holds, for KPIs. Default: none. */
  figures?: Iterable<Figure>;
}

/** Packed data with the lines built so far. */
export class MemoryCounter {
  readonly #data: Dataset;
  readonly #activities: EventCounter;
  readonly #figures: Figures;
  readonly #lines = new Map<string, LineData>();
  /** The last line built for an earlier `asOf`; questions come in runs of the same. */
  #dated: { key: string; line: LineData } | undefined;

  constructor(data: MemoryData) {
    this.#data = packDataset(data.records ?? [], data.events ?? []);
    this.#activities = new EventCounter(data.activities ?? [], this.#data);
    this.#figures = new Figures(data.figures ?? []);
  }

  funnel(plan: FunnelPlan): FunnelStatistics {
    return countFunnel(this.#data, this.#line(plan.line, plan.asOf), plan);
  }

  entries(plan: FunnelPlan, spans: readonly Span[]): EntryStatistics[] {
    return countEntries(this.#data, this.#line(plan.line, plan.asOf), plan, spans);
  }

  measure(plan: MeasurePlan): MeasureStatistics {
    return countMeasure(this.#data, plan.line === undefined ? undefined : this.#line(plan.line, plan.asOf), plan);
  }

  records(plan: RecordPlan): RecordStatistics[] {
    return countRecords(this.#data, plan.line === undefined ? undefined : this.#line(plan.line, plan.asOf), plan);
  }

  figures(plan: FigurePlan): FigureRow[] {
    return this.#figures.find(plan);
  }

  eventFunnel(plan: EventFunnelPlan): EventFunnelStatistics {
    return this.#activities.count(plan);
  }

  members(plan: MemberPlan): MemberPage {
    return findMembers(this.#data, this.#line(plan.funnel.line, plan.funnel.asOf), plan);
  }

  rows(plan: RowPlan): RecordRow[] {
    return recordRows(this.#data, plan.line === undefined ? undefined : this.#line(plan.line, plan.asOf), plan);
  }

  activities(plan: ActivityPlan): ActivityRow[] {
    return this.#activities.rows(plan);
  }

  /** The line up to `asOf`. When nothing lies after it, one line serves every later `asOf`. */
  #line(line: Line, asOf: number): LineData {
    const key = `${line.hash} ${line.timeZone}`;
    let whole = this.#lines.get(key);
    if (whole === undefined) {
      whole = buildLine(this.#data, line);
      this.#lines.set(key, whole);
    }
    // The end of the local day: until then a date-only event may still wait for its place.
    const settled = zone(line.timeZone).startOf(zone(line.timeZone).dayOf(asOf)) > whole.latest;
    if (settled) return whole;
    const datedKey = `${key} ${asOf}`;
    if (this.#dated?.key !== datedKey) this.#dated = { key: datedKey, line: buildLine(this.#data, line, asOf) };
    return this.#dated.line;
  }
}

/** What stands in every answer of an engine in memory. @public */
export interface MemoryEngineOptions {
  /** Flags of every answer, such as `demo`. */
  flags?: readonly Flag[];
  /** The clock of `computedAt`. Default: now. */
  now?: () => string;
}

/**
 * The engine for data that fits in memory: columns of numbers, one pass for each question. Never
 * rejects: what cannot be answered is an envelope with a code.
 *
 * @throws RangeError when an event's `at` is neither a day nor an instant.
 * @public
 */
export function createMemoryEngine(data: MemoryData, options: MemoryEngineOptions = {}): MetricsEngine {
  const counter = new MemoryCounter(data);
  const info: EngineInfo = {
    name: 'memory',
    flags: options.flags ?? [],
    now: options.now ?? (() => new Date().toISOString()),
  };
  return {
    answer: (question, context) => answerWith(question, context, counter, info),
  };
}

/** What an engine must be able to count. @public */
export interface Counter extends KpiCounter, Partial<RowReader> {
  funnel(plan: FunnelPlan, signal?: AbortSignal): FunnelStatistics | Promise<FunnelStatistics>;
  measure(plan: MeasurePlan, signal?: AbortSignal): MeasureStatistics | Promise<MeasureStatistics>;
  /** Absent: the engine does not find single records, and says so. */
  members?(plan: MemberPlan, signal?: AbortSignal): MemberPage | Promise<MemberPage>;
  /** Absent: the engine has no events to count, and says so. */
  eventFunnel?(plan: EventFunnelPlan, signal?: AbortSignal): EventFunnelStatistics | Promise<EventFunnelStatistics>;
}

/** Answers any question with an engine's counts; a question that cannot be answered becomes its envelope. @public */
export async function answerWith(
  question: Question,
  context: AnswerContext,
  counter: Counter,
  info: EngineInfo,
): Promise<Envelope> {
  // A difference tells no more than the funnels it is counted from.
  const kind = question.kind === 'difference' ? 'funnel' : question.kind;
  if (!context.rights.scopes.some((scope) => scope === '*' || scope === kind)) {
    return problem('forbidden', `your rights do not include questions of kind "${kind}"`);
  }
  try {
    if (question.kind === 'funnel')
      return await answerFunnel(question, context, (plan, signal) => counter.funnel(plan, signal), info);
    if (question.kind === 'measure')
      return await answerMeasure(question, context, (plan, signal) => counter.measure(plan, signal), info);
    if (question.kind === 'kpi') return await answerKpi(question, context, counter, info);
    if (question.kind === 'handoffs' || question.kind === 'glossary')
      return problem('unsupported', `engine "${info.name}" keeps no ledger: ask one that "deskEngine" has made`);
    if (question.kind === 'score') return await answerScore(question, context, rowReader(counter, info.name), info);
    if (question.kind === 'attribution')
      return await answerAttribution(question, context, rowReader(counter, info.name), info);
    if (question.kind === 'difference') {
      const engine: MetricsEngine = { answer: (one, within) => answerWith(one, within, counter, info) };
      return await answerDifference(question, context, engine, info);
    }
    if (question.kind === 'records') {
      const find = counter.members?.bind(counter);
      if (find === undefined) throw new QuestionError('unsupported', noSingle(info.name));
      return await answerRecords(question, context, find, info);
    }
    const { eventFunnel } = counter;
    if (eventFunnel === undefined)
      return problem('unsupported', `engine "${info.name}" does not count funnels of events: ask the in-memory engine`);
    return await answerEventFunnel(question, context, (plan, signal) => eventFunnel.call(counter, plan, signal), info);
  } catch (error) {
    if (error instanceof QuestionError) return problem(error.code, error.message);
    // A definition that was never held to its schema.
    if (error instanceof InputError) return problem('invalid-question', error.message);
    throw error;
  }
}

const noSingle = (engine: string): string =>
  `engine "${engine}" does not read single records: ask the in-memory engine`;

/** Reads row by row. @throws QuestionError where the engine cannot. */
function rowReader(counter: Counter, engine: string): RowReader {
  const missing = (): never => {
    throw new QuestionError('unsupported', noSingle(engine));
  };
  return {
    rows: (plan, signal) => counter.rows?.(plan, signal) ?? missing(),
    activities: (plan, signal) => counter.activities?.(plan, signal) ?? missing(),
  };
}
