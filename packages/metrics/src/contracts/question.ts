import * as z from 'zod/mini';
import { AttributionQuestion } from './attribution-question.ts';
import { Criteria } from './criteria.ts';
import { DifferenceQuestion } from './difference-question.ts';
import { EventFunnelQuestion } from './event-funnel-question.ts';
import { FunnelQuestion } from './funnel-question.ts';
import { GlossaryQuestion } from './glossary-question.ts';
import { HandoffsQuestion } from './handoff-question.ts';
import { KpiQuestion } from './kpi-question.ts';
import { Measure } from './measure.ts';
import { ScoreQuestion } from './score-question.ts';
import { DefinitionName, questionFrame } from './question-frame.ts';
import { RecordsQuestion } from './records-question.ts';

export { Compare, DefinitionName, PeriodText } from './question-frame.ts';
export { Counted, Detail, FunnelQuestion, View } from './funnel-question.ts';
export * from './difference-question.ts';
export * from './records-question.ts';

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
  RecordsQuestion,
  DifferenceQuestion,
]);
export type Question = z.infer<typeof Question>;
