import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** One sequence of the seeded generator. Equal seed and lane give equal draws on every machine. */
export class Stream {
  readonly #source: RandomGenerator;

  /** `lane` picks one of several unrelated sequences of the same seed. */
  constructor(seed: number, lane: number) {
    const source = xoroshiro128plus(seed);
    for (let i = 0; i < lane; i += 1) source.jump();
    this.#source = source;
  }

  /** Uniform in `[0, 1)`, in steps of 2⁻³². */
  unit(): number {
    return (this.#source.next() >>> 0) / 0x1_0000_0000;
  }

  /** A whole number in `[0, n)`. The bias of n / 2³² is far below what any demo can show. */
  below(n: number): number {
    return Math.floor(this.unit() * n);
  }

  /** One of a non-empty list. */
  pick<const T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0];
  }

  /** Standard normal (Box & Muller 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }

  /** Log-normal with a median and the standard deviation of its logarithm. */
  lognormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }
}

/** The lanes in use; each part of the company draws from its own, so that one cannot shift another. */
export const LANES = { journeys: 0, stories: 1, assets: 2, desk: 3, activities: 4, finance: 5 } as const;
