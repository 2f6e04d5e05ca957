import type { WarningCode } from '@sama/metrics/contracts';
import { type Message, noteMessages, nullReasonMessages } from '@sama/metrics/messages';
import { core } from './core.ts';

const warnings: Partial<Record<WarningCode, Message>> = noteMessages;

/** English words that all widgets with figures share. Another language brings the same keys. */
export const common = {
  ...core,
  copyLink: 'Copy link',
  /** What is not here is said by the chart itself. */
  warnings,
  reasons: nullReasonMessages,
  copyCsv: 'Copy as CSV',
  downloadSvg: 'Download SVG',
  clearFilter: 'Clear the segment',
  asking: (what: string) => (what === '' ? 'Asking for the numbers…' : `Asking for ${what}…`),
  periodLabel: 'Period',
  sameAge: (period: string) => `${period} at the same age`,
  points: (n: string) => `${n} pts`,
  value: 'Value',
  change: 'Change',
  anyTime: 'any time',
  quarter: (quarter: string, year: string) => `Q${quarter} ${year}`,
  week: (week: string, year: string) => `week ${week} of ${year}`,
  lastDays: (days: string) => `the last ${days} days`,
  minutes: (n: string) => `${n} min`,
  hours: (n: string) => `${n} h`,
  hoursMinutes: (h: string, m: string) => `${h} h ${m}`,
  days: (n: number, text: string) => `${text} ${n === 1 ? 'day' : 'days'}`,
  interval: '95% interval',
  maturingTitle: 'Still maturing.',
  maturingText: (share: string, things: string, days: string) =>
    `${share} of these ${things} have had their full ${days} days. Later stages will grow.`,
};

/**
 * The words that all widgets share: plain, or a function of what they speak of.
 *
 * @beta
 */
export type Words = typeof common;
