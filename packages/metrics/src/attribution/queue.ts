const MAX_STATES = 2 ** 26;
const MAX_COST = 2 ** 26;

/** States by cost, the cheapest first and of equal ones the smallest number: a binary heap. */
export class Queue {
  /** Cost and state in one number. An entry that is no longer the state's newest is passed over. */
  readonly #heap: number[] = [];
  readonly #newest = new Map<number, number>();
  readonly #costOf: (state: number) => number;

  constructor(states: readonly number[], costOf: (state: number) => number) {
    this.#costOf = costOf;
    for (const state of states) this.#push(state);
  }

  get size(): number {
    return this.#newest.size;
  }

  /** The cost of the cheapest state. */
  get least(): number {
    return Math.floor(this.#top() / MAX_STATES);
  }

  /** Takes out the cheapest state. */
  take(): number {
    const state = this.#top() % MAX_STATES;
    this.#newest.delete(state);
    return state;
  }

  /** All states that were not taken. */
  states(): Iterable<number> {
    return this.#newest.keys();
  }

  /** Looks again at the cost of a state, if it is still here. */
  update(state: number): void {
    if (this.#newest.has(state)) this.#push(state);
  }

  #push(state: number): void {
    const key = Math.min(this.#costOf(state), MAX_COST) * MAX_STATES + state;
    if (this.#newest.get(state) === key) return;
    this.#newest.set(state, key);
    const heap = this.#heap;
    let at = heap.push(key) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] ?? 0;
      if (above <= key) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = key;
  }

  #top(): number {
    for (;;) {
      const key = this.#heap[0];
      if (key === undefined) throw new RangeError('the queue is empty');
      if (this.#newest.get(key % MAX_STATES) === key) return key;
      this.#pop();
    }
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if ((heap[child + 1] ?? Number.POSITIVE_INFINITY) < (heap[child] ?? 0)) child += 1;
      const below = heap[child] ?? 0;
      if (below >= last) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
  }
}
