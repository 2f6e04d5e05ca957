import * as z from 'zod/mini';
import { ErrorCode, NullReason } from '../contracts/codes.ts';
import { Cause, FigureUnit, Item, ReconciledSide } from '../contracts/difference-answer.ts';
import { Currency, Id, Instant, Key, Version } from '../contracts/primitives.ts';
import { EventFunnelQuestion } from '../contracts/event-funnel-question.ts';
import { FunnelQuestion, MeasureQuestion } from '../contracts/question.ts';
import { EntityType } from '../contracts/records.ts';

export { Cause, FigureUnit, Item, ReconciledSide } from '../contracts/difference-answer.ts';

/** The kinds of question whose settings are known one by one. @beta */
export const ReconcileQuestion = z.discriminatedUnion('kind', [FunnelQuestion, EventFunnelQuestion, MeasureQuestion]);
export type ReconcileQuestion = z.infer<typeof ReconcileQuestion>;

/** Which number of an answer is meant. @beta */
export const Figure = z.union([
  z.strictObject({
    /** The key of a stage, of a side stage (its count only), or the id of an event funnel's step. */
    stage: Key,
    /** Default: `count`. `value` is money, the rates are shares from 0 to 1. */
    of: z.optional(z.enum(['count', 'value', 'step-rate', 'cumulative-rate'])),
  }),
  /** A measure by the name of its aggregate: `count`, `sum`, `median`, `p90`, `ratio`. */
  z.strictObject({ aggregate: z.string().check(z.minLength(1)) }),
]);
export type Figure = z.infer<typeof Figure>;

/** How records are read before anything is counted. Only `fromRecords` can do this. @beta */
export const Reading = z.strictObject({
  /** Records that are the same: `id` is gone and everything of it belongs to `into`. Default: none. */
  merges: z.optional(z.array(z.strictObject({ entityType: EntityType, id: Id, into: Id }))),
  /** Only events fetched until then (`source.fetchedAt`; those without it are always there). Default: all. */
  knownAt: z.optional(Instant),
  /** Amounts in `currency`: minor units of it for one minor unit of another. Default: as they are. */
  rates: z.optional(z.strictObject({ currency: Currency, per: z.record(Currency, z.number().check(z.positive())) })),
});
export type Reading = z.infer<typeof Reading>;

/** One of the two numbers: the question that gives it and, where it was read elsewhere, what was read. @beta */
export const Side = z.strictObject({
  /** Its name in sentences: `Sama`, `Salesforce`. */
  label: z.string().check(z.minLength(1)),
  /** For a foreign report the question with its settings: see `reportQuestion`. */
  question: ReconcileQuestion,
  figure: Figure,
  reading: z.optional(Reading),
  /** What the foreign report says: its number (a share from 0 to 1, money in minor units), or the ids it lists, one for each row. */
  reported: z.optional(z.union([z.number(), z.array(Id)])),
});
export type Side = z.infer<typeof Side>;

/** Two figures to be reconciled, and how. @beta */
export const ReconcileInput = z.strictObject({
  a: Side,
  b: Side,
  /**
   * `ordered`: one setting after the other, each step a question that can be asked again. `shapley`: the mean over
   * all orders, which favours no setting but may give parts of a record and asks 2^n questions. Default: `ordered`.
   */
  split: z.optional(z.enum(['ordered', 'shapley'])),
});
export type ReconcileInput = z.infer<typeof ReconcileInput>;

const reconciled = {
  v: Version,
  status: z.literal('ok'),
  unit: FigureUnit,
  currency: z.optional(z.string()),
  a: ReconciledSide,
  b: ReconciledSide,
  /** b − a, as shown. The items and the unexplained rest add up to it. */
  difference: z.number(),
  split: z.enum(['ordered', 'shapley']),
  /** One for each setting that differs, also where it changes nothing. */
  items: z.array(Item),
  /** What was reported and no known setting explains; 0 when both sides are answers. */
  unexplained: z.number(),
  /** Questions asked. */
  asked: z.int(),
};

/** Why two figures cannot be reconciled. @beta */
export const RefusalCode = z.enum([
  'different-kind',
  'different-unit',
  'different-grain',
  'different-currency',
  'as-supplied',
  'no-answer',
  'no-data',
  'no-value',
  'unknown-figure',
  'too-many-settings',
]);
export type RefusalCode = z.infer<typeof RefusalCode>;

/** Why two numbers cannot be reconciled, with the field and the remedy. @beta */
export const ReconcileRefusal = z.object({
  v: Version,
  status: z.literal('refused'),
  code: RefusalCode,
  /** The field of the input, such as `b.question`. */
  field: z.string(),
  /** Reason and remedy, in English, for developers and logs. */
  message: z.string(),
  /** What the question was answered. */
  answer: z.optional(z.union([ErrorCode, NullReason, z.literal('pending')])),
});
export type ReconcileRefusal = z.infer<typeof ReconcileRefusal>;

/** Why two figures differ, in parts that add up. @beta */
export const Reconciled = z.object(reconciled);
export type Reconciled = z.infer<typeof Reconciled>;
/** Why two numbers differ, in parts that add up, or why that cannot be said. @beta */
export const Reconciliation = z.discriminatedUnion('status', [Reconciled, ReconcileRefusal]);
export type Reconciliation = z.infer<typeof Reconciliation>;

/** Why a record counts on one side and not on the other. @beta */
export const RecordCause = z.enum([
  ...Cause.options,
  /** A reported id that no record and no event has. */
  'not-in-data',
  /** Reported, or not, against what every known setting says. */
  'unexplained',
]);
export type RecordCause = z.infer<typeof RecordCause>;

/** A record that the two sides count differently, and why. @beta */
export const RecordDifference = z.object({
  id: z.string(),
  /** How often each side counts it. */
  a: z.int(),
  b: z.int(),
  /** In the order of the items; the changes add up to b − a. */
  why: z.array(z.object({ causes: z.array(RecordCause), change: z.int() })),
});
export type RecordDifference = z.infer<typeof RecordDifference>;

/** Why two figures differ, in parts that add up, with the records behind each part. @beta */
export const ReconciledRecords = z.object({
  ...reconciled,
  /** All records that some step adds or takes away, by id. */
  records: z.array(RecordDifference),
  /** What of the difference no record in the list explains: numbers reported without ids, records not named in `ids`. */
  unlisted: z.int(),
});
export type ReconciledRecords = z.infer<typeof ReconciledRecords>;
/** The answer for two figures with their records, or why there is none. @beta */
export const RecordReconciliation = z.discriminatedUnion('status', [ReconciledRecords, ReconcileRefusal]);
export type RecordReconciliation = z.infer<typeof RecordReconciliation>;
