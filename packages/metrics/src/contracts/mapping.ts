import * as z from 'zod/mini';
import { Currency, Key, TimeZone, Version } from './primitives.ts';
import { EntityType } from './records.ts';

const Column = z.string().check(z.minLength(1));
const Values = z.record(z.string(), z.string());

/** How days and instants are written in the file. `iso` reads `2026-07-01` and `2026-07-01T09:30:00+02:00`. @public */
export const DateFormat = z.enum(['iso', 'dd/mm/yyyy', 'mm/dd/yyyy', 'dd.mm.yyyy', 'epoch-ms', 'epoch-s']);
export type DateFormat = z.infer<typeof DateFormat>;

/** What stands before the fraction of a number. @public */
export const DecimalSign = z.enum(['.', ',']);
export type DecimalSign = z.infer<typeof DecimalSign>;

/** A stage entered on the date in column `at`, when `when` holds. @public */
export const StageRule = z.strictObject({
  stage: Key,
  at: Column,
  when: z.optional(z.strictObject({ column: Column, in: z.array(z.string()).check(z.minLength(1)) })),
  reason: z.optional(Column),
});
export type StageRule = z.infer<typeof StageRule>;

/** One stage change for each row: the stage in a column, the date in another. @public */
export const EventRule = z.strictObject({
  stage: z.strictObject({ column: Column, values: z.optional(z.record(z.string(), Key)) }),
  at: Column,
  recordId: z.optional(Column),
  reason: z.optional(Column),
  actorTeam: z.optional(Column),
  supersedes: z.optional(Column),
});
export type EventRule = z.infer<typeof EventRule>;

/** An attribute read from a column. @public */
export const AttributeRule = z.strictObject({
  column: Column,
  type: z.optional(z.enum(['string', 'number', 'boolean', 'date'])),
  /** Replaces values on the way in: `{ "GTXPro": "GTX Pro" }`. */
  values: z.optional(Values),
});
export type AttributeRule = z.infer<typeof AttributeRule>;

/**
 * How a file's columns become canonical records. `rows: records` has one row for each person,
 * account or opportunity; `rows: events` one row for each stage change.
 * @public
 */
export const Mapping = z.strictObject({
  v: z.optional(Version),
  /** The name of the source system, as shown beside every record. */
  source: z.string().check(z.minLength(1)),
  rows: z.enum(['records', 'events']),
  entityType: EntityType,
  id: Column,
  delimiter: z.optional(z.string().check(z.length(1))),
  dates: z.optional(z.strictObject({ format: z.optional(DateFormat), timeZone: z.optional(TimeZone) })),
  links: z.optional(
    z.strictObject({
      accountId: z.optional(Column),
      personId: z.optional(Column),
      campaignId: z.optional(Column),
    }),
  ),
  owner: z.optional(Column),
  amount: z.optional(
    z.strictObject({
      column: Column,
      currency: z.union([Currency, z.strictObject({ column: Column })]),
      /** `major` = euros, `minor` = cents. Default: `major`. */
      unit: z.optional(z.enum(['major', 'minor'])),
      /**
       * The decimal sign of the column; the other one separates thousands: with `,`, `1.234` is 1234.
       * Default: each value as far as it can mean one thing. An import of a CSV file in which that
       * leaves the whole column open is refused.
       */
      decimal: z.optional(DecimalSign),
    }),
  ),
  stages: z.optional(z.array(StageRule)),
  event: z.optional(EventRule),
  /** The state a record is in, used where no stage has a date. */
  currentStage: z.optional(z.strictObject({ column: Column, values: z.optional(z.record(z.string(), Key)) })),
  attributes: z.optional(z.record(z.string().check(z.regex(/^[\w -]{1,100}$/u)), AttributeRule)),
  /** Lists the file should agree with; differences both ways are reported, never hidden. */
  references: z.optional(z.array(z.strictObject({ column: Column, file: z.string(), key: Column }))),
});
export type Mapping = z.infer<typeof Mapping>;

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
  undated: z.int(),
  notes: z.array(ImportNote),
  rejects: z.array(Reject),
  /** Where all rejects were written, when there are any. */
  rejectsFile: z.optional(z.string()),
});
export type ImportReport = z.infer<typeof ImportReport>;
