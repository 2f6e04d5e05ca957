import type { EntityType, NullReason, View } from '@sama/metrics/contracts';
import { choices } from './choices.ts';
import { common } from './common.ts';
import { plural } from './plural.ts';

const counted: Record<EntityType | 'cycle' | 'visit' | 'none', string> = {
  person: 'People',
  account: 'Accounts',
  opportunity: 'Opportunities',
  cycle: 'Journeys',
  visit: 'Visits',
  none: 'Count',
};
const views: Record<View, string> = { cohort: 'Cohort', activity: 'Activity', snapshot: 'Snapshot' };
/** Why there is no bar; the other reasons are told in the table, which brings all of them. */
const reasons: Partial<Record<NullReason, string>> = {
  'missing-stage': 'Stage not in the source',
  'mixed-currency': 'No exchange rate',
  'no-value': 'No amount',
};
/** The controls as a sentence; `{slots}` become pickers, or plain words where there is nothing to choose. */
const sentences: Record<View, string> = {
  cohort: '{view} of {things} from {period}',
  activity: '{view} in {period}',
  snapshot: '{view} as of {asOf}',
};

/** English words of the funnel. */
export const funnel = {
  ...common,
  ...choices,
  funnel: 'Funnel',
  inferred: (n: number, count: string, share: string) =>
    n === 1 ? `1 entry inferred (${share})` : `${count} entries inferred (${share})`,
  noStages: 'This page supplies no stages.',
  reasons,
  views,
  sentences,
  followed: ' followed for {window}',
  compared: ' compared with {compare}',
  within: ' in {segment}',
  under: ', by {measure}, {entry}, {skip}',
  anchorLabel: 'Entered by',
  windowLabel: 'Followed for',
  measureLabel: 'What is added up',
  entryLabel: 'Which entry counts',
  skipLabel: 'Skipped stages',
  asDefined: 'as defined',
  noWindow: 'as long as known',
  measures: { count: 'count', value: 'value' },
  entries: { first: 'first entry', every: 'every entry', last: 'latest entry' },
  skips: { impute: 'skipped stages inferred', strict: 'skips end the way', open: 'stages in any order' },
  viewLabel: 'View',
  stage: 'Stage',
  counted,
  advanced: 'Advanced',
  open: 'Still open',
  recycled: 'Recycled',
  gone: 'Lost or disqualified',
  nOpen: (n: string) => `${n} open`,
  nRecycled: (n: string) => `${n} recycled`,
  nLost: (n: string) => `${n} lost`,
  nDisqualified: (n: string) => `${n} disqualified`,
  nAdvanced: (n: string) => `${n} advanced`,
  maturing: 'maturing',
  soFar: 'so far',
  expected: (share: string, things: string, day: string, interval: string) =>
    `${share} of ${things} expected by day ${day} (${interval})`,
  stepRate: 'Step rate',
  ofAll: (things: string) => `Of all ${things}`,
  ofStage: (stage: string) => `of ${stage}`,
  share: 'Share',
  flowRatio: 'To flow before',
  medianDays: 'Median days',
  value: 'Value',
  interval: '95% interval',
  handoff: 'Hand-off',
  handoffText: (rate: string, median: string) => `${rate} decided in time${median === '' ? '' : ` · median ${median}`}`,
  plural,
  reached: (k: string, n: string, things: string, stage: string, soFar: boolean) =>
    `${k} of ${n} ${things} reached ${stage}${soFar ? ' so far' : ''}`,
  tooFew: 'Too few for a rate.',
  changed: (from: string, to: string, up: boolean, points: string) =>
    `${from} to ${to} ${up ? 'rose' : 'fell'} ${points} points`,
  clearly: (against: string, low: string, high: string) => ` against ${against}, a clear change (${low} to ${high}).`,
  unchanged: (against: string) => `No step changed clearly against ${against}.`,
  unknownStages: (stages: string) => `${stages}: not recorded by the source.`,
  entered: (n: string, stage: string) => `${n} entered ${stage}`,
  standing: (n: string, things: string) => `${n} ${things.toLowerCase()} stand on a stage of this funnel.`,
  most: (n: string, stage: string) => `Most are at ${stage}: ${n}.`,
  summaryHead: (
    title: string,
    view: string,
    things: string,
    period: string,
    segment: string,
    n: string,
    asOf: string,
  ) =>
    `${title}, ${view.toLowerCase()} of ${things}${period === '' ? '' : ` from ${period}`}${segment === '' ? '' : `, ${segment}`}, ${n}${asOf === '' ? '' : `, as of ${asOf}`}.`,
  stillOpen: (n: string, stage: string) => `${n} still open at ${stage}.`,
  largestLoss: (stage: string) => `Largest loss after ${stage}.`,
  spokenRate: (from: string, to: string, rate: string) => `${from} to ${to}, ${rate}`,
  spokenChange: (up: boolean, points: string) => `${up ? 'up' : 'down'} ${points} points, a clear change`,
  chartHelp: 'Arrow keys move between the stages, Enter selects one, T shows the table.',
};

export type FunnelWords = typeof funnel;
