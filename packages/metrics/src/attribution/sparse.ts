import type { Chain } from './chain.ts';
import { Dense } from './dense.ts';
import { Queue } from './queue.ts';
import type { Reduced } from './reduced.ts';

/** A matrix is faster than maps from about this share of filled cells on, … */
const FILLED = 1 / 24;
/** … and may have this many rows: 200 MB. */
const MAX_ROWS = 5000;

/**
 * A chain of few connections. The states with the fewest new connections go first (Markowitz,
 * Management Science 3 (1957) 255–269), so that it stays sparse; where it does not, a matrix takes over.
 */
export class Sparse implements Reduced {
  readonly states: readonly number[];
  readonly #next: Map<number, number>[];
  readonly #previous: Set<number>[];
  readonly #conversions: Float64Array;
  readonly #nulls: Float64Array;
  #filled = 0;

  constructor(chain: Pick<Chain, 'next' | 'conversions' | 'nulls'>, states: readonly number[]) {
    this.states = states;
    this.#next = [];
    this.#previous = [];
    for (const state of [0, ...states]) {
      this.#next[state] = new Map(chain.next[state]);
      this.#previous[state] = new Set();
    }
    for (const state of [0, ...states]) {
      for (const to of this.#next[state]?.keys() ?? []) {
        this.#previous[to]?.add(state);
        this.#filled += 1;
      }
    }
    this.#conversions = chain.conversions.slice();
    this.#nulls = chain.nulls.slice();
  }

  get converting(): number {
    return this.#conversions[0] ?? 0;
  }

  without(gone: readonly number[], most: number): Reduced {
    const working = this.#with(this.states);
    const queue = new Queue(gone, (state) => working.#connections(state));
    const left = new Set(this.states);
    while (queue.size > 0) {
      if (left.size < MAX_ROWS && working.#filled > FILLED * left.size ** 2) {
        return working.#dense([...left]).without([...queue.states()]);
      }
      if (queue.least > most) break;
      const state = queue.take();
      left.delete(state);
      working.#eliminate(state, queue);
    }
    return working.#with([...left]);
  }

  #with(states: readonly number[]): Sparse {
    return new Sparse({ next: this.#next, conversions: this.#conversions, nulls: this.#nulls }, states);
  }

  #connections(state: number): number {
    return (this.#next[state]?.size ?? 0) * (this.#previous[state]?.size ?? 0);
  }

  #eliminate(state: number, queue: Queue): void {
    const row = this.#next[state] ?? new Map<number, number>();
    const sources = this.#previous[state] ?? new Set<number>();
    const [conversions, nulls] = [this.#conversions[state] ?? 0, this.#nulls[state] ?? 0];
    let out = conversions + nulls;
    for (const flow of row.values()) out += flow;
    for (const source of sources) {
      const from = this.#next[source] ?? new Map<number, number>();
      const share = (from.get(state) ?? 0) / out;
      from.delete(state);
      for (const [to, flow] of row) {
        if (to === source) continue;
        const known = from.get(to);
        if (known === undefined) {
          this.#previous[to]?.add(source);
          this.#filled += 1;
        }
        from.set(to, (known ?? 0) + share * flow);
      }
      this.#conversions[source] = (this.#conversions[source] ?? 0) + share * conversions;
      this.#nulls[source] = (this.#nulls[source] ?? 0) + share * nulls;
    }
    for (const to of row.keys()) this.#previous[to]?.delete(state);
    this.#filled -= row.size + sources.size;
    this.#next[state] = new Map();
    this.#previous[state] = new Set();
    for (const neighbour of [...sources, ...row.keys()]) queue.update(neighbour);
  }

  #dense(states: readonly number[]): Dense {
    const rows = [0, ...states];
    const place = new Map(rows.map((state, i) => [state, i]));
    const dense = new Dense(states);
    for (const [i, state] of rows.entries()) {
      dense.end(i, this.#conversions[state] ?? 0, this.#nulls[state] ?? 0);
      for (const [to, flow] of this.#next[state] ?? []) dense.flow(i, place.get(to) ?? 0, flow);
    }
    return dense;
  }
}
