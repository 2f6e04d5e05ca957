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

/** Money in a column. @public */
export const AmountRule = z.strictObject({
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
});
export type AmountRule = z.infer<typeof AmountRule>;

const AttributeRules = z.record(z.string().check(z.regex(/^[\w -]{1,100}$/u)), AttributeRule);
const References = z.array(z.strictObject({ column: Column, file: z.string(), key: Column }));

/** How the file is written, whatever its rows are. */
const written = {
  v: z.optional(Version),
  delimiter: z.optional(z.string().check(z.length(1))),
  dates: z.optional(z.strictObject({ format: z.optional(DateFormat), timeZone: z.optional(TimeZone) })),
  /** Lists the file should agree with; differences both ways are reported, never hidden. */
  references: z.optional(References),
};

/**
 * How a file's columns become canonical records. `rows: records` has one row for each person,
 * account or opportunity; `rows: events` one row for each stage change.
 * @public
 */
export const Mapping = z.strictObject({
  ...written,
  /** The name of the source system, as shown beside every record. */
  source: z.string().check(z.minLength(1)),
  rows: z.enum(['records', 'events']),
  entityType: EntityType,
  id: Column,
  links: z.optional(
    z.strictObject({
      accountId: z.optional(Column),
      personId: z.optional(Column),
      campaignId: z.optional(Column),
    }),
  ),
  owner: z.optional(Column),
  amount: z.optional(AmountRule),
  stages: z.optional(z.array(StageRule)),
  event: z.optional(EventRule),
  /** The state a record is in, used where no stage has a date. */
  currentStage: z.optional(z.strictObject({ column: Column, values: z.optional(z.record(z.string(), Key)) })),
  attributes: z.optional(AttributeRules),
});
export type Mapping = z.infer<typeof Mapping>;

/** What something is called: a column, with other words for its values, or always the same. @public */
export const NameRule = z.union([
  z.strictObject({ column: Column, values: z.optional(Values) }),
  z.strictObject({ is: z.string().check(z.minLength(1), z.maxLength(200)) }),
]);
export type NameRule = z.infer<typeof NameRule>;

/** How a file's columns become activities: one row for each thing that happened. @public */
export const ActivityMapping = z.strictObject({
  ...written,
  /** The name of the source system. */
  source: z.string().check(z.minLength(1)),
  rows: z.literal('activities'),
  /** What happened. */
  name: NameRule,
  at: Column,
  /** What the source calls the row. Default: none; rows with the same name, moment and links are then one activity. */
  id: z.optional(Column),
  links: z.optional(
    z.strictObject({
      personId: z.optional(Column),
      accountId: z.optional(Column),
      opportunityId: z.optional(Column),
      campaignId: z.optional(Column),
    }),
  ),
  owner: z.optional(Column),
  amount: z.optional(AmountRule),
  attributes: z.optional(AttributeRules),
});
export type ActivityMapping = z.infer<typeof ActivityMapping>;

/** How a file's columns become figures: one row for each number of some days. @public */
export const FigureMapping = z
  .strictObject({
    ...written,
    rows: z.literal('figures'),
    /** What the number is, as KPIs ask for it: a key such as `marketing-cost`. */
    name: NameRule,
    /** The first day. */
    from: Column,
    /** The day after the last, the last day, or how long every figure lasts from its first day: one of the three. */
    to: z.optional(Column),
    last: z.optional(Column),
    each: z.optional(z.enum(['day', 'week', 'month', 'quarter', 'year'])),
    /** A number without a currency, or money: one of the two. */
    value: z.optional(z.strictObject({ column: Column, decimal: z.optional(DecimalSign) })),
    amount: z.optional(AmountRule),
    /** The part of the whole the number is about. */
    segment: z.optional(Column),
  })
  .check((context) => {
    const { name, to, last, each, value, amount } = context.value;
    const one = (path: string, given: readonly unknown[], remedy: string): void => {
      if (given.filter((part) => part !== undefined).length !== 1)
        context.issues.push({ code: 'custom', path: [path], message: remedy, input: context.value });
    };
    if ('is' in name && !Key.safeParse(name.is).success)
      context.issues.push({
        code: 'custom',
        path: ['name', 'is'],
        message: 'the name of a figure is a key, such as marketing-cost',
        input: context.value,
      });
    one('to', [to, last, each], 'say how long a figure lasts by one of "to", "last" and "each"');
    one('value', [value, amount], 'name the number by one of "value" and "amount"');
  });
export type FigureMapping = z.infer<typeof FigureMapping>;

/** How a file is read, by what its rows are. @public */
export const ImportMapping = z.discriminatedUnion('rows', [Mapping, ActivityMapping, FigureMapping]);
export type ImportMapping = z.infer<typeof ImportMapping>;
