import type {
  CurvePoint,
  DataSource,
  Envelope,
  FunnelAnswer,
  FunnelQuestion,
  Question,
  RecordsAnswer,
  RecordsQuestion,
} from '@sama/metrics/contracts';
import type { TemplateResult } from 'lit/html.js';
import { type DataTable, nextSorting, type Sorting, tableTemplate } from '../internal/data-table.ts';
import type { BehindWords } from '../locale/en/funnel-detail.ts';
import type { FunnelWords } from '../locale/index.ts';
import type { Chart } from './model.ts';

/** How many records are asked for at a time. */
const PAGE = 20;
const MOST = 500;

/** What stands behind a mark: words where it is awaited or cannot be had. */
export interface Found {
  curves?: FunnelAnswer | string;
  records?: RecordsAnswer | string;
  /** Still open and nobody's; absent until it is known. */
  unowned?: number | undefined;
  outcome: RecordsQuestion['outcome'] | '';
  choose: (outcome: string) => void;
  more: () => void;
  /** A table, sorted as its reader last chose. */
  table: (table: DataTable) => TemplateResult;
}

interface Wanted {
  question: FunnelQuestion;
  chart: Chart;
  stage: string;
  ofRate: boolean;
  t: FunnelWords;
  b: BehindWords;
  source: DataSource | undefined;
}

const OUTCOMES = ['advanced', 'open', 'overdue', 'recycled', 'lost', 'disqualified'] as const;

/** Asks for what stands behind a mark, each question once. */
export class Behind {
  /** Of whom records are listed; empty for all. */
  outcome: RecordsQuestion['outcome'] | '' = '';
  readonly #redraw: () => void;
  readonly #answers = new Map<string, Envelope | undefined>();
  readonly #sortings = new Map<string, Sorting | undefined>();
  #limit = PAGE;
  #stage = '';
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
  of({ question, chart, stage, ofRate, t, b, source }: Wanted): Found {
    if (stage !== this.#stage) this.#limit = PAGE;
    this.#stage = stage;
    const { compare: _, measure: __, details: ___, ...who } = question;
    const found: Found = { outcome: this.outcome, choose: this.#choose, more: this.#more, table: this.#table };
    const wrong = ({ code = 'internal', data }: Envelope): string =>
      data === undefined ? (t.errors[code] ?? b.noDetails) : b.noDetails;
    if (ofRate) {
      if (chart.answer.view !== 'cohort') return { ...found, curves: b.onlyCounted };
      const answer = this.#ask({ ...who, details: ['curve'] }, source);
      const data = answer?.data?.kind === 'funnel' ? answer.data : undefined;
      return { ...found, curves: answer === undefined ? b.detailsAsked : isCurved(data) ? data : wrong(answer) };
    }
    const records = { ...who, kind: 'records' as const, stage };
    const outcome = this.outcome === '' ? {} : { outcome: this.outcome };
    const answer = this.#ask({ ...records, ...outcome, limit: this.#limit }, source);
    const data = answer?.data?.kind === 'records' ? answer.data : undefined;
    const list = data !== undefined && isListed(data) ? data : undefined;
    const nobody = { ...records, outcome: 'open' as const, limit: 1, filter: withoutOwner(who.filter) };
    const unowned = chart.answer.view === 'cohort' && list !== undefined ? this.#ask(nobody, source) : undefined;
    return {
      ...found,
      records: answer === undefined ? b.detailsAsked : (list ?? wrong(answer)),
      unowned: unowned?.data?.kind === 'records' ? unowned.data.total : undefined,
    };
  }

  readonly #choose = (outcome: string): void => {
    this.outcome = OUTCOMES.find((one) => one === outcome) ?? '';
    this.#limit = PAGE;
    this.#redraw();
  };

  readonly #more = (): void => {
    this.#limit = Math.min(MOST, this.#limit * 5);
    this.#redraw();
  };

  readonly #table = (table: DataTable): TemplateResult => {
    const sorting = this.#sortings.get(table.caption);
    return tableTemplate(table, sorting, (column) => {
      this.#sortings.set(table.caption, nextSorting(sorting, column));
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

const withoutOwner = (filter: FunnelQuestion['filter']): NonNullable<FunnelQuestion['filter']> => {
  const nobodys = { field: 'owner', present: false } as const;
  return filter === undefined ? nobodys : { all: [filter, nobodys] };
};

const isPoint = (point: CurvePoint): boolean =>
  [point.ms, point.atRisk, point.value, point.low, point.high].every(Number.isFinite);

/** Whether an answer has the curves that were asked for, and they can be drawn. */
function isCurved(data: FunnelAnswer | undefined): data is FunnelAnswer {
  const curves = data?.stages.map(({ stay }) => stay) ?? [];
  const given = [...curves, data?.conversion].filter((curve) => curve !== undefined);
  return given.length > 0 && given.every((curve) => Array.isArray(curve) && curve.every(isPoint));
}

/** Whether an answer is a list that can be drawn. */
const isListed = ({ records, fields, total }: RecordsAnswer): boolean =>
  Number.isFinite(total) &&
  Array.isArray(fields) &&
  Array.isArray(records) &&
  records.every(
    ({ id, entered, values }) => [id, entered ?? ''].every((text) => typeof text === 'string') && Array.isArray(values),
  );
