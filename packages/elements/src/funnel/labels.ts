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
  /** Two lines, of which the second is muted. */
  beside: Lines | undefined;
}

type Lines = readonly [string, string];

/**
 * Places the numbers of the segments that did not advance.
 *
 * @param lines that would stand beside the bar; where they are too long, a part of the second stands in the first
 */
export function labelsOf({ size, segments }: Bar, { width, needs, count }: Room, lines: Lines): Labels {
  const others = segments.filter(({ kind }) => kind !== 'advanced');
  const inside = others.filter((segment) => segment.size * width >= needs(count(segment.count)));
  const fits = ([a, b]: Lines): boolean => (1 - size) * width >= needs(a.length > b.length ? a : b);
  const some = inside.length < Math.max(others.length, 1);
  const beside = some && lines.join('') ? [lines, evened(lines)].find(fits) : undefined;
  return { inside: beside ? [] : inside, beside };
}

/** The first part of the second line goes up. */
const evened = ([first, second]: Lines): Lines => {
  const [part = '', ...rest] = second.split(' · ');
  return [`${first} · ${part}`, rest.join(' · ')];
};
