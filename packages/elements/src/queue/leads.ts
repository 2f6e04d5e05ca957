import { problem, readHead } from '@sama/metrics/client';
import type {
  DataSource,
  Envelope,
  HandoffDetail,
  HandoffFilter,
  HandoffList,
  HandoffReturns,
  HandoffRow,
  HandoffsQuestion,
  HandoffSort,
  HandoffView,
} from '@sama/metrics/contracts';
import { answerOf } from '../internal/answer-of.ts';

/** Rows asked for at a time, how near a page may come before it is asked for, and pages that are kept. */
const PAGE = 100;
const NEAR = 20;
const KEPT = 30;
/** How long a lead that somebody else took is still shown, and how often a source without news is asked again. */
const SHOWN_MS = 20_000;
const AGAIN_MS = 30_000;
const PENDING_MS = 5000;
const SLOW_MS = 10_000;
/** Of how many that left the view it is asked what became of them. */
const ASKED_AFTER = 5;

/** What is listed. */
export interface Asked {
  view: HandoffView;
  filter: HandoffFilter | undefined;
  sort: HandoffSort;
  timeZone: string | undefined;
}

/** What this page knows of a lead beyond its row: a command under way or done, or that somebody else was first. */
export interface Mark {
  state: 'sending' | 'done' | 'taken';
  /** The action: `accept`. */
  type: string;
  /** By whom, of `taken`. */
  by?: string;
  /** Milliseconds, by the clock of the source. */
  at: number;
  /** Newer rows say it themselves. */
  version: number;
}

interface Ghost {
  index: number;
  row: HandoffRow;
}

const listOf = ({ data }: Envelope): HandoffList | undefined =>
  data?.kind === 'handoffs' && data.show === 'list' ? data : undefined;

/** An answer to a list that shows something: `ok`, or `empty` with its counts. */
const isShown = ({ status }: Envelope): boolean => status === 'ok' || status === 'empty';

/** The leads of one view: pages of rows, kept up to date, with what this page knows beyond them. Without any drawing. */
export class Leads {
  /** The last good answer, and its head. */
  good: Envelope | undefined;
  head: HandoffList | undefined;
  trouble: Envelope | undefined;
  loading = false;
  slow = false;
  pending = false;
  /** Whether commands can be given. */
  live = false;
  returns: HandoffReturns | undefined;
  /** From the clock of this page to that of the source, in milliseconds. */
  skew = 0;

  readonly #changed: () => void;
  #source: DataSource | undefined;
  #stop: () => void = () => undefined;
  #asked: Asked = { view: 'mine', filter: undefined, sort: 'rating', timeZone: undefined };
  /** What the pages answer, and whether another source has to. */
  #answered = '';
  #stale = false;
  #pages = new Map<number, readonly HandoffRow[]>();
  #awaited = new Set<number>();
  #window = { first: 0, last: 0 };
  #ghosts: Ghost[] = [];
  readonly #marks = new Map<string, Mark>();
  #turn = 0;
  #timers: ReturnType<typeof setTimeout>[] = [];

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get source(): DataSource | undefined {
    return this.#source;
  }

  /** Milliseconds by the clock of the source. */
  now(): number {
    return Date.now() + this.skew;
  }

  get total(): number {
    return (this.head?.total ?? 0) + this.#ghosts.length;
  }

