import type { FunnelPlan, Span } from '../funnel/plan.ts';
import { compareText } from '../criteria/index.ts';
import type { JoinedLine, LineData } from './line-data.ts';
import { horizonOf, REST, restOfRank, Tally } from './tally.ts';

type Ranks = Uint8Array | readonly number[];
type Instants = Float64Array | readonly number[];

/** Visits of one entity between two positions. */
interface Stretch {
  rank: Ranks;
  at: Instants;
  cycle: Uint16Array | readonly number[];
  begin: number;
  end: number;
}

interface TrialOf {
  entry: number;
  /** Position after the last visit in which the trial may succeed. */
  end: number;
}

/** A trial: whose, when it entered, a bit for each rank it reached, the class it rests in and since when. */
export interface Trial {
  entity: number;
  entered: number;
  reached: number;
  kind: number;
  since: number;
}
type SeenTrial = (trial: Trial) => void;

/** Amount and currency of an entity or of its opportunity. */
export type AmountOf = (entity: number, opportunity: number) => { amount: number; currency: string } | null;

/**
 * Finds the trials of one entity after another and adds them up, each in the spans it enters in (section 2 of
 * `docs/how-sama-counts.md`).
 */
export class CohortCounter {
  readonly tallies: readonly Tally[];
  readonly #plan: FunnelPlan;
  readonly #data: LineData;
  readonly #rest: Uint8Array;
  readonly #amountOf: AmountOf;
  readonly #trials: TrialOf[] = [];
  readonly #everyTime: boolean;
  readonly #seen: SeenTrial | undefined;
  /** Completed times to convert of every period. */
  readonly #times: number[] = [];

  /** @param seen told of each trial of the first span. */
  constructor(plan: FunnelPlan, data: LineData, amountOf: AmountOf, spans: readonly Span[], seen?: SeenTrial) {
    this.#seen = seen;
    this.#plan = plan;
    this.#data = data;
    this.tallies = spans.map((span) => new Tally(plan, span));
    this.#rest = restOfRank(plan);
    this.#amountOf = amountOf;
    this.#everyTime = plan.estimate && plan.windowMs === undefined;
  }

