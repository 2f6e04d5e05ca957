import type { ErrorCode, Flag, Owner, WarningCode } from '@sama/metrics/contracts';
import { type Message, readerErrorMessages, readerWarningMessages } from '@sama/metrics/messages';

const owners: Record<Owner, string> = {
  marketing: 'Marketing',
  sales: 'Sales',
  both: 'Shared',
  'customer-success': 'Customer success',
  operations: 'Operations',
};

const errors: Partial<Record<ErrorCode, Message>> = readerErrorMessages;
/** Widgets that show figures bring these words; see `common.ts`. */
const warnings: Partial<Record<WarningCode, Message>> = readerWarningMessages;

/** What an answer is marked with, where nothing above it says so. */
const flags: Partial<Record<Flag, string>> = {
  partial: 'Incomplete',
  'definition-break': 'Definition changed',
  demo: 'Demonstration data',
  'as-supplied': 'As supplied by this page',
};

/** English words of every widget, whether it shows figures or not. */
export const core = {
  tag: 'en',
  /** Between what is told one after the other. */
  comma: ', ',
  /** Where a sentence ends. */
  stop: '.',
  // Frame
  table: 'Table',
  more: 'More',
  tryAgain: 'Try again',
  notLoaded: 'This cannot be loaded.',
  updating: 'Updating',
  asOf: (when: string) => `As of ${when}`,
  definition: (version: string) => `Definitions v${version}`,
  agreedByBoth: 'agreed by both teams',
  agreedBy: (teams: string) => `agreed by ${teams.toLowerCase()}`,
  notAgreed: 'not agreed yet',
  // States
  waiting: 'Waiting for the answer',
  slow: (host: string) => `${host || 'The source'} has not answered yet.`,
  computing: 'The answer is still being computed.',
  lastGood: (when: string) => `These are the numbers of ${when}.`,
  staleFor: (when: string) => `Out of date: the data ends ${when}.`,
  nothingMatches: (choice: string) => (choice === '' ? 'Nothing matches this choice.' : `Nothing matches ${choice}.`),
  unreadable: (why: string) => `This data cannot be read: ${why}.`,
  otherOrigin: (origin: string) => `If it runs, allow this page: sama serve --origin ${origin}`,
  noSource: 'Nothing to show yet. Give it a src, data, or a table.',
  /** What is not here is for the author of the page, and said as `invalid-question` with its details. */
  errors,
  /** What is not here is said by the chart itself. */
  warnings,
  suppressed: 'Small groups hidden',
  offline: 'Offline',
  flags,
  // Periods and numbers
  of: (k: string, n: string) => `${k} of ${n}`,
  owners,
  spokenInterval: (low: string, high: string) => `95 percent interval ${low} to ${high}`,
  spokenPercent: (n: string) => `${n} percent`,
};

/** The words of every widget. */
export type CoreWords = typeof core;
