import type { FunnelPlan, Span } from '../funnel/plan.ts';
import type { DurationGroup, StageStatistics } from '../funnel/statistics.ts';
import { groupedQuantile } from '../stats/index.ts';

/** What a trial that did not advance counts as. */
export const REST = { open: 0, overdue: 1, recycled: 2, lost: 3, disqualified: 4 } as const;
const KINDS = 5;
const DAY_MS = 86_400_000;

/** The class of each rank as a last visit. */
export function restOfRank(plan: FunnelPlan): Uint8Array {
  const rest = new Uint8Array(plan.line.main.length + plan.line.side.length);
  for (const side of plan.line.side) {
    rest[side.rank] = side.outcome === 'open' && side.overdue ? REST.overdue : REST[side.outcome];
  }
  return rest;
}

/** How often each number was added, as ascending groups. */
function grouped(values: readonly number[], code: 0 | 1 | 2): DurationGroup[] {
  const sorted = Float64Array.from(values).sort();
  const groups: DurationGroup[] = [];
  for (let i = 0; i < sorted.length;) {
    const value = sorted[i] ?? 0;
    let j = i + 1;
    while (j < sorted.length && sorted[j] === value) j++;
    groups.push([value, code, j - i]);
    i = j;
  }
  return groups;
}

/** The 90th percentile of the completed times to convert: the horizon of a definition without window. */
export function horizonOf(times: readonly number[]): number | null {
  return groupedQuantile(
    grouped(times, 1).map(([value, , count]) => [value, count]),
    0.9,
  );
}

/** Adds up the trials of a span of entries; what a trial costs is a few additions. */
export class Tally {
  readonly #plan: FunnelPlan;
  readonly #from: number;
  readonly #to: number;
  readonly #anchor: number;
  readonly #stages: number;
  /** Trials by how far they came and how they rest: `(reached − anchor) · KINDS + kind`. */
  readonly #ends: Float64Array;
  readonly #imputed: Float64Array;
  /** Under `open`, where stages are independent: stage × (count, advanced, five kinds). */
  readonly #free: Float64Array;
  readonly #values = new Map<string, Float64Array>();
  readonly #closed: number[][];
  readonly #censored: number[][];
  readonly #conversion = new Map<number, number>();
  readonly #entries: number[] = [];
  entrants = 0;
  #followed = 0;

