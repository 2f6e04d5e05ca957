import { EntityType, Key, TimeZone } from '@sama/metrics/contracts';
import * as z from 'zod/mini';

/** A column or a part of a table's name; it is quoted, and these signs no database needs. */
const NAME = /^[^"`\\\0.]{1,128}$/u;
const Column = z
  .string()
  .check(z.regex(NAME, { error: 'a column is named as the database has it, without quotes, backslashes and dots' }));
const TableName = z.string().check(
  z.regex(/^[^"`\\\0.]{1,128}(\.[^"`\\\0.]{1,128}){0,2}$/u, {
    error: 'a table is named as the database has it, such as crm.contacts, without quotes',
  }),
);

/** A text: of a column, or the same in every row. */
const TextFrom = z.union([Column, z.strictObject({ is: z.string().check(z.minLength(1)) })]);
export type TextFrom = z.infer<typeof TextFrom>;
/** A stage: as for a text, or a column whose values are translated; others stay as they are. */
const StageFrom = z.union([
  Column,
  z.strictObject({ is: Key }),
  z.strictObject({ column: Column, values: z.record(z.string(), Key) }),
]);
export type StageFrom = z.infer<typeof StageFrom>;
/** When it was: an instant, a day without a time, or milliseconds since 1970. */
const MomentFrom = z.union([
  Column,
  z.strictObject({
    column: Column,
    /** Default: `instant`. */
    as: z.optional(z.enum(['instant', 'day', 'milliseconds'])),
    /** Of instants that are kept without a zone. Default: that of the database. */
    timeZone: z.optional(TimeZone),
  }),
]);
export type MomentFrom = z.infer<typeof MomentFrom>;
const AmountFrom = z.strictObject({
  column: Column,
  /** Places of its decimals that make a minor unit: 2 for euros, 0 where cents are kept already. */
  digits: z.int().check(z.gte(0), z.lte(6)),
});
export type AmountFrom = z.infer<typeof AmountFrom>;

const Value = z.union([z.string(), z.number(), z.boolean()]);
const source = {
  table: TableName,
  /** Only rows in which these columns have this value, or one of these. Default: all. */
  only: z.optional(z.record(Column, z.union([Value, z.array(Value).check(z.minLength(1), z.maxLength(200))]))),
};
const links = {
  accountId: z.optional(Column),
  personId: z.optional(Column),
  campaignId: z.optional(Column),
  owner: z.optional(Column),
  amount: z.optional(AmountFrom),
  currency: z.optional(TextFrom),
  /** The column of each attribute; numbers and truths stay what they are. */
  attributes: z.optional(z.record(z.string().check(z.minLength(1), z.maxLength(120)), Column)),
};

/** Records of one kind, one row for each. */
export const RecordsFrom = z.strictObject({
  ...source,
  ...links,
  entityType: EntityType,
  id: Column,
  /** Of records whose source has a state and no date. */
  currentStage: z.optional(StageFrom),
});
export type RecordsFrom = z.infer<typeof RecordsFrom>;
/** Entries into stages, one row for each; rows without a stage or a moment are none. */
export const EventsFrom = z.strictObject({
  ...source,
  entityType: EntityType,
  entityId: Column,
  stage: StageFrom,
  at: MomentFrom,
  /** Why it was lost, returned or recycled, where the table says so. */
  reason: z.optional(TextFrom),
});
export type EventsFrom = z.infer<typeof EventsFrom>;
/** What people did, one row for each activity. */
export const ActivitiesFrom = z.strictObject({
  ...source,
  ...links,
  /** Tells activities of one moment apart. */
  id: Column,
  name: TextFrom,
  at: MomentFrom,
  opportunityId: z.optional(Column),
});
export type ActivitiesFrom = z.infer<typeof ActivitiesFrom>;
/** Numbers that no record holds, of the days from `from` to the day before `to`. */
export const FiguresFrom = z.strictObject({
  ...source,
  name: TextFrom,
  from: Column,
  to: Column,
  /** Money in minor units. */
  value: Column,
  currency: z.optional(TextFrom),
  segment: z.optional(Column),
});
export type FiguresFrom = z.infer<typeof FiguresFrom>;

/**
 * How the tables of a company's own database become the canonical ones, without a copy: each question reads them as
 * they are, and nothing is ever written. @beta
 */
export const Warehouse = z.strictObject({
  records: z.optional(z.array(RecordsFrom).check(z.maxLength(24))),
  events: z.array(EventsFrom).check(z.minLength(1), z.maxLength(48)),
  activities: z.optional(z.array(ActivitiesFrom).check(z.maxLength(24))),
  figures: z.optional(z.array(FiguresFrom).check(z.maxLength(24))),
});
export type Warehouse = z.infer<typeof Warehouse>;