  /** Takes another source, or none; nothing of the old one stays. */
  use(source: DataSource | undefined, live: boolean): void {
    this.#stop();
    this.#clearTimers();
    this.#turn += 1;
    this.#source = source;
    this.live = live;
    this.good = this.head = this.trouble = this.returns = undefined;
    this.loading = this.slow = this.pending = false;
    this.#pages.clear();
    this.#ghosts = [];
    this.#marks.clear();
    if (source === undefined) return;
    const stopNews = source.subscribe('handoffs', () => void this.refresh());
    // Not every source has news of hand-offs: a look from time to time holds for all.
    const timer = live ? setInterval(() => document.hidden || void this.refresh(), AGAIN_MS) : undefined;
    this.#stop = () => {
      stopNews();
      clearInterval(timer);
      this.#stop = () => undefined;
    };
    this.#stale = true;
  }

  /** Lists something else, or the same of another source. What is shown stays until the answer is there. */
  ask(asked: Asked): void {
    if (!this.#stale && JSON.stringify(asked) === JSON.stringify(this.#asked)) return;
    this.#stale = false;
    this.#asked = asked;
    this.#window = { first: 0, last: 0 };
    void this.refresh();
  }

  /** The row at a place; undefined while it is awaited. */
  row(index: number): HandoffRow | undefined {
    let before = 0;
    for (const ghost of this.#ghosts) {
      if (ghost.index === index) return ghost.row;
      if (ghost.index < index) before += 1;
    }
    const place = index - before;
    return this.#pages.get(Math.floor(place / PAGE))?.[place % PAGE];
  }

  /** Where a hand-off stands among the rows that are here; -1 when it is not. */
  indexOf(id: string): number {
    const ghost = this.#ghosts.find(({ row }) => row.id === id);
    if (ghost !== undefined) return ghost.index;
    for (const [page, rows] of this.#pages) {
      const at = rows.findIndex((row) => row.id === id);
      if (at === -1) continue;
      const place = page * PAGE + at;
      return this.#ghosts.reduce((index, { index: before }) => (before <= index ? index + 1 : index), place);
    }
    return -1;
  }

  /** The rows of a range that are here. */
  between({ first, last }: { first: number; last: number }): HandoffRow[] {
    return Array.from({ length: last - first + 1 }, (_, i) => this.row(first + i) ?? []).flat();
  }

  /** All rows that are here, in order. */
  rows(): HandoffRow[] {
    return [...this.#pages].sort(([a], [b]) => a - b).flatMap(([, rows]) => rows);
  }

  /** Sees to it that these rows come. */
  need(first: number, last: number): void {
    this.#window = { first, last };
    if (this.head === undefined || this.#answered !== JSON.stringify(this.#asked)) return;
    for (const page of this.#pagesOf(first - NEAR, last + NEAR)) {
      if (!this.#pages.has(page) && !this.#awaited.has(page) && page * PAGE < this.head.total) void this.#more(page);
    }
  }

  mark(id: string): Mark | undefined {
    return this.#marks.get(id);
  }

  setMark(id: string, mark: Mark | undefined): void {
    if (mark === undefined) this.#marks.delete(id);
    else this.#marks.set(id, mark);
    this.#changed();
  }

  /** Forgets what has been shown long enough. */
  sweep(): void {
    const old = this.now() - SHOWN_MS;
    const before = this.#ghosts.length;
    for (const [id, { state, at }] of this.#marks) if (state === 'taken' && at < old) this.#marks.delete(id);
    this.#ghosts = this.#ghosts.filter(({ row }) => this.#marks.has(row.id));
    if (this.#ghosts.length !== before) this.#changed();
  }

  /** Asks anew for what is in sight. */
  async refresh(fresh = false): Promise<void> {
    const source = this.#source;
    if (source === undefined) return;
    this.#turn += 1;
    const turn = this.#turn;
    this.#clearTimers();
    this.#awaited.clear();
    const asked = JSON.stringify(this.#asked);
    const same = asked === this.#answered;
    const pages = same ? this.#pagesOf(this.#window.first, this.#window.last) : [0];
    this.loading = true;
    this.pending = false;
    this.#later(SLOW_MS, () => (this.slow = true));
    this.#changed();
    const returns = this.#asked.view === 'returned' ? this.#ask({ show: 'returns' }, fresh) : undefined;
    const answers = await Promise.all(pages.map((page) => this.#page(page, fresh)));
    const shares = (await returns)?.data;
    if (turn !== this.#turn) return;
    const lists = answers.map((answer) => (isShown(answer) ? listOf(answer) : undefined));
    const [good, head] = [answers[0], lists[0]];
    const bad = answers.find((_, i) => lists[i] === undefined);
    if (bad !== undefined || good === undefined || head === undefined) return this.#fail(bad);
    const next = new Map(pages.map((page, i) => [page, rowsAt(page, lists[i])] as const));
    const ghosts = same ? await this.#vanished(next) : [];
    if (turn !== this.#turn) return;
    this.#settle();
    this.#pages = new Map(next);
    this.#ghosts = ghosts;
    this.#answered = asked;
    this.good = good;
    this.head = { ...head, rows: [] };
    this.trouble = undefined;
    this.returns = shares?.kind === 'handoffs' && shares.show === 'returns' ? shares : undefined;
    if (good.asOf !== undefined) this.skew = Date.parse(good.asOf) - Date.now() || 0;
    for (const row of this.rows()) this.#outdate(row);
    this.#changed();
  }

  /** Everything about one hand-off. */
  async detail(id: string): Promise<HandoffDetail | Envelope> {
    const answer = await this.#ask({ show: 'detail', handoff: id }, false);
    const { data } = answer;
    return data?.kind === 'handoffs' && data.show === 'detail' ? data : answer;
  }

  /** All rows of the view up to a limit, for a file. */
  async all(limit: number): Promise<HandoffRow[]> {
    const rows: HandoffRow[] = [];
    for (const size = 500; rows.length < Math.min(limit, this.head?.total ?? 0);) {
      const { view, filter, sort } = this.#asked;
      const answer = await this.#ask({ show: 'list', view, sort, filter, offset: rows.length, limit: size }, false);
      const list = listOf(answer);
      if (list === undefined || list.offset !== rows.length || list.rows.length === 0) break;
      rows.push(...list.rows);
    }
    return rows.length === 0 ? this.rows() : rows;
  }

  #pagesOf(first: number, last: number): number[] {
    const from = Math.max(0, Math.floor((first - this.#ghosts.length) / PAGE));
    const to = Math.max(from, Math.floor(Math.max(0, last) / PAGE));
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  }

  async #ask(question: Omit<HandoffsQuestion, 'kind'>, fresh: boolean): Promise<Envelope> {
    const { timeZone } = this.#asked;
    const whole: HandoffsQuestion = { kind: 'handoffs', ...question, ...(timeZone === undefined ? {} : { timeZone }) };
    return this.#source === undefined
      ? problem('unavailable', '')
      : readHead(await answerOf(this.#source, whole, { fresh }));
  }

  #page(page: number, fresh: boolean): Promise<Envelope> {
    const { view, filter, sort } = this.#asked;
    const narrowed = filter === undefined ? {} : { filter };
    return this.#ask({ show: 'list', view, sort, ...narrowed, offset: page * PAGE, limit: PAGE }, fresh);
  }

  async #more(page: number): Promise<void> {
    const turn = this.#turn;
    this.#awaited.add(page);
    const answer = await this.#page(page, false);
    if (turn !== this.#turn) return;
    this.#awaited.delete(page);
    const list = isShown(answer) ? listOf(answer) : undefined;
    if (list === undefined) return this.#fail(answer);
    // Something happened in between: rows of two moments would show some twice and others never.
    if (list.ledger !== this.head?.ledger) return this.refresh();
    this.#pages.set(page, rowsAt(page, list));
    const middle = Math.floor(this.#window.first / PAGE);
    const far = [...this.#pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const one of far.slice(0, Math.max(0, far.length - KEPT))) this.#pages.delete(one);
    this.#changed();
  }

  #fail(answer: Envelope | undefined): void {
    this.#settle();
    if (answer?.status === 'pending') {
      this.loading = this.pending = true;
      this.#later(PENDING_MS, () => void this.refresh());
    } else {
      this.trouble = isShownOtherwise(answer)
        ? problem('invalid-answer', 'the answer is no list of hand-offs')
        : (answer ?? problem('internal', ''));
      if (this.trouble.status === 'denied') {
        this.good = this.head = undefined;
        this.#pages.clear();
      }
    }
    this.#changed();
  }

  /** Of the rows that were in sight and left the view: those that somebody else acted on, to be shown a little longer. */
  async #vanished(next: ReadonlyMap<number, readonly HandoffRow[]>): Promise<Ghost[]> {
    const here = new Set([...next.values()].flatMap((rows) => rows.map(({ id }) => id)));
    const left: Ghost[] = [];
    for (let index = this.#window.first; index <= this.#window.last; index += 1) {
      const row = this.row(index);
      if (row !== undefined && !here.has(row.id)) left.push({ index, row });
    }
    const unknown = left.filter(({ row }) => this.#marks.get(row.id) === undefined).slice(0, ASKED_AFTER);
    await Promise.all(unknown.map(({ row }) => this.#learn(row)));
    return left.filter(({ row }) => this.#marks.get(row.id)?.state === 'taken');
  }

  async #learn(row: HandoffRow): Promise<void> {
    const now = await this.detail(row.id);
    if (!('last' in now) || now.version <= row.version || now.last.by.id === this.head?.me?.id) return;
    const { type, by, at } = now.last;
    const mark: Mark = { state: 'taken', type, by: by.name, at: Date.parse(at), version: now.version };
    if (this.now() - mark.at < SHOWN_MS) this.#marks.set(row.id, mark);
  }

  /** A row that is newer than a mark says it itself. */
  #outdate(row: HandoffRow): void {
    const mark = this.#marks.get(row.id);
    if (mark?.state === 'done' && row.version >= mark.version) this.#marks.delete(row.id);
  }

  #later(ms: number, then: () => void): void {
    this.#timers.push(
      setTimeout(() => {
        then();
        this.#changed();
      }, ms),
    );
  }

  #clearTimers(): void {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
  }

  #settle(): void {
    this.#clearTimers();
    this.loading = this.slow = this.pending = false;
  }
}

const isShownOtherwise = (answer: Envelope | undefined): boolean =>
  answer !== undefined && isShown(answer) && listOf(answer) === undefined && answer.data !== undefined;

/** The rows of a page; a source that knows only one answer has no other page. */
const rowsAt = (page: number, list: HandoffList | undefined): readonly HandoffRow[] =>
  list?.offset === page * PAGE ? list.rows : [];
