import * as z from 'zod/mini';
import { EntryPolicy, SkipPolicy, Unit } from './funnel-fields.ts';
import { PeriodAnswer } from './funnel-answer.ts';
import { View } from './funnel-question.ts';
import { Field } from './criteria.ts';
import { Scalar } from './primitives.ts';
import { EntityType } from './records.ts';
import { Outcome, RecordSort } from './records-question.ts';

/** A record behind a mark. One that counts several times, by cycle or visit, stands there as often. @beta */
export const FoundRecord = z.object({
  id: z.string(),
  /** When it entered: the cohort, the stage, or where it stands. Null when nobody knows. */
  entered: z.nullable(z.string()),
  /** What became of it at the stage; of a cohort. */
  outcome: z.optional(Outcome),
  /** Why it is gone, where the question names an outcome that is a loss; null when no reason was given. */
  reason: z.optional(z.nullable(z.string())),
  /** Of the fields that were asked for, in their order; null where the record has none. */
  values: z.array(Scalar),
});
export type FoundRecord = z.infer<typeof FoundRecord>;

/** The answer to a records question. @beta */
export const RecordsAnswer = z.object({
  kind: z.literal('records'),
  label: z.string(),
  view: View,
  /** What the records are of. */
  grain: EntityType,
  unit: Unit,
  entryPolicy: EntryPolicy,
  skipPolicy: SkipPolicy,
  period: z.optional(PeriodAnswer),
  segment: z.optional(z.object({ id: z.string(), label: z.string() })),
  timeZone: z.string(),
  stage: z.object({ key: z.string(), label: z.string() }),
  outcome: z.optional(Outcome),
  /** As the question names it. */
  reason: z.optional(z.nullable(z.string())),
  fields: z.array(Field),
  sort: RecordSort,
  /** The number of the mark: all of them, on whatever page. */
  total: z.int(),
  offset: z.int(),
  records: z.array(FoundRecord),
});
export type RecordsAnswer = z.infer<typeof RecordsAnswer>;
