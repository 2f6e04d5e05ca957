import type { KpiAnswer, KpiTile, Owner } from '@sama/metrics/contracts';
import type { Formats } from '../internal/format.ts';
import { harmless } from '../internal/harmless.ts';
import type { ScorecardWords } from '../locale/index.ts';
import { figureWords, isSmall, tileFigure } from './figure.ts';
import { sparkOf, type Spark, stepsOf } from './spark.ts';

/** How a KPI stands, by shape, colour and words; an empty text where there is nothing to say. */
export interface StatusText {
  tone: 'ok' | 'warn' | 'bad' | 'half' | '';
  text: string;
}

/** A tile as it is shown and spoken; everything in words. */
export interface Tile {
  kpi: KpiTile;
  name: string;
  owner: Owner | undefined;
  ownerText: string;
  value: string;
  unit: string;
  /** Both in one. */
  words: string;
  /** Rests on so few that it is shown as counts. */
  small: boolean;
  goal: string;
  /** The target alone; empty without one. */
  target: string;
  change: string;
  status: StatusText;
  version: string;
  spark: Spark | null;
  spoken: string;
  spokenTrend: string;
}

export interface Looks {
  f: Formats;
  t: ScorecardWords;
  rtl: boolean;
}

/** Turns KPIs into words. Pure: the same answer gives the same tiles. */
export function tilesOf(answer: KpiAnswer, looks: Looks): Tile[] {
  const { f } = looks;
  const { compare } = answer;
  const against =
    compare?.segment !== undefined
      ? harmless(compare.segment.label)
      : compare?.period === undefined
        ? ''
        : f.period(compare.period);
  return answer.kpis.map((kpi) => tileOf({ ...kpi, label: harmless(kpi.label) }, against, looks));
}

function tileOf(kpi: KpiTile, against: string, { f, t, rtl }: Looks): Tile {
  const { value } = kpi;
  const owner = ownerOf(kpi.owners);
  const ownerText = owner === undefined ? '' : t.owners[owner];
  const figure = tileFigure(kpi, value, f, t);
  const small = isSmall(kpi.unit, value);
  const words =
    value.result.value === null || small
      ? figure.value
      : figureWords(value.result.value, kpi, f, t, kpi.unit === 'share' ? (value.denominator ?? value.n) : undefined);
  const target = targetText(kpi, f, t);
  const change = changeText(kpi, against, f, t);
  const status = statusOf(kpi, t);
  const goal = goalOf(kpi, target, t);
  const low = value.result.value === null || small ? undefined : value.result.low;
  const high = value.result.value === null ? undefined : value.result.high;
  const interval =
    low === undefined || high === undefined || kpi.unit !== 'share'
      ? ''
      : t.spokenInterval(f.hundredths(low, 1), f.hundredths(high, 1));
  return {
    kpi,
    name: kpi.label,
    owner,
    ownerText,
    value: figure.value,
    unit: figure.unit,
    words,
    small,
    goal,
    target,
    change,
    status,
    version: t.version(kpi.definition.version.replace(/\.0$/, '')),
    spark: sparkOf(kpi, rtl),
    spoken: [
      kpi.label,
      kpi.unit === 'share' ? words : `${figure.value} ${figure.unit}`.trim(),
      interval,
      goal,
      status.text,
      ownerText,
    ]
      .filter(Boolean)
      .join(t.comma),
    spokenTrend: trendText(kpi, change, f, t),
  };
}

/** One mark for those who answer for it: both teams share it. */
function ownerOf(owners: readonly Owner[]): Owner | undefined {
  return owners.includes('marketing') && owners.includes('sales') ? 'both' : owners[0];
}

function targetText(kpi: KpiTile, f: Formats, t: ScorecardWords): string {
  const { target } = kpi;
  if (target === undefined) return '';
  const { value } = target;
  const words = (one: number): string => figureWords(one, kpi, f, t);
  return typeof value === 'number' ? words(value) : t.band(words(value.low), words(value.high));
}

function goalOf({ value, target, inPeriod }: KpiTile, text: string, t: ScorecardWords): string {
  if (value.result.value === null) return t.reasons[value.result.reason];
  if (target === undefined) return inPeriod ? t.noTarget : t.asItStands;
  const goal = target.promisedBy === undefined ? t.target(text) : t.promise(text);
  return target.agreed ? goal : t.proposedTarget(goal);
}

/** What changed against the comparison; of what is still maturing what is still open, which no change can be read from. */
function changeText(kpi: KpiTile, against: string, f: Formats, t: ScorecardWords): string {
  const { value, before, unit } = kpi;
  const open = value.also.find(({ key }) => key === 'openShare')?.result.value;
  if (value.flags.includes('immature') && typeof open === 'number') return t.shareStillOpen(f.percent(open, 0));
  const change = before?.change;
  if (before === undefined || change === undefined || isSmall(unit, value) || isSmall(unit, before.value)) return '';
  if (change.verdict === 'no-clear-change') return t.noChange;
  const signed = (text: string, of: number): string => `${of > 0 ? '+' : '−'}${text}`;
  const { difference, relative, low, high } = change;
  if (unit === 'share' || unit === 'difference') {
    const by = signed(t.points(f.hundredths(Math.abs(difference), 1)), difference);
    return low === undefined || high === undefined
      ? t.changedBy(by, against)
      : t.withInterval(by, f.hundredths(low, 1), f.hundredths(high, 1));
  }
  const short = unit === 'minutes' || unit === 'days' || unit === 'months' || unit === 'points' || unit === 'index';
  const by =
    relative === undefined || short
      ? signed(figureWords(Math.abs(difference), kpi, f, t), difference)
      : signed(f.percent(Math.abs(relative), 1), difference);
  return t.changedBy(by, against);
}

function statusOf({ unit, value, target }: KpiTile, t: ScorecardWords): StatusText {
  if (value.flags.includes('immature')) return { tone: 'half', text: t.flags.immature ?? '' };
  if (target === undefined || target.status === 'unknown') return { tone: '', text: '' };
  if (isSmall(unit, value)) return { tone: '', text: t.flags['small-n'] ?? '' };
  const { status, promisedBy, elapsed, expected, ahead = 0 } = target;
  const running = elapsed < 1;
  if (status === 'at-risk') return { tone: 'warn', text: t.atRisk };
  if (promisedBy !== undefined) {
    return status === 'on' ? { tone: 'ok', text: running ? t.keptSoFar : t.kept } : { tone: 'bad', text: t.notKept };
  }
  const paced = running && expected !== undefined;
  return status === 'on'
    ? { tone: 'ok', text: paced && ahead >= 0.005 ? t.aheadOfPace : t.onTarget }
    : { tone: 'bad', text: paced ? t.behindPace : t.offTarget };
}

function trendText(kpi: KpiTile, change: string, f: Formats, t: ScorecardWords): string {
  const known = stepsOf(kpi).flatMap(({ result }) => (result.value === null ? [] : [result.value]));
  const [first, last] = [known[0], known.at(-1)];
  const trend =
    first === undefined || last === undefined || known.length < 2
      ? t.noTrend(kpi.label)
      : t.spokenTrend(kpi.label, figureWords(first, kpi, f, t), figureWords(last, kpi, f, t), f.count(known.length));
  return change === '' ? trend : trend + t.comma + change;
}
