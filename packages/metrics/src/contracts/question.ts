import * as z from 'zod/mini';
import { Criteria } from './criteria.ts';
import { EntryPolicy, SkipPolicy, Unit } from './definition.ts';
import { Measure } from './measure.ts';
import { Duration, Key, TimeZone, Version, When } from './primitives.ts';

/** `id` for the newest agreed version, `id@version` for a pinned one. */
export const DefinitionName = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9_-]{0,63}(@\d+\.\d+\.\d+)?$/, { error: 'a definition is named id or id@1.2.0' }));

/** `2026`, `2026-Q3`, `2026-07`, `2026-W30`, `last-90-days`, `2026-07-01/2026-10-01`, `FY26-Q3`. */
export const PeriodText = z.string().check(z.minLength(1), z.maxLength(40));

export const View = z.enum(['cohort', 'activity', 'snapshot']);
export type View = z.infer<typeof View>;
export const Counted = z.enum(['count', 'value']);
export type Counted = z.infer<typeof Counted>;
/** Parts that cost a further pass over the data. */
export const Detail = z.enum(['time', 'estimate']);
export type Detail = z.infer<typeof Detail>;

export const Compare = z.union([
  z.enum(['previous', 'previous-year']),
  z.strictObject({ period: PeriodText }),
  z.strictObject({ segment: Key }),
]);
export type Compare = z.infer<typeof Compare>;

const frame = {
  v: z.optional(Version),
  /** The moment the answer is true for. Default: the engine's. A day means its end. */
  asOf: z.optional(When),
  /** Default: the engine's. */
  timeZone: z.optional(TimeZone),
};

export const FunnelQuestion = z.strictObject({
  kind: z.literal('funnel'),
  ...frame,
  funnel: DefinitionName,
  /** Default: `cohort`. */
  view: z.optional(View),
  anchor: z.optional(Key),
  /** Selects entries, half open. Default: all time. */
  period: z.optional(PeriodText),
  window: z.optional(z.union([Duration, z.literal('none')])),
  skipPolicy: z.optional(SkipPolicy),
  entryPolicy: z.optional(EntryPolicy),
  unit: z.optional(Unit),
  /** Default: `count`. */
  measure: z.optional(Counted),
  segment: z.optional(Key),
  filter: z.optional(Criteria),
  compare: z.optional(Compare),
  /** Default: both. */
  details: z.optional(z.array(Detail)),
});
export type FunnelQuestion = z.infer<typeof FunnelQuestion>;

export const MeasureQuestion = z.strictObject({
  kind: z.literal('measure'),
  ...frame,
  /** A named figure, or the measure itself. */
  measure: z.union([DefinitionName, Measure]),
  filter: z.optional(Criteria),
});
export type MeasureQuestion = z.infer<typeof MeasureQuestion>;

export const Question = z.discriminatedUnion('kind', [FunnelQuestion, MeasureQuestion]);
export type Question = z.infer<typeof Question>;
