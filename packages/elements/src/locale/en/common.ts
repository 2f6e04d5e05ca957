import type { WarningCode } from '@sama/metrics/contracts';
import { type Message, noteMessages } from '@sama/metrics/messages';
import { core } from './core.ts';
import { times } from './times.ts';

const warnings: Partial<Record<WarningCode, Message>> = noteMessages;

/** English words that all widgets with figures share. Another language brings the same keys. */
export const common = {
  ...core,
  ...times,
  /** What is not here is said by the chart itself. */
  warnings,
  clearFilter: 'Clear the segment',
  asking: (what: string) => (what === '' ? 'Asking for the numbers…' : `Asking for ${what}…`),
  sameAge: (period: string) => `${period} at the same age`,
  points: (n: string) => `${n} pts`,
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
