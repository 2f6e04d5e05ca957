import type { Cell, DataTable } from '../internal/data-table.ts';
import type { Formats } from '../internal/format.ts';
import type { ScorecardWords } from '../locale/index.ts';
import { figureWords, isSmall } from './figure.ts';
import type { Tile } from './model.ts';
import { type NumbersWords, numbersWords } from './numbers-words.ts';
import type { Shown } from './shown.ts';

const text = (words: string): Cell => ({ text: words, by: words });

/** What is shown as a table: one KPI step by step, where its steps are known, else every KPI. */
export function tableOf({ tiles, alone, answer, f }: Shown, caption: string, words: ScorecardWords): DataTable {
  const t = numbersWords(words);
  const [tile] = alone ?? [];
  if (tile !== undefined && answer.trend !== undefined) return trendTable(tile, answer.trend, caption, f, t);
  return kpiTable(alone ?? tiles, caption, f, t);
}

/** All tiles with every number they show. What is too small for a percentage is not given away by its order or in a file. */
function kpiTable(tiles: readonly Tile[], caption: string, f: Formats, t: NumbersWords): DataTable {
  const number = (value: number | null | undefined, tile: Tile): Cell =>
    typeof value === 'number' ? { text: figureWords(value, tile.kpi, f, t), by: value } : text('');
  const columns: { head: string; cell: (tile: Tile) => Cell; if?: boolean }[] = [
    { head: t.kpi, cell: ({ name }) => text(name) },
    { head: t.owner, cell: ({ ownerText }) => text(ownerText) },
    {
      head: t.value,
      cell: ({ kpi, value, unit, words, small, goal }) => {
        const { result } = kpi.value;
        if (result.value === null) return { text: goal, by: '' };
        return { text: kpi.unit === 'share' ? words : `${value} ${unit}`.trim(), by: small ? value : result.value };
      },
    },
    {
      head: t.interval,
      cell: ({ kpi, small }) => {
        const { result } = kpi.value;
        if (small || result.value === null || result.low === undefined || result.high === undefined) return text('');
        return text(t.band(figureWords(result.low, kpi, f, t), figureWords(result.high, kpi, f, t)));
      },
      if: tiles.some(({ kpi: { value } }) => value.result.value !== null && value.result.low !== undefined),
    },
    {
      head: t.restsOn,
      cell: ({ kpi: { value } }) => (value.n === undefined ? text('') : { text: f.count(value.n), by: value.n }),
    },
    {
      head: t.targetHead,
      cell: ({ kpi, target }) => ({ text: target, by: typeof kpi.target?.value === 'number' ? kpi.target.value : '' }),
      if: tiles.some(({ target }) => target !== ''),
    },
    {
      head: t.due,
      cell: (tile) => number(tile.kpi.target?.expected === undefined ? null : tile.kpi.target.due, tile),
      if: tiles.some(({ kpi }) => kpi.target?.expected !== undefined),
    },
    { head: t.statusHead, cell: ({ status }) => text(status.text), if: tiles.some(({ status }) => status.text !== '') },
    {
      head: t.before,
      cell: (tile) => {
        const before = tile.kpi.before?.value;
        if (before === undefined || isSmall(tile.kpi.unit, before)) return text('');
        return number(before.result.value, tile);
      },
      if: tiles.some(({ kpi }) => kpi.before),
    },
    { head: t.change, cell: ({ change }) => text(change), if: tiles.some(({ change }) => change !== '') },
    { head: t.definitionHead, cell: ({ kpi: { definition } }) => text(`${definition.id} ${definition.version}`) },
  ];
  const shown = columns.filter((column) => column.if ?? true);
  return {
    caption,
    heads: shown.map(({ head }) => head),
    rows: tiles.map((tile) => shown.map(({ cell }) => cell(tile))),
  };
}

/** One KPI, step by step. */
function trendTable(
  tile: Tile,
  step: keyof NumbersWords['steps'],
  caption: string,
  f: Formats,
  t: NumbersWords,
): DataTable {
  const { trend = [] } = tile.kpi;
  const due = trend.some((one) => one.due !== undefined);
  return {
    caption,
    heads: [t.steps[step], tile.name, ...(due ? [t.due] : [])],
    rows: trend.map(({ from, to, result, partial, due: wanted }) => {
      const name = f.period({ text: `${from}/${to}`, from, to });
      return [
        { text: partial === true ? t.stepCut(name) : name, by: from },
        result.value === null
          ? { text: t.reasons[result.reason], by: '' }
          : { text: figureWords(result.value, tile.kpi, f, t), by: result.value },
        ...(due ? [wanted === undefined ? text('') : { text: figureWords(wanted, tile.kpi, f, t), by: wanted }] : []),
      ];
    }),
  };
}
