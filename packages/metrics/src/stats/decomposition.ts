import { InputError } from '../errors.ts';

/** One segment of a ratio: converted of entered, amount won of amount closed. @public */
export interface RatioPart {
  segment: string;
  numerator: number;
  /** 0 or more; what the segments are weighed by. */
  denominator: number;
}

/** What one segment adds to the change of the whole. @public */
export interface SegmentEffect {
  segment: string;
  /** The ratio of the segment before and after; null where it has no denominator. */
  before: number | null;
  after: number | null;
  /** What of the whole change comes from the share of the segment, and what from its ratio. */
  mix: number;
  rate: number;
}

/** The change of a ratio, split into a change of the mix and changes of the segments' own ratios. @public */
export interface MixAndRate {
  before: number;
  after: number;
  /** after − before = mix + rate. */
  change: number;
  mix: number;
  rate: number;
  segments: SegmentEffect[];
  /** Whether the whole moved against its segments, none of which moved with it (Simpson's paradox). */
  reversal: boolean;
}

function whole(name: string, parts: readonly RatioPart[]): Map<string, RatioPart> {
  const bySegment = new Map<string, RatioPart>();
  for (const part of parts) {
    const field = `${name}.${part.segment}`;
    if (bySegment.has(part.segment)) throw new InputError(field, 'stands twice', 'add its numbers up first');
    if (!(part.denominator >= 0 && Number.isFinite(part.denominator) && Number.isFinite(part.numerator))) {
      throw new InputError(field, 'has no ratio', 'give a finite numerator and a finite denominator of 0 or more');
    }
    bySegment.set(part.segment, part);
  }
  return bySegment;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/**
 * Splits the change of a ratio into what the mix of its segments did and what their own ratios did. With shares w and
 * ratios r of the segments and the whole ratio R, before (0) and after (1):
 *
 * rate = (r₁ − r₀)(w₀ + w₁)/2, mix = (w₁ − w₀)((r₀ + r₁)/2 − (R₀ + R₁)/2), and all of them add up to R₁ − R₀.
 *
 * Neither comes first, so nothing is left over. The mix of a segment is measured from the whole: more of a segment that
 * converts worse than the whole counts against it. A segment that is there only once changed the mix alone.
 * Source: Kitagawa, JASA 50 (1955) 1168–1194; the reversal: Simpson, J. R. Statist. Soc. B 13 (1951) 238–241.
 *
 * @returns null when the whole has no denominator before or after.
 * @throws InputError for a segment that stands twice or has no ratio.
 * @public
 */
export function mixAndRate(before: readonly RatioPart[], after: readonly RatioPart[]): MixAndRate | null {
  const [old, now] = [whole('before', before), whole('after', after)];
  const [oldTotal, total] = [before, after].map((parts) => sum(parts.map(({ denominator }) => denominator)));
  if (oldTotal === undefined || total === undefined || oldTotal === 0 || total === 0) return null;
  const oldRatio = sum(before.map(({ numerator }) => numerator)) / oldTotal;
  const ratio = sum(after.map(({ numerator }) => numerator)) / total;

  const ratioOf = (part: RatioPart | undefined): number | null =>
    part === undefined || part.denominator === 0 ? null : part.numerator / part.denominator;
  const segments = [...new Set([...old.keys(), ...now.keys()])].map((segment): SegmentEffect => {
    const [part0, part1] = [old.get(segment), now.get(segment)];
    const [r0, r1] = [ratioOf(part0), ratioOf(part1)];
    const [w0, w1] = [(part0?.denominator ?? 0) / oldTotal, (part1?.denominator ?? 0) / total];
    const [from, to] = [r0 ?? r1 ?? 0, r1 ?? r0 ?? 0];
    return {
      segment,
      before: r0,
      after: r1,
      mix: (w1 - w0) * ((from + to) / 2 - (oldRatio + ratio) / 2),
      rate: ((to - from) * (w0 + w1)) / 2,
    };
  });
  const moves = segments.flatMap(({ before: r0, after: r1 }) =>
    r0 === null || r1 === null ? [] : [Math.sign(r1 - r0)],
  );
  const direction = Math.sign(ratio - oldRatio);
  return {
    before: oldRatio,
    after: ratio,
    change: ratio - oldRatio,
    mix: sum(segments.map(({ mix }) => mix)),
    rate: sum(segments.map(({ rate }) => rate)),
    segments,
    reversal: direction !== 0 && moves.some((move) => move !== 0) && moves.every((move) => move !== direction),
  };
}

/** One factor of a product; the product is divided by it where `divides` is set. @public */
export interface Factor {
  key: string;
  before: number;
  after: number;
  divides?: boolean;
}

/** The change of a product, split by its factors. @public */
export interface FactorContributions {
  before: number;
  after: number;
  change: number;
  /** In the unit of the product; they add up to `change`. */
  contributions: { key: string; value: number }[];
}

/** ln(after / before), exact to the last digits also where they are nearly equal. */
function growth(before: number, after: number): number {
  const relative = (after - before) / before;
  return Math.abs(relative) < 0.5 ? Math.log1p(relative) : Math.log(after / before);
}

/**
 * Splits the change of a product, such as pipeline velocity, into what each factor did, by logarithms:
 * L ln(f₁/f₀) with the logarithmic mean L = (V₁ − V₀) / ln(V₁/V₀) of the product V (V itself where it did not change).
 * The contributions add up whatever the order of the factors.
 * Source: Ang, Energy Policy 32 (2004) 1131–1139 (LMDI-I, additive).
 *
 * @returns null unless every factor is above 0 before and after.
 * @public
 */
export function factorContributions(factors: readonly Factor[]): FactorContributions | null {
  if (factors.some(({ before, after }) => !(before > 0 && after > 0 && before < Infinity && after < Infinity)))
    return null;
  const product = (pick: (factor: Factor) => number): number =>
    factors.reduce((all, factor) => (factor.divides === true ? all / pick(factor) : all * pick(factor)), 1);
  const [before, after] = [product((factor) => factor.before), product((factor) => factor.after)];
  const change = after - before;
  const mean = change === 0 ? before : change / growth(before, after);
  return {
    before,
    after,
    change,
    contributions: factors.map((factor) => {
      const log = growth(factor.before, factor.after);
      return { key: factor.key, value: factor.divides === true ? -mean * log : mean * log };
    }),
  };
}
