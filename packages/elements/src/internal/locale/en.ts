import type { EntityType, ErrorCode, Owner, View, WarningCode } from '@sama/metrics/contracts';
import { type Message, noteMessages, nullReasonMessages, readerErrorMessages } from '@sama/metrics/messages';

/** `Lead` → `leads`, `MQL` → `MQLs`, `Sales opportunity` → `sales opportunities`. */
function plural(label: string): string {
  if (!/^[A-Za-z]+( [A-Za-z]+)?$/.test(label)) return label;
  const start = /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
  if (/[^aeiou]y$/.test(start)) return `${start.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(start) ? `${start}es` : `${start}s`;
}

const counted: Record<EntityType | 'cycle' | 'visit' | 'none', string> = {
  person: 'People',
  account: 'Accounts',
  opportunity: 'Opportunities',
  cycle: 'Journeys',
  visit: 'Visits',
  none: 'Count',
};
const owners: Record<Owner, string> = {
  marketing: 'Marketing',
  sales: 'Sales',
  both: 'Shared',
  'customer-success': 'Customer success',
  operations: 'Operations',
};
const views: Record<View, string> = { cohort: 'Cohort', activity: 'Activity', snapshot: 'Snapshot' };
/** The controls as a sentence; `{slots}` become pickers, or plain words where there is nothing to choose. */
const sentences: Record<View, string> = {
  cohort: '{view} of {things} from {period}',
  activity: '{view} in {period}',
  snapshot: '{view} as of {asOf}',
};

const errors: Partial<Record<ErrorCode, Message>> = readerErrorMessages;
const warnings: Partial<Record<WarningCode, Message>> = noteMessages;

/** The words of the widgets in English. Another language brings the same keys. */
export const en = {
  tag: 'en',
  // Frame
  funnel: 'Funnel',
  table: 'Table',
  chart: 'Chart',
  more: 'More',
  copyCsv: 'Copy as CSV',
  downloadSvg: 'Download SVG',
  print: 'Print',
  copied: 'Copied',
  downloaded: 'Saved as a file',
  tryAgain: 'Try again',
  clearFilter: 'Clear the segment',
  updating: 'Updating',
  asOf: (when: string) => `As of ${when}`,
  definition: (version: string) => `Definitions v${version}`,
  agreedByBoth: 'agreed by both teams',
  agreedBy: (teams: string) => `agreed by ${teams}`,
  notAgreed: 'not agreed yet',
  inferred: (n: number, count: string, share: string) =>
    n === 1 ? `1 entry inferred (${share})` : `${count} entries inferred (${share})`,
  // States
  asking: (what: string) => (what === '' ? 'Asking for the numbers…' : `Asking for ${what}…`),
  waiting: 'Waiting for the answer',
  slow: (host: string) => `${host === '' ? 'The source' : host} has not answered yet. It may still do so.`,
  computing: 'The answer is still being computed. It is asked for again in a moment.',
  lastGood: (when: string) => `These are the numbers of ${when}.`,
  staleFor: (when: string) => `Out of date: the data ends ${when}. The numbers are kept.`,
  nothingMatches: (choice: string) => (choice === '' ? 'Nothing matches this choice.' : `Nothing matches ${choice}.`),
  unreadable: (why: string) => `This data cannot be read: ${why}.`,
  otherOrigin: (origin: string) => `If it runs, allow this page there: sama serve --origin ${origin}`,
  noStages: 'This page supplies no stages.',
  noSource: 'Nothing to show yet. Give this widget a src, data, or a table.',
  missing: 'The source does not record this stage',
  /** What is not here is for the author of the page, and said as `invalid-question` with its details. */
  errors,
  /** What is not here is said by the chart itself. */
  warnings,
  flags: {
    suppressed: 'Small groups hidden',
    'definition-break': 'Definition changed',
    demo: 'Demonstration data',
    offline: 'Offline',
    'as-supplied': 'As supplied by this page',
  },
  reasons: nullReasonMessages,
  // Controls
  views,
  sentences,
  followed: ' followed for {window}',
  compared: ' compared with {compare}',
  within: ' in {segment}',
  viewLabel: 'View',
  periodLabel: 'Period',
  compareLabel: 'Comparison',
  segmentLabel: 'Segment',
  anyTime: 'any time',
  noComparison: 'nothing',
  previous: 'the period before',
  previousYear: 'the year before',
  allSegments: 'all segments',
  sameAge: (period: string) => `${period} at the same age`,
  quarter: (quarter: string, year: string) => `Q${quarter} ${year}`,
  week: (week: string, year: string) => `week ${week} of ${year}`,
  lastDays: (days: string) => `the last ${days} days`,
  // Numbers
  of: (k: string, n: string) => `${k} of ${n}`,
  minutes: (n: string) => `${n} min`,
  hours: (n: string) => `${n} h`,
  hoursMinutes: (h: string, m: string) => `${h} h ${m}`,
  days: (n: number, text: string) => `${text} ${n === 1 ? 'day' : 'days'}`,
  points: (n: string) => `${n} pts`,
  // Chart
  stage: 'Stage',
  owner: 'Owner',
  counted,
  value: 'Value',
  advanced: 'Advanced',
  open: 'Still open',
  recycled: 'Recycled',
  gone: 'Lost or disqualified',
  lost: 'Lost',
  disqualified: 'Disqualified',
  nOpen: (n: string) => `${n} open`,
  nRecycled: (n: string) => `${n} recycled`,
  nLost: (n: string) => `${n} lost`,
  nDisqualified: (n: string) => `${n} disqualified`,
  nAdvanced: (n: string) => `${n} advanced`,
  owners,
  maturing: 'maturing',
  soFar: 'so far',
  expected: (share: string, things: string, day: string, interval: string) =>
    `${share} of ${things} expected by day ${day} (${interval})`,
  stepRate: 'Step rate',
  interval: '95% interval',
  ofAll: (things: string) => `Of all ${things}`,
  ofStage: (stage: string) => `of ${stage}`,
  share: 'Share',
  flowRatio: 'To flow before',
  medianDays: 'Median days',
  median: 'Median time',
  imputed: 'Inferred',
  change: 'Change',
  handoff: 'Hand-off',
  handoffText: (rate: string, median: string) => `${rate} decided in time${median === '' ? '' : ` · median ${median}`}`,
  // Sentences
  plural,
  reached: (k: string, n: string, things: string, stage: string, soFar: boolean) =>
    `${k} of ${n} ${things} reached ${stage}${soFar ? ' so far' : ''}`,
  tooFew: 'Too few for a rate.',
  changed: (from: string, to: string, up: boolean, points: string) =>
    `${from} to ${to} ${up ? 'rose' : 'fell'} ${points} points`,
  clearly: (against: string, low: string, high: string) => ` against ${against}, a clear change (${low} to ${high}).`,
  unchanged: (against: string) => `No step changed clearly against ${against}.`,
  unknownStages: (stages: string) => `${stages}: not recorded by the source, so no rate runs across.`,
  entered: (n: string, stage: string) => `${n} entered ${stage}`,
  standing: (n: string, things: string) => `${n} ${things} stand on a stage of this funnel.`,
  most: (n: string, stage: string) => `Most are at ${stage}: ${n}.`,
  maturingTitle: 'Still maturing.',
  maturingText: (share: string, things: string, days: string) =>
    `${share} of these ${things} have had their full ${days} days. Later stages will grow, so they are not ranked against finished periods.`,
  summaryHead: (
    title: string,
    view: string,
    things: string,
    period: string,
    segment: string,
    n: string,
    asOf: string,
  ) =>
    `${title}, ${view} of ${things}${period === '' ? '' : ` from ${period}`}${segment === '' ? '' : `, ${segment}`}, ${n}${asOf === '' ? '' : `, as of ${asOf}`}.`,
  stillOpen: (n: string, stage: string) => `${n} still open at ${stage}.`,
  largestLoss: (stage: string) => `Largest loss after ${stage}.`,
  spokenInterval: (low: string, high: string) => `95 percent interval ${low} to ${high}`,
  spokenPercent: (n: string) => `${n} percent`,
  spokenRate: (from: string, to: string, rate: string) => `${from} to ${to}, ${rate}`,
  spokenChange: (up: boolean, points: string) => `${up ? 'up' : 'down'} ${points} points, a clear change`,
  chartHelp: 'Arrow keys move between the stages, Enter selects one, T shows the table.',
};

/** The words of the elements in one language. @public */
export type Words = typeof en;
