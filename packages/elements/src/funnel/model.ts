import type { FunnelAnswer, FunnelEnvelope, FunnelStage, Owner, Rate } from '@sama/metrics/contracts';
import { daysText, type Formats } from '../internal/format.ts';
import { harmless } from '../internal/harmless.ts';
import { type RateText, rateText } from '../internal/rates.ts';
import type { FunnelWords } from '../locale/index.ts';
import { type Bar, barsOf, type Kind, KINDS } from './geometry.ts';

/** A row as it is shown and spoken; everything in words. */
export interface Row {
  stage: FunnelStage;
  bar: Bar;
  owner: Owner | undefined;
  /** `Sales · maturing`. */
  under: string;
  /** Why there is no bar. */
  missing: string | undefined;
  /** Not what the lens looks at. */
  dim: boolean;
  amount: string;
  /** People behind a value. */
  behind: string;
  /** Two lines beside the bar: the first plain, the second muted. */
  beside: readonly [string, string];
  rate: RateText | null;
  ofAll: string;
  time: string;
  timeInWords: string;
  change: { up: boolean; text: string; spoken: string } | null;
  /** The count with its rate, where it has one. */
  said: string;
  spoken: string;
  /** Of the step into this stage; empty without a rate. */
  spokenRate: string;
}

type Outcome = 'advanced' | 'open' | 'recycled' | 'lost' | 'disqualified';

/** What all rows share. */
export interface Chart {
  answer: FunnelAnswer;
  rows: Row[];
  /** Plural of the anchor's name: `leads`. */
  things: string;
  kinds: Kind[];
  /** Heads of the columns of rates; empty where there is none. */
  heads: { amount: string; rate: string; interval: string; ofAll: string; time: string };
  /** Text of the hand-off and the row it stands above. */
  seam: { at: number; text: string } | null;
}

export interface Looks {
  f: Formats;
  t: FunnelWords;
  lens?: string | null | undefined;
}

/** Whether one team of a row is what the lens looks at. */
function seenThrough(lens: string | null | undefined, owner: Owner | undefined): boolean {
  return (lens !== 'marketing' && lens !== 'sales') || owner === 'both' || owner === lens;
}

/** Turns an answer into rows of words and shares. Pure: the same answer gives the same rows. */
export function chartOf(envelope: FunnelEnvelope, given: FunnelAnswer, looks: Looks): Chart {
  const { f, t } = looks;
  const answer = { ...given, stages: given.stages.map((stage) => ({ ...stage, label: harmless(stage.label) })) };
  const { stages, view, measure } = answer;
  const nested = !stages.some(({ stepRate }) => stepRate?.value === null && stepRate.reason === 'not-a-subset');
  const bars = barsOf(stages, measure, view === 'cohort' && nested);
  const things = t.plural(stages[0]?.label ?? '');
  const immature = envelope.flags.includes('immature');
  const rows = stages.map((stage, i) =>
    rowOf(stage, stages[i - 1], bars[i], { ...looks, answer, things, immature, final: i === stages.length - 1 }),
  );
  const timed = rows.some((row) => row.time !== '');
  const shared = rows.some((row) => row.rate !== null);
  return {
    answer,
    rows,
    things,
    kinds: KINDS.filter(
      (kind) =>
        measure === 'count' &&
        stages.some((s) => s.outcomes) &&
        bars.some((bar) => bar.segments.some((s) => s.kind === kind)),
    ),
    heads: {
      amount:
        measure === 'value' ? t.value : t.counted[answer.unit === 'entity' ? (answer.grain ?? 'none') : answer.unit],
      rate: !shared ? '' : view === 'cohort' ? t.stepRate : view === 'activity' ? t.flowRatio : t.share,
      interval: rows.some((row) => row.rate?.interval !== undefined) ? t.interval : '',
      ofAll: rows.some((row) => row.ofAll !== '') ? t.ofAll(things) : '',
      time: timed ? t.medianDays : '',
    },
    seam: seamOf(answer, f, t),
  };
}

interface RowLooks extends Looks {
  answer: FunnelAnswer;
  things: string;
  immature: boolean;
  final: boolean;
}

function rowOf(stage: FunnelStage, before: FunnelStage | undefined, bar: Bar | undefined, looks: RowLooks): Row {
  const { f, t, lens, answer, things, immature, final } = looks;
  const missing =
    stage.missing === undefined
      ? undefined
      : stage.missing === 'not-in-source'
        ? t.reasons['missing-stage']
        : stage.missing;
  const { value } = stage;
  // What cannot be added up says why in place of its bar; its rates are of people, and stay.
  const noSum = answer.measure === 'value' && value?.value === null ? t.reasons[value.reason] : undefined;
  const maturing = immature && estimateOf(stage) !== undefined;
  const count = f.count(stage.count);
  const amount = missing === undefined ? amountOf(stage, answer, f) : '–';
  const rate = missing === undefined ? rateOf(stage, before, answer, f, t) : null;
  const cumulative = before === undefined || missing !== undefined ? null : rateText(stage.cumulativeRate, f, t);
  const change = changeOf(stage, f, t);
  const outcomes = final ? [] : outcomesOf(stage, ['advanced', 'open', 'recycled', 'lost', 'disqualified'], f, t);
  const said = missing ?? (rate !== null && answer.view === 'cohort' ? rate.spoken : amount);
  const spokenRate = rate === null ? '' : t.spokenRate(before?.label ?? '', stage.label, rate.spoken);
  return {
    stage,
    bar: bar ?? { size: 0, segments: [], inflow: 0, outflow: 0 },
    owner: stage.owner,
    under: [...(stage.owner === undefined ? [] : [t.owners[stage.owner]]), ...(maturing ? [t.maturing] : [])].join(
      ' · ',
    ),
    missing: missing ?? noSum,
    dim: !seenThrough(lens, stage.owner),
    amount,
    behind: answer.measure === 'value' && missing === undefined ? count : '',
    beside: missing === undefined && answer.measure === 'count' ? besideOf(stage, final, looks) : ['', ''],
    rate,
    ofAll: cumulative === null ? '' : cumulative.muted ? countsOf(stage.cumulativeRate, f, t) : cumulative.text,
    time: missing === undefined ? daysText(stage.time?.median, f) : '',
    timeInWords: missing === undefined ? f.span(stage.time?.median) : '',
    change,
    said,
    spoken: [
      stage.label,
      said,
      ...(answer.measure === 'value' ? [noSum ?? amount] : []),
      ...(missing === undefined ? outcomes : []),
      ...(rate !== null && answer.view !== 'cohort' ? [rate.spoken] : []),
      ...(maturing ? [t.expected(...expectation(stage, things, f)), t.maturing] : []),
    ].join(t.comma),
    spokenRate: change === null ? spokenRate : spokenRate + t.comma + change.spoken,
  };
}

