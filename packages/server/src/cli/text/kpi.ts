import type { KpiAnswer, KpiFigure, KpiTile, KpiUnit } from '@sama/metrics/contracts';
import { amount, count, duration, moment, nothing, number, percent } from './numbers.ts';
import { sentenceOf, within } from './period.ts';
import { plain, tableLines, type Column } from './table.ts';

type Tile = KpiAnswer['kpis'][number];

const STATUS = { on: 'on target', 'at-risk': 'at risk', off: 'off target', unknown: 'not known' } as const;
const DIRECTIONS = { up: '▲', down: '▼' } as const;
/** Below this many behind a share it says more than it knows: counts only. */
const SMALL = 10;

/** KPIs as lines of text: one row for each, by section; a single one with what it is made of and its trend. */
export function kpiLines(answer: KpiAnswer): string[] {
  const lines = [sentence(answer)];
  const sections = [...new Set(answer.kpis.map(({ section }) => section))];
  for (const section of sections) {
    lines.push('', ...(section === undefined ? [] : [plain(section)]));
    lines.push(...tableLines(COLUMNS, answer.kpis.filter((one) => one.section === section).map(rowOf)));
  }
  const [only, ...others] = answer.kpis;
  if (only !== undefined && others.length === 0) lines.push(...inside(only), ...trend(only));
  return lines;
}

const end = (head: string): Column => ({ head, align: 'end' });
const start = (head: string): Column => ({ head, align: 'start' });
const COLUMNS: readonly Column[] = [
  start('KPI'),
  end('Value'),
  end('95 % interval'),
  end('Before'),
  start('Change'),
  end('Target'),
  end('Due by now'),
  start('Status'),
];

function sentence({ period, segment, compare, timeZone, kpis }: KpiAnswer): string {
  const parts = [period === undefined && kpis.every(({ inPeriod }) => !inPeriod) ? 'as it stands' : within(period)];
  if (segment !== undefined) parts.push(`segment ${plain(segment.label)}`);
  if (compare?.period !== undefined)
    parts.push(
      `compared with ${plain(compare.period.text)} as it stood on ${moment(compare.asOf, timeZone).slice(0, 10)}`,
    );
  if (compare?.segment !== undefined) parts.push(`compared with segment ${plain(compare.segment.label)}`);
  return sentenceOf(parts);
}

function rowOf(tile: Tile): string[] {
  const { label, value, before, target, unit } = tile;
  const { result } = value;
  const range =
    result.value === null || result.low === undefined || result.high === undefined || isSmall(tile)
      ? ''
      : `${valueText(result.low, unit, tile.currency)} to ${valueText(result.high, unit, tile.currency)}`;
  return [
    plain(label),
    isSmall(tile) ? `${count(value.numerator ?? 0)} of ${count(value.denominator ?? 0)}` : figure(result, tile),
    range,
    before === undefined ? '' : figure(before.value.result, tile),
    change(tile),
    target === undefined ? '' : targetText(target.value, tile),
    target?.due === undefined ? '' : valueText(target.due, unit, tile.currency),
    target === undefined ? '' : standing(target),
  ];
}

const isSmall = ({ unit, value }: Tile): boolean =>
  unit === 'share' && value.numerator !== undefined && value.denominator !== undefined && value.denominator < SMALL;

function standing({ status, promisedBy, agreed }: NonNullable<Tile['target']>): string {
  const by = promisedBy === undefined ? '' : `, promised by ${promisedBy}`;
  return `${STATUS[status]}${by}${agreed ? '' : ', not agreed yet'}`;
}

function targetText(value: NonNullable<Tile['target']>['value'], { unit, currency }: Tile): string {
  if (typeof value === 'number') return valueText(value, unit, currency);
  return `${valueText(value.low, unit, currency)} to ${valueText(value.high, unit, currency)}`;
}

function change({ before, unit, currency }: Tile): string {
  const given = before?.change;
  if (given === undefined) return '';
  const { verdict, difference, relative } = given;
  if (verdict === 'no-clear-change') return 'no clear change';
  const points = unit === 'share' || unit === 'difference';
  const size = Math.abs(points || relative === undefined ? difference : relative);
  if (points && size < 0.0005) return `${DIRECTIONS[verdict]} less than 0.1 pts`;
  const shown = points
    ? valueText(size, 'difference')
    : relative === undefined
      ? valueText(size, unit, currency)
      : percent(size);
  return `${DIRECTIONS[verdict]} ${shown}`;
}

/** What a value is made of, and what must be read beside it. */
function inside({ formula, note, inputs, value, currency }: Tile): string[] {
  const lines: string[] = [];
  if (formula !== undefined) lines.push('', `= ${plain(formula)}`);
  if (note !== undefined) lines.push(plain(note));
  if (inputs.length > 0) {
    const rows = inputs.map((one) => [
      plain(one.name),
      one.value === undefined ? (one.missing === true ? 'not known' : '') : number(one.value),
      one.source,
    ]);
    lines.push('', ...tableLines([start('Input'), end('Value'), start('From')], rows));
  }
  if (value.also.length > 0) {
    const rows = value.also.map((one) => [
      plain(one.key),
      figure(one.result, { unit: one.unit, ...(currency === undefined ? {} : { currency }) }),
    ]);
    lines.push('', ...tableLines([start('Beside'), end('Value')], rows));
  }
  return lines;
}

function trend(tile: Tile): string[] {
  if (tile.trend === undefined || tile.trend.length === 0) return [];
  const rows = tile.trend.map(({ from, to, result, due, partial }) => [
    from,
    to,
    figure(result, tile),
    due === undefined ? '' : valueText(due, tile.unit, tile.currency),
    partial === true ? 'not whole' : '',
  ]);
  return ['', ...tableLines([start('From'), start('To before'), end('Value'), end('Due'), start('')], rows)];
}

function figure(result: KpiFigure, { unit, currency }: Pick<KpiTile, 'unit' | 'currency'>): string {
  if (result.value !== null) return valueText(result.value, unit, currency);
  const above = result.above === undefined ? '' : `, above ${valueText(result.above, unit, currency)}`;
  return `${nothing(result.reason)}${above}`;
}

/** A number in the unit of its KPI. */
function valueText(value: number, unit: KpiUnit, currency?: string): string {
  switch (unit) {
    case 'count':
      return count(value);
    case 'share':
      return percent(value);
    case 'difference':
      return `${number(Number((value * 100).toFixed(1)))} pts`;
    case 'currency':
    case 'currency/day': {
      const money = currency === undefined ? number(value) : amount(value, currency);
      return unit === 'currency' ? money : `${money} a day`;
    }
    case 'minutes':
      return duration(value * 60_000);
    case 'days':
    case 'months':
    case 'points': {
      const rounded = Number(value.toFixed(1));
      return `${number(rounded)} ${rounded === 1 ? unit.slice(0, -1) : unit}`;
    }
    default:
      return number(Number(value.toFixed(2)));
  }
}