  /** Adds the trials among an entity's visits `[begin, end)`, all entered by `asOf`. */
  add(entity: number, begin: number, end: number): void {
    const joined = this.#data.joined.size === 0 ? undefined : this.#data.joined.get(entity);
    if (joined !== undefined) {
      this.#addJoined(entity, joined);
      return;
    }
    const { rank, at } = this.#data;
    if (this.#plan.entryPolicy === 'first' && this.#plan.unit === 'entity') {
      const entry = this.#firstEntry(rank, begin, end);
      if (entry >= 0 && this.#counts(at[entry] ?? 0)) this.#trial(rank, at, entry, end, end, entity, -1);
      return;
    }
    for (const trial of this.#findTrials({ rank, at, cycle: this.#data.cycle, begin, end })) {
      if (this.#counts(at[trial.entry] ?? 0)) this.#trial(rank, at, trial.entry, trial.end, end, entity, -1);
    }
  }

  /** The horizon of a definition without window; null where nobody has come to the end. */
  horizon(): number | null {
    return horizonOf(this.#times);
  }

  /** Trials outside every span matter only to the horizon of a definition without window. */
  #counts(at: number): boolean {
    return this.#everyTime || this.tallies.some((tally) => tally.holds(at));
  }

  /** The position of the first entry into the anchor, or −1. */
  #firstEntry(rank: Ranks, begin: number, end: number): number {
    const anchor = this.#plan.anchorRank;
    const last = this.#plan.skipPolicy === 'impute' ? this.#plan.line.main.length - 1 : anchor;
    for (let i = begin; i < end; i++) {
      const r = rank[i] ?? 0;
      if (r >= anchor && r <= last) return i;
    }
    return -1;
  }

  #findTrials(stretch: Stretch): readonly TrialOf[] {
    const trials = this.#trials;
    trials.length = 0;
    if (this.#plan.unit === 'visit') visitTrials(stretch, this.#plan.anchorRank, trials);
    else if (this.#plan.entryPolicy === 'every') {
      for (const [begin, end] of cycles(stretch)) {
        const entry = this.#firstEntry(stretch.rank, begin, end);
        if (entry >= 0) trials.push({ entry, end });
      }
    } else if (this.#plan.entryPolicy === 'last') {
      const entry = this.#lastEntry(stretch);
      if (entry >= 0) trials.push({ entry, end: stretch.end });
    } else {
      const entry = this.#firstEntry(stretch.rank, stretch.begin, stretch.end);
      if (entry >= 0) trials.push({ entry, end: stretch.end });
    }
    return trials;
  }

  #lastEntry(stretch: Stretch): number {
    for (const [begin, end] of [...cycles(stretch)].toReversed()) {
      const inferred = this.#firstEntry(stretch.rank, begin, end);
      if (inferred < 0) continue;
      for (let i = end - 1; i > inferred; i--) if (stretch.rank[i] === this.#plan.anchorRank) return i;
      return inferred;
    }
    return -1;
  }

  /** One trial: visits from `entry`, success before `scopeEnd`; `lineEnd` ends the last visit's stay. */
  #trial(
    rank: Ranks,
    at: Instants,
    entry: number,
    scopeEnd: number,
    lineEnd: number,
    entity: number,
    opportunity: number,
  ): void {
    const plan = this.#plan;
    const anchor = plan.anchorRank;
    const mains = plan.line.main.length;
    const final = mains - 1;
    const entered = at[entry] ?? 0;
    const cutoff = plan.windowMs === undefined ? plan.asOf : Math.min(entered + plan.windowMs, plan.asOf);
    let explicit = 0;
    let furthest = anchor;
    let chain = anchor;
    let won = -1;
    let last = entry;
    for (let i = entry; i < scopeEnd; i++) {
      if ((at[i] ?? 0) > cutoff) break;
      last = i;
      const r = rank[i] ?? 0;
      if (r >= mains) continue;
      explicit |= 1 << r;
      if (r > furthest) furthest = r;
      if (i > entry && r === chain + 1) chain = r;
      if (r === final && won < 0 && (plan.skipPolicy !== 'strict' || chain === final)) won = i;
    }
    const kind = this.#rest[rank[last] ?? 0] ?? REST.open;
    if (this.#everyTime && won >= 0) this.#times.push((at[won] ?? 0) - entered);
    const reached =
      plan.skipPolicy === 'open'
        ? explicit | (1 << anchor)
        : ((2 << (plan.skipPolicy === 'strict' ? chain : furthest)) - 1) & ~((1 << anchor) - 1);
    if (this.#seen !== undefined && this.tallies[0]?.holds(entered) === true)
      this.#seen({ entity, entered, reached, kind, since: at[last] ?? 0 });
    for (const tally of this.tallies) {
      if (!tally.holds(entered)) continue;
      if (plan.skipPolicy === 'open') tally.free(reached, kind);
      else tally.nested(plan.skipPolicy === 'strict' ? chain : furthest, kind, explicit);
      tally.entry(entered);
      if (plan.measure === 'value') this.#addValue(tally, reached, entity, opportunity);
      if (plan.time) this.#addVisits(tally, rank, at, entry, last, lineEnd, cutoff);
      if (plan.estimate && plan.windowMs !== undefined) {
        if (won >= 0) tally.conversion((at[won] ?? 0) - entered, 1);
        else if (kind === REST.lost || kind === REST.disqualified) tally.conversion((at[last] ?? 0) - entered, 2);
        else tally.conversion(cutoff - entered, 0);
      }
    }
  }

  #addValue(tally: Tally, reached: number, entity: number, opportunity: number): void {
    const money = this.#amountOf(entity, opportunity);
    if (money !== null) tally.value(reached, money.currency, money.amount);
  }

  #addVisits(
    tally: Tally,
    rank: Ranks,
    at: Instants,
    entry: number,
    last: number,
    lineEnd: number,
    cutoff: number,
  ): void {
    const final = this.#plan.line.main.length - 1;
    for (let i = entry; i <= last; i++) {
      const r = rank[i] ?? 0;
      if (r < this.#plan.anchorRank || r >= final) continue;
      const leave = i + 1 < lineEnd ? (at[i + 1] ?? 0) : Number.POSITIVE_INFINITY;
      tally.visit(r, Math.min(leave, cutoff) - (at[i] ?? 0), leave <= cutoff);
    }
  }

  /** Entries on the whole line, then each trial on its own opportunity's line (rule 1.5). */
  #addJoined(entity: number, whole: JoinedLine): void {
    const events = whole.at.length;
    const visits = mergeStays(whole);
    const stretch = { rank: visits.rank, at: visits.at, cycle: visits.cycle, begin: 0, end: visits.rank.length };
    for (const { entry, end } of this.#findTrials(stretch)) {
      const entered = visits.at[entry] ?? 0;
      if (!this.#counts(entered)) continue;
      const first = visits.event[entry] ?? 0;
      const scope = end < visits.event.length ? (visits.event[end] ?? events) : events;
      const chosen = this.#opportunityOf(whole, first) ?? whole.created.find((o) => o.at >= entered)?.row ?? -1;
      const own = mergeStays(whole, first, chosen);
      let scopeEnd = 0;
      while (scopeEnd < own.event.length && (own.event[scopeEnd] ?? 0) < scope) scopeEnd++;
      this.#trial(own.rank, own.at, 0, scopeEnd, own.rank.length, entity, chosen);
    }
  }

  /** The opportunity whose event an entry is, unless it is the entity's own event. */
  #opportunityOf(whole: JoinedLine, first: number): number | undefined {
    let chosen: number | undefined;
    for (
      let i = first;
      i < whole.at.length && whole.at[i] === whole.at[first] && whole.rank[i] === whole.rank[first];
      i++
    ) {
      const row = whole.opportunity[i] ?? -1;
      if (row < 0) return undefined;
      if (chosen === undefined || this.#isBefore(whole, row, chosen)) chosen = row;
    }
    return chosen;
  }

  #isBefore(whole: JoinedLine, a: number, b: number): boolean {
    const id = (row: number): string => whole.created.find((o) => o.row === row)?.id ?? '';
    return compareText(id(a), id(b)) < 0;
  }
}

