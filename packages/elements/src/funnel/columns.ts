import type { Chart } from './model.ts';

/** Measures a text in units of the element's type, set at a size in those units and at a weight. */
export type Measure = (text: string, size: number, weight?: number) => number;

/** Widths of the columns beside the bars with the space before them, in units of the type; 0 for those that stay empty. */
export interface Columns {
  who: number;
  amount: number;
  rate: number;
  all: number;
  time: number;
}

const GAP = 1.25;
/** Smaller text. */
const SMALL = 0.8125;
const NAME = 0.9375;
const MARK = 1.6;
/** Longer names break. */
const WIDEST = 11;

/** One width for each column, so that all rows agree without a grid, which costs a page of many charts most of its layout. */
export function columnsOf({ rows, heads }: Chart, t: { stage: string }, measure: Measure): Columns {
  const widest = (texts: readonly string[], size: number, weight?: number): number =>
    Math.max(0, ...texts.map((text) => (text === '' ? 0 : measure(text, size, weight))));
  const column = (width: number): number => (width > 0 ? width * 1.02 + GAP : 0);
  const head = (text: string): number => widest(text.split(/ (?=\S+$)/), SMALL);
  const marked = rows.some(({ owner }) => owner !== undefined);
  const names = Math.max(
    widest(
      rows.map(({ stage }) => stage.label),
      NAME,
      600,
    ),
    widest(
      rows.map(({ under }) => under),
      SMALL,
    ),
    measure(t.stage, SMALL) - (marked ? MARK : 0),
  );
  const rates = rows.map(({ rate, change }) => {
    if (rate === null) return 0;
    const delta = change === null ? 0 : measure(`▼ ${change.text}`, SMALL, 600) + 0.45;
    return Math.max(delta + measure(rate.text, 1, 600), measure(rate.interval ?? '', SMALL));
  });
  return {
    who: Math.min(names, WIDEST) * 1.02 + 0.1,
    amount: column(
      Math.max(
        widest(
          rows.map(({ amount }) => amount),
          1,
          600,
        ),
        widest(
          rows.map(({ behind }) => behind),
          SMALL,
        ),
        measure(heads.amount, SMALL),
      ),
    ),
    rate: column(Math.max(...rates, measure(heads.rate, SMALL), measure(heads.interval, SMALL))),
    all: column(
      Math.max(
        widest(
          rows.map(({ ofAll }) => ofAll),
          1,
        ),
        head(heads.ofAll),
      ),
    ),
    time: column(
      Math.max(
        widest(
          rows.map(({ time }) => time),
          1,
        ),
        head(heads.time),
      ),
    ),
  };
}
