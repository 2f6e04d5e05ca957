import * as z from 'zod/mini';
import { AttributionQuestion } from './attribution-question.ts';
import { Criteria } from './criteria.ts';
import { EventFunnelQuestion } from './event-funnel-question.ts';
import { EntryPolicy, SkipPolicy, Unit } from './funnel-fields.ts';
import { GlossaryQuestion } from './glossary-question.ts';
import { HandoffsQuestion } from './handoff-question.ts';
import { KpiQuestion } from './kpi-question.ts';
import { Measure } from './measure.ts';
import { Duration, Key } from './primitives.ts';
import { ScoreQuestion } from './score-question.ts';
import { Compare, DefinitionName, PeriodText, questionFrame } from './question-frame.ts';

export { Compare, DefinitionName, PeriodText } from './question-frame.ts';

/**
 * Who entered and how far they came (`cohort`), what happened (`activity`), or who stands where (`snapshot`).
 * @public
 */
export const View = z.enum(['cohort', 'activity', 'snapshot']);
export type View = z.infer<typeof View>;
/** Whether entities are counted or their amounts added up. @public */
export const Counted = z.enum(['count', 'value']);
export type Counted = z.infer<typeof Counted>;
/** Parts that cost a further pass over the data. @public */
export const Detail = z.enum(['time', 'estimate']);
export type Detail = z.infer<typeof Detail>;

/** A question to a funnel of stages. What is left out takes the definition's choice. @public */
export const FunnelQuestion = z.strictObject({
  kind: z.literal('funnel'),
  ...questionFrame,
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

/** A question for one figure of records. @public */
export const MeasureQuestion = z.strictObject({
  kind: z.literal('measure'),
  ...questionFrame,
  /** A named figure, or the measure itself. */
  measure: z.union([DefinitionName, Measure]),
  filter: z.optional(Criteria),
});
export type MeasureQuestion = z.infer<typeof MeasureQuestion>;

/** A question of any kind. @public */
export const Question = z.discriminatedUnion('kind', [
  FunnelQuestion,
  EventFunnelQuestion,
  MeasureQuestion,
  KpiQuestion,
  HandoffsQuestion,
  GlossaryQuestion,
  ScoreQuestion,
  AttributionQuestion,
]);
export type Question = z.infer<typeof Question>;
