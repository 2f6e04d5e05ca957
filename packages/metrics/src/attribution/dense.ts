import type { Reduced } from './reduced.ts';

/** A row begins with what converts and what ends; then come the flows to the states. */
const ENDS = 2;

/** A chain of many connections, as a matrix whose row 0 is the start. All states that are to go do, whatever they cost. */
export class Dense implements Reduced {
  readonly states: readonly number[];
  readonly #cells: Float64Array;
  readonly #width: number;

  constructor(states: readonly number[]) {
    this.states = states;
    this.#width = ENDS + 1 + states.length;
    this.#cells = new Float64Array((states.length + 1) * this.#width);
  }

  end(row: number, conversions: number, nulls: number): void {
    this.#cells[row * this.#width] = conversions;
    this.#cells[row * this.#width + 1] = nulls;
  }

  flow(row: number, to: number, flow: number): void {
    this.#cells[row * this.#width + ENDS + to] = flow;
  }

  get converting(): number {
    return this.#cells[0] ?? 0;
  }

  without(gone: readonly number[]): Dense {
    const going = new Set(gone);
    const kept = this.states.filter((state) => !going.has(state));
    // Those that go stand last, so that what is left is always the beginning of the matrix.
    const dense = this.#arranged([...kept, ...gone]);
    for (let last = this.states.length; last > kept.length; last -= 1) dense.#eliminate(last);
    return dense.#arranged(kept);
  }

  #eliminate(last: number): void {
    const cells = this.#cells;
    const row = cells.subarray(last * this.#width, last * this.#width + ENDS + last);
    let out = 0;
    for (let i = 0; i < row.length; i++) out += row[i] ?? 0;
    for (let source = 0; source < last; source++) {
      const start = source * this.#width;
      const flow = cells[start + ENDS + last] ?? 0;
      if (flow === 0) continue;
      const share = flow / out;
      // The flow of a state to itself is written too, and never read.
      for (let i = 0; i < row.length; i++) cells[start + i] = (cells[start + i] ?? 0) + share * (row[i] ?? 0);
    }
  }

  #arranged(states: readonly number[]): Dense {
    const place = new Map(this.states.map((state, i) => [state, i + 1]));
    const columns = Uint32Array.of(0, ...states.map((state) => place.get(state) ?? 0));
    const arranged = new Dense(states);
    for (const [row, from] of columns.entries()) {
      const start = from * this.#width;
      arranged.end(row, this.#cells[start] ?? 0, this.#cells[start + 1] ?? 0);
      for (const [to, column] of columns.entries()) arranged.flow(row, to, this.#cells[start + ENDS + column] ?? 0);
    }
    return arranged;
  }
}
