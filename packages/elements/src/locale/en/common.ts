import type { Flag, WarningCode } from '@sama/metrics/contracts';
import { type Message, noteMessages } from '@sama/metrics/messages';
import { core } from './core.ts';
import { times } from './times.ts';

const warnings: Partial<Record<WarningCode, Message>> = noteMessages;
/** What figures are marked with beside what any answer is. */
const flags: Partial<Record<Flag, string>> = {
  ...core.flags,
  immature: 'Still maturing',
  'small-n': 'Few records',
  'mixed-currency': 'Several currencies',
};

/** English words that all widgets with figures share. Another language brings the same keys. */
export const common = {
  ...core,
  ...times,
  /** What is not here is said by the chart itself. */
  warnings,
  flags,
  clearFilter: 'Clear the segment',
  asking: (what: string) => (what === '' ? 'Asking for the numbers…' : `Asking for ${what}…`),
  sameAge: (period: string) => `${period} at the same age`,
  points: (n: string) => `${n} pts`,
  maturingText: (share: string, things: string, days: string) =>
    `${share} of these ${things} have had their full ${days} days. Later stages will grow.`,
};

/**
 * The words that all widgets share: plain, or a function of what they speak of.
 *
 * @beta
 */
export type Words = typeof common;
