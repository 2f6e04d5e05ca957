import type {
  CurvePoint,
  DataSource,
  DifferenceAnswer,
  Envelope,
  FunnelAnswer,
  FunnelQuestion,
  LossReasons,
  Question,
  RecordsAnswer,
} from '@sama/metrics/contracts';
import type { TemplateResult } from 'lit/html.js';
import { type DataTable, type Sorting, tableTemplate } from '../internal/data-table.ts';
import type { BehindWords } from '../locale/en/funnel-detail.ts';
import type { FunnelWords } from '../locale/index.ts';
import type { Chart } from './model.ts';
import type { Extras } from './extra-part.ts';
import { type List, type OpenedMark, PAGE } from './opened.ts';

/** What stands behind a mark: words where it is awaited or cannot be had. */
export interface Found {
  curves?: FunnelAnswer | string;
  reasons?: readonly LossReasons[] | string;
  records?: RecordsAnswer | string;
  /** Why another number differs; absent until one is named. */
  difference?: DifferenceAnswer | string;
  /** Still open and nobody's; absent until it is known. */
  unowned?: number | undefined;
  /** A table, sorted as its reader last chose. */
  table: (table: DataTable) => TemplateResult;
}

interface Wanted extends OpenedMark {
  question: FunnelQuestion;
  chart: Chart;
  asOf: string | undefined;
  t: FunnelWords;
  b: BehindWords;
  source: DataSource | undefined;
  /** What compares numbers, where one is compared. */
  how: Extras['differ'] | undefined;
}

/** Asks for what stands behind a mark, each question once. */
export class Behind {
  readonly #redraw: () => void;
  readonly #answers = new Map<string, Envelope | undefined>();
  readonly #sortings = new Map<string, Sorting | undefined>();
  #last: RecordsAnswer | undefined;
  #stopped = new AbortController();

  constructor(redraw: () => void) {
    this.#redraw = redraw;
  }

  /** Forgets what was asked. */
  stop(): void {
    this.#stopped.abort();
    this.#stopped = new AbortController();
    this.#answers.clear();
  }

  /** What is known so far; what is not is asked for, and drawn once it is there. */
  of({ question, chart, asOf, stage, ofRate, list, differ, t, b, source, how }: Wanted): Found {
    const { compare: _, measure: __, details: ___, currency: ____, ...who } = question;
    const found: Found = { table: this.#table };
    const ask = (one: Question): Envelope | undefined => this.#ask(one, source);
    /** What was answered, or what is to be said instead. */
    const told = <Data>(answer: Envelope | undefined, data: Data | undefined): Data | string => {
      if (answer === undefined) return b.detailsAsked;
      return data ?? (answer.data === undefined ? (t.errors[answer.code ?? 'internal'] ?? b.noDetails) : b.noDetails);
    };
    const funnelIn = (answer: Envelope | undefined): FunnelAnswer | undefined =>
      answer?.data?.kind === 'funnel' ? answer.data : undefined;
    const cohort = chart.answer.view === 'cohort';
    if (ofRate) {
      if (!cohort) return { ...found, curves: b.onlyCounted };
      const answer = ask({ ...who, details: ['curve'] });
      const data = funnelIn(answer);
      return { ...found, curves: told(answer, isCurved(data) ? data : undefined) };
    }
    if (differ !== undefined) {
      if (how === undefined || Object.keys(differ).length === 0) return found;
      const wanted = how.differenceOf({ question, answer: chart.answer, asOf, stage, differ });
      const { records: _, ...unnamed } = wanted;
      let answer = ask(wanted);
      // Who may not see single records still sees how many they are.
      if (answer?.status === 'denied') answer = ask(unnamed);
      const data = answer?.data?.kind === 'difference' ? answer.data : undefined;
      const drawn = data && how.isDifference(data) ? data : undefined;
      // What has no words is about the choices themselves.
      const wrong = /^(invalid|unknown)-/.test(answer?.code ?? '');
      return { ...found, difference: wrong ? b.notSo : told(answer, drawn) };
    }
    const records = { ...who, kind: 'records' as const, stage };
    const answer = ask({ ...records, ...asked(list, who.filter) });
    const data = answer?.data?.kind === 'records' ? answer.data : undefined;
    // Until the next list is there the one before stays, so that nothing jumps.
    const before = answer === undefined && this.#last?.stage.key === stage ? this.#last : undefined;
    const listed = before ?? told(answer, data !== undefined && isListed(data) ? data : undefined);
    this.#last = typeof listed === 'object' ? listed : undefined;
    const known = { ...found, records: listed };
    if (!cohort) return known;
    const why = ask({ ...who, details: ['reasons'] });
    const reasons = funnelIn(why)?.stages.find(({ key }) => key === stage)?.reasons;
    // The list says whether there are records to ask for.
    const nobodys =
      typeof listed === 'string'
        ? undefined
        : ask({ ...records, ...asked({ outcome: 'open', unowned: true, limit: 1 }, who.filter) });
    return {
      ...known,
      reasons: told(why, isReasoned(reasons) ? reasons : undefined),
      unowned: nobodys?.data?.kind === 'records' ? nobodys.data.total : undefined,
    };
  }

  readonly #table = (table: DataTable): TemplateResult => {
    const sorting = this.#sortings.get(table.caption);
    return tableTemplate(table, sorting, (next) => {
      this.#sortings.set(table.caption, next);
      this.#redraw();
    });
  };

