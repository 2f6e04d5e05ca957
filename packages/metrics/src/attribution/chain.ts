import type { CodedPaths } from './paths.ts';

/**
 * A Markov chain as counted flows. State 0 is the start, where nothing leads back to; what leaves a
 * state goes to other states, to a conversion or to nothing.
 */
export interface Chain {
  /** From each state: the flow to other states, by state. A state's flow to itself is left out. */
  next: Map<number, number>[];
  /** From each state: the flow that converts. */
  conversions: Float64Array;
  /** From each state: the flow that ends without a conversion. */
  nulls: Float64Array;
  /** The channels a state consists of, ascending; none for the start. */
  channels: readonly (readonly number[])[];
}

/**
 * Counts the transitions of the paths. A state is the last `order` touches, or all of them at the
 * beginning of a path. A step that leaves the state as it is (the same channel again at order 1)
 * moves no flow between states and is left out: what is absorbed where does not depend on it.
 *
 * States and flows are numbered by their content, so equal journeys in any order give equal chains.
 */
export function buildChain({ rows, channels }: CodedPaths, order: number): Chain {
  const states = new States(channels.length, order);
  const flows = new Map<number, number>();
  const ends = new Map<number, { conversions: number; nulls: number }>();
  for (const { path, conversions, nulls } of rows) {
    const count = conversions + nulls;
    if (count === 0) continue;
    let state = 0;
    for (const channel of path) {
      const next = states.after(state, channel);
      if (next !== state) {
        const flow = state * MAX_STATES + next;
        flows.set(flow, (flows.get(flow) ?? 0) + count);
      }
      state = next;
    }
    const end = ends.get(state) ?? { conversions: 0, nulls: 0 };
    end.conversions += conversions;
    end.nulls += nulls;
    ends.set(state, end);
  }
  return numbered(states.all, flows, ends);
}

/** Two state numbers fit into one safe integer. */
const MAX_STATES = 2 ** 26;

/** States by their channels, numbered as they are met. */
class States {
  readonly all: (readonly number[])[] = [[]];
  readonly #order: number;
  readonly #channels: number;
  readonly #known = new Map<string, number>();
  readonly #steps = new Map<number, number>();

  constructor(channels: number, order: number) {
    this.#channels = channels;
    this.#order = order;
  }

  /** The state after a touch of this channel. */
  after(state: number, channel: number): number {
    const step = state * this.#channels + channel;
    const seen = this.#steps.get(step);
    if (seen !== undefined) return seen;
    const touches = [...(this.all[state] ?? []), channel].slice(-this.#order);
    const name = touches.join(' ');
    const next = this.#known.get(name) ?? this.all.length;
    if (next === this.all.length) {
      this.#known.set(name, next);
      this.all.push(touches);
    }
    this.#steps.set(step, next);
    return next;
  }
}

function numbered(
  states: readonly (readonly number[])[],
  flows: ReadonlyMap<number, number>,
  ends: ReadonlyMap<number, { conversions: number; nulls: number }>,
): Chain {
  const sorted = states.map((_, state) => state).sort((a, b) => byContent(states[a] ?? [], states[b] ?? []));
  const rank = new Uint32Array(states.length);
  for (const [place, state] of sorted.entries()) rank[state] = place;
  const next = states.map(() => new Map<number, number>());
  const ranked = Array.from(flows, ([flow, count]): [number, number, number] => [
    rank[Math.floor(flow / MAX_STATES)] ?? 0,
    rank[flow % MAX_STATES] ?? 0,
    count,
  ]);
  for (const [from, to, count] of ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1])) next[from]?.set(to, count);
  const conversions = new Float64Array(states.length);
  const nulls = new Float64Array(states.length);
  for (const [state, end] of ends) {
    conversions[rank[state] ?? 0] = end.conversions;
    nulls[rank[state] ?? 0] = end.nulls;
  }
  const channels = sorted.map((state) => [...new Set(states[state])].sort((a, b) => a - b));
  return { next, conversions, nulls, channels };
}

/** Shorter states first, so that the start is state 0; then by channel. */
function byContent(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return a.length - b.length;
  const i = a.findIndex((channel, i) => channel !== b[i]);
  return i === -1 ? 0 : (a[i] ?? 0) - (b[i] ?? 0);
}
