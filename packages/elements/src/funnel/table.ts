import type { FunnelEnvelope, Rate } from '@sama/metrics/contracts';
import type { Cell, DataTable } from '../internal/data-table.ts';
import type { Formats } from '../internal/format.ts';
import type { FunnelWords } from '../locale/index.ts';
import { funnelDetail } from '../locale/en/funnel-detail.ts';
import { wordsIn } from '../locale/registered.ts';
import { detailWords } from './detail-words.ts';
import { isBreak, marksOf, saidOf } from './marks.ts';
import type { Chart, Row } from './model.ts';

/** What a table is of. */
interface Tabled {
  envelope: FunnelEnvelope;
  chart: Chart;
  f: Formats;
}

/** The chart as a table: every number it shows, the outcomes it shows only as lengths, and what is noted of the time. */
export function tableOf({ envelope, chart, f }: Tabled, caption: string, words: FunnelWords): DataTable {
  const t = detailWords(words);
  const { rows, heads, answer } = chart;
  const number = (n: number): Cell => ({ text: f.count(n), by: n });
  const text = (words: string): Cell => ({ text: words, by: words });
  // A rate too small to be shown is not given away by its order or in a file.
  const rate = (shown: string, of: Rate | undefined): Cell =>
    of === undefined || of.value === null
      ? { text: of === undefined ? '' : t.reasons[of.reason], by: '' }
      : { text: shown, by: of.n < 10 ? shown : of.value };
  const columns: { head: string; cell: (row: Row) => Cell; if?: boolean }[] = [
    { head: t.stage, cell: ({ stage }) => text(stage.label) },
    {
      head: t.owner,
      cell: ({ owner }) => text(owner === undefined ? '' : t.owners[owner]),
      if: rows.some((row) => row.owner),
    },
    {
      head: heads.amount,
      cell: ({ amount, stage, missing }) => ({
        text: missing ?? amount,
        by: missing !== undefined ? '' : answer.measure === 'value' ? (stage.value?.value ?? '') : stage.count,
      }),
    },
    {
      head: t.counted[answer.grain ?? 'none'],
      cell: ({ stage }) => number(stage.count),
      if: answer.measure === 'value',
    },
    ...(['advanced', 'open', 'recycled', 'lost', 'disqualified'] as const).map((kind) => ({
      head: t[kind],
      cell: ({ stage }: Row) =>
        stage.outcomes === undefined || stage.missing !== undefined ? text('') : number(stage.outcomes[kind]),
      if: rows.some(({ stage }) => stage.outcomes),
    })),
    { head: t.imputed, cell: ({ stage }) => number(stage.imputed), if: rows.some(({ stage }) => stage.imputed > 0) },
    {
      head: heads.rate,
      cell: (row) =>
        answer.view === 'cohort'
          ? rate(row.rate?.text ?? '', row.stage.stepRate)
          : { text: row.rate?.text ?? '', by: row.stage.share?.value ?? '' },
      if: heads.rate !== '',
    },
    { head: t.interval, cell: (row) => text(row.rate?.interval ?? ''), if: heads.interval !== '' },
    {
      head: heads.ofAll,
      cell: (row) => rate(row.ofAll, row.ofAll === '' ? undefined : row.stage.cumulativeRate),
      if: heads.ofAll !== '',
    },
    {
      head: t.change,
      cell: ({ change, stage }) => ({
        text: change === null ? '' : `${change.up ? '+' : '−'}${change.text}`,
        by: stage.before?.change?.difference ?? '',
      }),
      if: rows.some((row) => row.change),
    },
    {
      head: t.median,
      cell: ({ stage, timeInWords }) => ({ text: timeInWords, by: stage.time?.median.value ?? '' }),
      if: heads.time !== '',
    },
  ];
  const marks = marksOf(envelope);
  const b = wordsIn(t.tag, funnelDetail).behind;
  const shown = columns.filter((column) => column.if ?? true);
  return {
    caption,
    heads: shown.map((column) => column.head),
    rows: rows.map((row) => shown.map((column) => column.cell(row))),
    ...(marks.length === 0
      ? {}
      : {
          further: {
            caption: b.happened,
            heads: [b.day, b.kind, b.note],
            rows: marks.map((mark) => {
              const { date, kind, text: note, whole } = saidOf(mark, f, b);
              return [date, kind, isBreak(mark) ? whole : note].map(text);
            }),
          },
        }),
  };
}
