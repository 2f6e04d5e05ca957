import type { ErrorCode, Owner, WarningCode } from '@sama/metrics/contracts';
import { type Message, noteMessages, nullReasonMessages, readerErrorMessages } from '@sama/metrics/messages';

const owners: Record<Owner, string> = {
  marketing: 'Marketing',
  sales: 'Sales',
  both: 'Shared',
  'customer-success': 'Customer success',
  operations: 'Operations',
};

const errors: Partial<Record<ErrorCode, Message>> = readerErrorMessages;
const warnings: Partial<Record<WarningCode, Message>> = noteMessages;

/** English words that all widgets share. Another language brings the same keys. */
export const common = {
  tag: 'en',
  // Frame
  table: 'Table',
  chart: 'Chart',
  more: 'More',
  copyCsv: 'Copy as CSV',
  downloadSvg: 'Download SVG',
  print: 'Print',
  copyLink: 'Copy link',
  copied: 'Copied',
  downloaded: 'Saved as a file',
  notLoaded: 'This part of the widget cannot be loaded.',
  tryAgain: 'Try again',
  clearFilter: 'Clear the segment',
  updating: 'Updating',
  asOf: (when: string) => `As of ${when}`,
  definition: (version: string) => `Definitions v${version}`,
  agreedByBoth: 'agreed by both teams',
  agreedBy: (teams: string) => `agreed by ${teams}`,
  notAgreed: 'not agreed yet',
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
  noSource: 'Nothing to show yet. Give this widget a src, data, or a table.',
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
  periodLabel: 'Period',
  sameAge: (period: string) => `${period} at the same age`,
  points: (n: string) => `${n} pts`,
  value: 'Value',
  change: 'Change',
  anyTime: 'any time',
  quarter: (quarter: string, year: string) => `Q${quarter} ${year}`,
  week: (week: string, year: string) => `week ${week} of ${year}`,
  lastDays: (days: string) => `the last ${days} days`,
  // Periods and numbers
  of: (k: string, n: string) => `${k} of ${n}`,
  minutes: (n: string) => `${n} min`,
  hours: (n: string) => `${n} h`,
  hoursMinutes: (h: string, m: string) => `${h} h ${m}`,
  days: (n: number, text: string) => `${text} ${n === 1 ? 'day' : 'days'}`,
  owner: 'Owner',
  owners,
  interval: '95% interval',
  spokenInterval: (low: string, high: string) => `95 percent interval ${low} to ${high}`,
  spokenPercent: (n: string) => `${n} percent`,
  maturingTitle: 'Still maturing.',
  maturingText: (share: string, things: string, days: string) =>
    `${share} of these ${things} have had their full ${days} days. Later stages will grow, so they are not ranked against finished periods.`,
};

/**
 * The words that all widgets share: plain, or a function of what they speak of.
 *
 * @beta
 */
export type Words = typeof common;
