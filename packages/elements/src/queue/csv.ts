import type { HandoffRow } from '@sama/metrics/contracts';
import { csvOf } from '../internal/csv.ts';
import type { DeskWords } from './desk-words.ts';
import { toneOf } from './clock.ts';

/** Rows as a file for a spreadsheet: instants as they are, so that it can count with them. */
export function rowsAsCsv(rows: readonly HandoffRow[], now: number, t: DeskWords): string {
  const cell = (text: string | null | undefined) => ({ text: text ?? '', by: text ?? '' });
  return csvOf({
    caption: '',
    heads: t.csvHeads,
    rows: rows.map(({ name, role, company, rating, status, why, clock, owner }) =>
      [
        name,
        role,
        company,
        rating,
        t.statuses[status],
        why?.what,
        clock?.dueAt,
        clock === null ? '' : toneOf(clock, now) === 'bad' ? t.yes : t.no,
        owner?.person?.name ?? owner?.pool?.name,
      ].map(cell),
    ),
  });
}
