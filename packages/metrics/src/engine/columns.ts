import type { Scalar } from '../contracts/index.ts';

type Numbers = Float64Array | Int32Array | Uint16Array | Uint8Array;

/** A typed array that grows by doubling, so that a million values cost their own bytes and no objects. */
export class Growing<T extends Numbers> {
  #values: T;
  length = 0;
  readonly #make: (size: number) => T;

  constructor(make: (size: number) => T) {
    this.#make = make;
    this.#values = make(64);
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = this.#make(this.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length++] = value;
  }

  /** The values so far. Not copied: read before the next push. */
  view(): T {
    return this.#values;
  }

  at(i: number): number {
    return this.#values[i] ?? Number.NaN;
  }
}

/** Texts as small numbers, in order of first sight. */
export class Dictionary {
  readonly values: string[] = [];
  readonly #codes = new Map<string, number>();

  code(value: string): number {
    let code = this.#codes.get(value);
    if (code === undefined) {
      code = this.values.length;
      this.values.push(value);
      this.#codes.set(value, code);
    }
    return code;
  }

  find(value: string): number | undefined {
    return this.#codes.get(value);
  }
}

/** One attribute of all entities; rows that were never set are missing. Equal values are stored once. */
export class ScalarColumn {
  readonly #values: Scalar[] = [null];
  readonly #codes = new Map<Scalar, number>();
  #rows = new Int32Array(64);

  set(row: number, value: Scalar): void {
    if (row >= this.#rows.length) {
      const grown = new Int32Array(Math.max(row + 1, this.#rows.length * 2));
      grown.set(this.#rows);
      this.#rows = grown;
    }
    if (value === null) {
      this.#rows[row] = 0;
      return;
    }
    let code = this.#codes.get(value);
    if (code === undefined) {
      code = this.#values.length;
      this.#values.push(value);
      this.#codes.set(value, code);
    }
    this.#rows[row] = code;
  }

  get(row: number): Scalar {
    return this.#values[this.#rows[row] ?? 0] ?? null;
  }

  /** The value as a number that equal values share; 0 for none. */
  code(row: number): number {
    return this.#rows[row] ?? 0;
  }

  /** How many codes there are, that of none included. */
  get codes(): number {
    return this.#values.length;
  }

  /** The value of a code. */
  valueOf(code: number): Scalar {
    return this.#values[code] ?? null;
  }
}
