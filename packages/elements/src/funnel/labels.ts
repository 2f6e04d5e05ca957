import type { Bar, Segment } from './geometry.ts';

/** What the column of the bars offers to text. */
export interface Room {
  /** Of the column, in units of the type. */
  width: number;
  /** What a text needs: its own width and some air. */
  needs: (text: string) => number;
  count: (n: number) => string;
}

/** Where the numbers of a row's segments stand: inside where all fit, else beside the bar, else inside where each fits: the table has them all. */
export interface Labels {
  inside: Segment[];
  beside: boolean;
}

/**
 * Places the numbers of the segments that did not advance.
 *
 * @param lines that would stand beside the bar
 */
export function labelsOf(
  { size, segments }: Bar,
  { width, needs, count }: Room,
  lines: readonly [string, string],
): Labels {
  const others = segments.filter(({ kind }) => kind !== 'advanced');
  const inside = others.filter((segment) => segment.size * width >= needs(count(segment.count)));
  const longer = lines[0].length > lines[1].length ? lines[0] : lines[1];
  const some = inside.length < Math.max(others.length, 1);
  const beside = some && longer !== '' && (1 - size) * width >= needs(longer);
  return { inside: beside ? [] : inside, beside };
}
