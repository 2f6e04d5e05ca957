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

/**
 * What the columns beside the bars take, about, in units of the type: before the browser has laid
 * them out, so that most charts need to be drawn only once.
 */
export function othersOf(rows: readonly Texts[]): number {
  const longest = (text: (row: Texts) => string | undefined): number =>
    Math.max(...rows.map((row) => text(row)?.length ?? 0));
  const name = longest(({ stage }) => stage.label) * 0.53;
  const under = longest((row) => row.under) * 0.43;
  const numbers = [
    longest((row) => row.amount) * 0.6,
    longest((row) => row.rate?.interval ?? row.rate?.text) * 0.48,
    longest((row) => row.ofAll) * 0.6,
    longest((row) => row.time) * 0.6,
  ];
  const shown = numbers.filter((width) => width > 0);
  return 3 + 1.75 + Math.min(Math.max(name, under), 11) + shown.reduce((sum, width) => sum + width + 1.25, 1.25);
}

interface Texts {
  stage: { label: string };
  under: string;
  amount: string;
  rate: { text: string; interval?: string } | null;
  ofAll: string;
  time: string;
}