  constructor(plan: FunnelPlan, { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: Span) {
    this.#plan = plan;
    this.#from = from;
    this.#to = to;
    this.#anchor = plan.anchorRank;
    this.#stages = plan.line.main.length - plan.anchorRank;
    this.#ends = new Float64Array(this.#stages * KINDS);
    this.#imputed = new Float64Array(this.#stages);
    this.#free = new Float64Array(this.#stages * (KINDS + 2));
    this.#closed = Array.from({ length: this.#stages }, () => []);
    this.#censored = Array.from({ length: this.#stages }, () => []);
  }

  /** Whether an entry at this time is one of the span. */
  holds(at: number): boolean {
    return at >= this.#from && at < this.#to;
  }

  /** One trial that reached `rank` and every stage before it; `explicit` has a bit for each rank it visited. */
  nested(rank: number, kind: number, explicit: number): void {
    this.entrants++;
    const end = (rank - this.#anchor) * KINDS + kind;
    this.#ends[end] = (this.#ends[end] ?? 0) + 1;
    const all = ((2 << rank) - 1) & ~((1 << this.#anchor) - 1);
    const missing = all & ~explicit;
    if (missing === 0) return;
    for (let i = 0; i < this.#stages; i++) {
      if ((missing >> (i + this.#anchor)) & 1) this.#imputed[i] = (this.#imputed[i] ?? 0) + 1;
    }
  }

  /** One trial whose reached stages are any set that has the anchor. */
  free(reached: number, kind: number): void {
    this.entrants++;
    for (let i = 0; i < this.#stages; i++) {
      if (((reached >> (i + this.#anchor)) & 1) === 0) continue;
      const advanced = i === this.#stages - 1 || (reached >> (i + this.#anchor + 1)) & 1;
      const row = i * (KINDS + 2);
      this.#free[row] = (this.#free[row] ?? 0) + 1;
      const cell = row + (advanced ? 1 : 2 + kind);
      this.#free[cell] = (this.#free[cell] ?? 0) + 1;
    }
  }

  value(reached: number, currency: string, amount: number): void {
    let sums = this.#values.get(currency);
    if (sums === undefined) {
      // NaN until someone with this currency reached the stage.
      sums = new Float64Array(this.#stages).fill(Number.NaN);
      this.#values.set(currency, sums);
    }
    for (let i = 0; i < this.#stages; i++) {
      if ((reached >> (i + this.#anchor)) & 1) sums[i] = (Number.isNaN(sums[i]) ? 0 : (sums[i] ?? 0)) + amount;
    }
  }

  visit(rank: number, duration: number, ended: boolean): void {
    (ended ? this.#closed : this.#censored)[rank - this.#anchor]?.push(duration);
  }

  /** A trial's way to the final stage: milliseconds, and the code of the estimate. */
  conversion(duration: number, code: 0 | 1 | 2): void {
    const key = Math.floor(duration / DAY_MS) * 3 + code;
    this.#conversion.set(key, (this.#conversion.get(key) ?? 0) + 1);
  }

  /** An entry of the cohort, for `followed`. */
  entry(at: number): void {
    if (this.#plan.windowMs === undefined) this.#entries.push(at);
    else if (at + this.#plan.windowMs <= this.#plan.asOf) this.#followed++;
  }

  /** How many of the cohort have had the horizon, by default the window. */
  maturity(horizon: number | null): { followed: number; horizonMs?: number } {
    if (this.#plan.windowMs !== undefined) return { followed: this.#followed, horizonMs: this.#plan.windowMs };
    if (horizon === null) return { followed: 0 };
    return { followed: this.#entries.filter((at) => at + horizon <= this.#plan.asOf).length, horizonMs: horizon };
  }

  conversions(): DurationGroup[] {
    return Array.from(this.#conversion, ([key, count]): DurationGroup => [Math.floor(key / 3), code(key % 3), count]);
  }

  stages(): StageStatistics[] {
    return Array.from({ length: this.#stages }, (_, i) => ({
      rank: i + this.#anchor,
      ...(this.#plan.skipPolicy === 'open' ? this.#freeStage(i) : this.#nestedStage(i)),
      ...(this.#plan.measure === 'value'
        ? {
            value: Array.from(this.#values, ([currency, sums]) => ({ currency, sum: sums[i] ?? Number.NaN })).filter(
              (v) => !Number.isNaN(v.sum),
            ),
          }
        : {}),
      ...(this.#plan.time && i < this.#stages - 1
        ? { durations: [...grouped(this.#closed[i] ?? [], 1), ...grouped(this.#censored[i] ?? [], 0)] }
        : {}),
    }));
  }

  #nestedStage(i: number): Omit<StageStatistics, 'rank'> {
    const at = (stage: number, kind: number): number => this.#ends[stage * KINDS + kind] ?? 0;
    let further = 0;
    for (let j = i + 1; j < this.#stages; j++) for (let kind = 0; kind < KINDS; kind++) further += at(j, kind);
    const rests = [0, 1, 2, 3, 4].map((kind) => at(i, kind));
    const here = rests.reduce((a, b) => a + b, 0);
    const imputed = this.#plan.skipPolicy === 'impute' ? (this.#imputed[i] ?? 0) : 0;
    if (i === this.#stages - 1)
      return { count: here, imputed, advanced: here, open: 0, overdue: 0, recycled: 0, lost: 0, disqualified: 0 };
    return { count: here + further, imputed, advanced: further, ...resting(rests) };
  }

  #freeStage(i: number): Omit<StageStatistics, 'rank'> {
    const row = this.#free.subarray(i * (KINDS + 2), (i + 1) * (KINDS + 2));
    return { count: row[0] ?? 0, imputed: 0, advanced: row[1] ?? 0, ...resting(Array.from(row.subarray(2))) };
  }
}

function resting(
  kinds: readonly number[],
): Pick<StageStatistics, 'open' | 'overdue' | 'recycled' | 'lost' | 'disqualified'> {
  const of = (kind: number): number => kinds[kind] ?? 0;
  return {
    open: of(REST.open) + of(REST.overdue),
    overdue: of(REST.overdue),
    recycled: of(REST.recycled),
    lost: of(REST.lost),
    disqualified: of(REST.disqualified),
  };
}

const code = (n: number): 0 | 1 | 2 => (n === 1 ? 1 : n === 2 ? 2 : 0);
