import * as z from 'zod/mini';

/** One row that was not taken. @public */
export const Reject = z.object({
  line: z.int(),
  field: z.string(),
  reason: z.string(),
  value: z.optional(z.string()),
});
export type Reject = z.infer<typeof Reject>;

/** Something true of the file that a reader of the numbers must know. @public */
export const ImportNote = z.object({
  code: z.enum([
    'date-only',
    'missing-link',
    'zero-amount',
    'unmatched-reference',
    'unused-reference',
    'undated',
    'empty-row',
    'unused-date',
    'unmapped-column',
    'duplicate-id',
    'encoding',
    'unlinked',
    'rounded-amount',
  ]),
  field: z.string(),
  count: z.int(),
  /** A few values as examples. */
  examples: z.optional(z.array(z.string())),
  detail: z.optional(z.string()),
});
export type ImportNote = z.infer<typeof ImportNote>;

/** What an import did. `read = kept + merged + refused`, in rows. @public */
export const ImportReport = z.object({
  batch: z.string(),
  file: z.string(),
  dryRun: z.boolean(),
  /** The same file with the same mapping was imported before; nothing changed. */
  unchanged: z.boolean(),
  rows: z.object({ read: z.int(), kept: z.int(), merged: z.int(), refused: z.int() }),
  records: z.int(),
  events: z.int(),
  activities: z.prefault(z.int(), 0),
  figures: z.prefault(z.int(), 0),
  undated: z.int(),
  notes: z.array(ImportNote),
  rejects: z.array(Reject),
  /** Where all rejects were written, when there are any. */
  rejectsFile: z.optional(z.string()),
});
export type ImportReport = z.infer<typeof ImportReport>;
