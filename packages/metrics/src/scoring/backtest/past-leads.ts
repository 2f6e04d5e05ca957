import type { NullReason } from '../../contracts/index.ts';
import { InputError } from '../../errors.ts';
import type { PastLead } from './contracts.ts';

/** A number, or why there is none. @beta */
export type Value = { value: number } | { value: null; reason: NullReason };

export const nothing = (reason: NullReason): { value: null; reason: NullReason } => ({ value: null, reason });

/**
 * Leads by score, highest first, in a new list.
 *
 * @throws InputError for a score that is no number, an outcome that is neither, and an id given twice.
 */
export function ranked<T extends Pick<PastLead, 'id' | 'score' | 'won'>>(leads: readonly T[]): T[] {
  const seen = new Map<string, number>();
  leads.forEach(({ id, score, won }, i) => {
    if (typeof score !== 'number' || !Number.isFinite(score)) {
      throw new InputError(`leads.${i}.score`, `${score} is no score`, 'give a finite number, or leave the lead out');
    }
    if (typeof won !== 'boolean') {
      throw new InputError(
        `leads.${i}.won`,
        `${String(won)} is no outcome`,
        'write true or false, or leave out what is open',
      );
    }
    if (id === undefined) return;
    const first = seen.get(id);
    if (first !== undefined) {
      throw new InputError(`leads.${i}.id`, `"${id}" is also leads.${first}`, 'give each lead once');
    }
    seen.set(id, i);
  });
  return leads.toSorted((a, b) => b.score - a.score);
}

export const winsOf = (leads: readonly { won: boolean }[]): number =>
  leads.reduce((sum, { won }) => sum + (won ? 1 : 0), 0);

/** Runs of equal scores in a ranked list, as half-open positions. */
export function* ties(sorted: readonly { score: number }[]): Iterable<{ from: number; to: number }> {
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to]?.score === sorted[from]?.score) to++;
    yield { from, to };
  }
}