  #ask(question: Question, source: DataSource | undefined): Envelope | undefined {
    const key = JSON.stringify(question);
    if (this.#answers.has(key) || source === undefined) return this.#answers.get(key) ?? (source ? undefined : NONE);
    this.#answers.set(key, undefined);
    const { signal } = this.#stopped;
    const keep = (envelope: Envelope): void => {
      if (signal.aborted) return;
      this.#answers.set(key, envelope);
      this.#redraw();
    };
    void source.query(question, { signal }).then(keep, () => keep(NONE));
    return undefined;
  }
}

/** Where nothing can be asked. */
const NONE: Envelope = { v: 1, status: 'error', flags: [], code: 'unsupported', warnings: [] };

/** A list as the fields of its question. */
function asked({ unowned, limit = PAGE, ...list }: List, filter: FunnelQuestion['filter']) {
  const nobodys = { field: 'owner', present: false } as const;
  return {
    ...list,
    limit,
    ...(unowned === true ? { filter: filter === undefined ? nobodys : { all: [filter, nobodys] } } : {}),
  };
}

const isPoint = (point: CurvePoint): boolean =>
  [point.ms, point.atRisk, point.value, point.low, point.high].every(Number.isFinite);

/** Whether an answer has the curves that were asked for, and they can be drawn. */
function isCurved(data: FunnelAnswer | undefined): data is FunnelAnswer {
  const curves = data?.stages.map(({ stay }) => stay) ?? [];
  const given = [...curves, data?.conversion].filter((curve) => curve !== undefined);
  return given.length > 0 && given.every((curve) => Array.isArray(curve) && curve.every(isPoint));
}

/** Whether reasons can be drawn. */
const isReasoned = (reasons: readonly LossReasons[] | undefined): reasons is readonly LossReasons[] =>
  Array.isArray(reasons) &&
  reasons.every(
    ({ named, others, none }) =>
      Array.isArray(named) &&
      named.every(({ reason, count }) => typeof reason === 'string' && Number.isFinite(count)) &&
      [others, none].every(Number.isFinite),
  );

/** Whether an answer is a list that can be drawn. */
const isListed = ({ records, fields, total }: RecordsAnswer): boolean =>
  Number.isFinite(total) &&
  Array.isArray(fields) &&
  Array.isArray(records) &&
  records.every(
    ({ id, entered, values }) => [id, entered ?? ''].every((text) => typeof text === 'string') && Array.isArray(values),
  );