function rateOf(
  stage: FunnelStage,
  before: FunnelStage | undefined,
  answer: FunnelAnswer,
  f: Formats,
  t: FunnelWords,
): RateText | null {
  if (answer.view === 'cohort') return before === undefined ? null : rateText(stage.stepRate, f, t);
  if (stage.share === undefined || stage.share.value === null || (answer.view === 'activity' && before === undefined))
    return null;
  const of = answer.view === 'activity' ? (before?.count ?? 0) : answer.stages.reduce((sum, s) => sum + s.count, 0);
  const counts = t.of(f.count(stage.count), f.count(of));
  if (of < 10) return { text: counts, muted: true, spoken: counts };
  const text = f.percent(stage.share.value, of < 100 ? 0 : 1);
  return { text, muted: of < 30, spoken: text };
}

/** A change is shown only when it is clear and neither rate is too small for a percentage. */
export function clearChange(stage: FunnelStage): { difference: number; low: number; high: number; up: boolean } | null {
  const change = stage.before?.change;
  if (change === undefined || change.verdict === 'no-clear-change') return null;
  if (denominator(stage.stepRate) < 10 || denominator(stage.before?.stepRate) < 10) return null;
  return { ...change, up: change.verdict === 'up' };
}

/** A rate as counts, where it has no room for the interval it would need. */
function countsOf(rate: Rate | undefined, f: Formats, t: FunnelWords): string {
  return rate === undefined || rate.value === null ? '' : t.of(f.count(rate.k), f.count(rate.n));
}

const denominator = (rate: Rate | undefined): number => (rate === undefined || rate.value === null ? 0 : rate.n);

function changeOf(stage: FunnelStage, f: Formats, t: FunnelWords): Row['change'] {
  const change = clearChange(stage);
  if (change === null || stage.missing !== undefined) return null;
  const points = f.hundredths(Math.abs(change.difference), 1);
  return { up: change.up, text: t.points(points), spoken: t.spokenChange(change.up, points) };
}

function amountOf({ count, value }: FunnelStage, { measure }: FunnelAnswer, f: Formats): string {
  if (measure === 'count') return f.count(count);
  return value === undefined || value.value === null ? '–' : f.money(value.value, value.currency);
}

/** What is expected, unless its base is too small for a percentage. */
const estimateOf = (stage: FunnelStage): FunnelStage['estimate'] =>
  denominator(stage.cumulativeRate) < 10 ? undefined : stage.estimate;

function expectation(stage: FunnelStage, things: string, f: Formats): [string, string, string, string] {
  const { value = 0, low = 0, high = 0, byDay = 0 } = stage.estimate ?? {};
  return [f.percent(value, 1), things, f.count(byDay), `${f.hundredths(low, 1)}–${f.hundredths(high, 1)}`];
}

function besideOf(stage: FunnelStage, final: boolean, { f, t, things, immature }: RowLooks): [string, string] {
  if (final)
    return immature && estimateOf(stage) !== undefined
      ? [t.soFar, t.expected(...expectation(stage, things, f))]
      : ['', ''];
  const said = outcomesOf(stage, ['open', 'recycled', 'disqualified', 'lost'], f, t);
  return stage.outcomes?.open ? [said[0] ?? '', said.slice(1).join(' · ')] : [said.join(' · '), ''];
}

/** How many of a stage had these outcomes, in words; without those nobody had. */
function outcomesOf({ outcomes }: FunnelStage, kinds: readonly Outcome[], f: Formats, t: FunnelWords): string[] {
  const say = {
    advanced: t.nAdvanced,
    open: t.nOpen,
    recycled: t.nRecycled,
    lost: t.nLost,
    disqualified: t.nDisqualified,
  };
  return kinds.flatMap((kind) => (outcomes?.[kind] ? [say[kind](f.count(outcomes[kind]))] : []));
}

function seamOf({ handoff, stages, view }: FunnelAnswer, f: Formats, t: FunnelWords): Chart['seam'] {
  const at = stages.findIndex((stage) => stage.key === handoff?.to);
  const rate = rateText(handoff?.inTime, f, t);
  if (handoff === undefined || at < 1 || rate === null || view !== 'cohort') return null;
  return { at, text: t.handoffText(rate.text, f.span(handoff.median).replace(/ /g, '\xa0')) };
}
