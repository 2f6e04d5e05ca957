import type { EntityType, KpiAspect } from '@sama/metrics/contracts';
import { nullReasonMessages } from '@sama/metrics/messages';
import { choices } from './choices.ts';
import { common } from './common.ts';

const aspects: Record<KpiAspect, string> = {
  volume: 'volume',
  quality: 'quality',
  value: 'value',
  cost: 'cost',
  'win-rate': 'win rate',
  speed: 'speed',
  compliance: 'compliance',
};
/** For one, and for any other number. */
const unit =
  (one: string, other = `${one}s`) =>
  (n: number): string =>
    n === 1 ? one : other;
/** Of a count, beside its number. */
const nouns: Partial<Record<string, (n: number) => string>> = {
  person: unit('person', 'people'),
  account: unit('account'),
  opportunity: unit('opportunity', 'opportunities'),
  handoff: unit('hand-off'),
} satisfies Partial<Record<EntityType | 'handoff', (n: number) => string>>;

/** English words of the scorecard and its tiles. */
export const scorecard = {
  ...common,
  ...choices,
  /** Why a value is not known. */
  reasons: nullReasonMessages,
  scorecard: 'Shared scorecard',
  kpi: 'KPI',
  kpis: 'KPIs',
  scoreSentence: '{period}',
  scoreCompared: ' compared with {compare}',
  scoreWithin: ' for {segment}',
  scoreSection: ', {section}',
  sectionLabel: 'View',
  overview: 'overview',
  numbered: (name: string, n: string) => `${name} ${n}`,
  noTargets: 'Nothing has a target for this choice.',
  allMet: (n: number, count: string) => (n === 1 ? 'The one target is met.' : `All ${count} targets are met.`),
  aheadOf: (share: string) => `${share} ahead of pace`,
  behindOf: (share: string) => `${share} behind pace`,
  onPaceOf: 'on pace',
  isStanding: (name: string, standing: string) => [`${name} is `, standing, '. '],
  shareOfTarget: (share: string) => `${share} of target`,
  areOff: (names: string) => ['Off target: ', names, '. '],
  areAtRisk: (names: string) => ['At risk: ', names, '. '],
  andMore: (names: readonly string[], more: number, count: string) =>
    more > 0
      ? `${names.join(', ')} and ${count} more`
      : names.length < 2
        ? names.join('')
        : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`,
  moved: (name: string, up: boolean, by: string) => [`${name} ${up ? 'rose' : 'fell'} ${by}`, ', a clear change.'],
  expectedBy: (share: string) => `expected by today ${share}`,
  ofTargetBy: (target: string, day: string) => `of ${target} by ${day}`,
  marketingPromised: 'Marketing promised',
  salesPromised: 'Sales promised',
  promisedCount: (target: string, name: string) => `of ${target} ${name}`,
  promisedRate: (name: string, target: string) => `${name}, ${target} agreed`,
  noPromise: 'No promise is agreed for this period.',
  pair: (first: string, second: string) => `${first.charAt(0).toUpperCase()}${first.slice(1)} with ${second}`,
  aspects,
  nouns,
  aDay: 'a day',
  daysUnit: unit('day'),
  minutesUnit: 'min',
  monthsUnit: unit('month'),
  pointsUnit: 'pts',
  indexUnit: 'of 100',
  timesUnit: '×',
  medianUnit: (unit: string) => (unit === '' ? 'median' : `${unit}, median`),
  moreThan: (value: string) => `more than ${value}`,
  target: (value: string) => `target ${value}`,
  promise: (value: string) => `promise ${value}`,
  proposedTarget: (target: string) => `${target}, proposed`,
  band: (low: string, high: string) => `${low} to ${high}`,
  noTarget: 'no target',
  asItStands: 'as it stands today',
  noChange: 'No clear change',
  changedBy: (change: string, against: string) => (against === '' ? change : `${change} on ${against}`),
  withInterval: (change: string, low: string, high: string) => `${change} (${low} to ${high})`,
  shareStillOpen: (share: string) => `${share} still open`,
  aheadOfPace: 'Ahead of pace',
  onTarget: 'On target',
  atRisk: 'At risk',
  offTarget: 'Off target',
  behindPace: 'Behind pace',
  keptSoFar: 'Kept so far',
  kept: 'Kept',
  notKept: 'Not kept',
  version: (version: string) => `v${version}`,
  definitionOf: (version: string, name: string) => `${version}, definition of ${name}`,
  definitionsAgreed: (n: number, count: string, agreed: number, agreedCount: string) =>
    `${count} ${n === 1 ? 'definition' : 'definitions'}, ${agreed === n ? '' : `${agreedCount} `}agreed by both teams`,
  spokenTrend: (name: string, first: string, last: string, n: string) =>
    `Trend of ${name}, ${n} steps, from ${first} to ${last}`,
  noTrend: (name: string) => `Change of ${name}`,
  scoreHead: (title: string, n: string, period: string, segment: string, asOf: string) =>
    `${title}, ${n}${period === '' ? '' : `, ${period}`}${segment === '' ? '' : `, ${segment}`}${asOf === '' ? '' : `, as of ${asOf}`}.`,
  countOfKpis: (n: number, count: string) => `${count} ${n === 1 ? 'KPI' : 'KPIs'}`,
  scoreHelp: 'Arrow keys walk the KPIs. Enter selects, T shows the table.',
};

/** The words of a scorecard and its tiles. */
export type ScorecardWords = typeof scorecard;