function visitTrials({ rank, begin, end }: Stretch, anchor: number, trials: TrialOf[]): void {
  let entry = -1;
  for (let i = begin; i < end; i++) {
    if (rank[i] !== anchor) continue;
    if (entry >= 0) trials.push({ entry, end: i });
    entry = i;
  }
  if (entry >= 0) trials.push({ entry, end });
}

function* cycles({ cycle, begin, end }: Stretch): Generator<readonly [begin: number, end: number]> {
  for (let i = begin; i < end;) {
    let j = i + 1;
    while (j < end && cycle[j] === cycle[i]) j++;
    yield [i, j];
    i = j;
  }
}

interface Visits {
  rank: number[];
  at: number[];
  cycle: number[];
  /** The event each visit begins with. */
  event: number[];
}

/** The visits from event `first` on; with `only`, those of the entity's own events and that opportunity's. */
function mergeStays(line: JoinedLine, first = 0, only?: number): Visits {
  const visits: Visits = { rank: [], at: [], cycle: [], event: [] };
  for (let i = first; i < line.at.length; i++) {
    const row = line.opportunity[i] ?? -1;
    if (only !== undefined && row >= 0 && row !== only) continue;
    const rank = line.rank[i] ?? 0;
    if (visits.rank.at(-1) === rank) continue;
    visits.rank.push(rank);
    visits.at.push(line.at[i] ?? 0);
    visits.cycle.push(line.cycle[i] ?? 1);
    visits.event.push(i);
  }
  return visits;
}
