import * as z from 'zod/mini';
import { Criteria } from './criteria.ts';
import { EntryPolicy, SkipPolicy, Unit } from './funnel-fields.ts';
import { Duration, Key } from './primitives.ts';
import { Compare, DefinitionName, moneyFrame, PeriodText, questionFrame } from './question-frame.ts';

/**
 * Who entered and how far they came (`cohort`), what happened (`activity`), or who stands where (`snapshot`).
 * @public
 */
export const View = z.enum(['cohort', 'activity', 'snapshot']);
export type View = z.infer<typeof View>;
/** Whether entities are counted or their amounts added up. @public */
export const Counted = z.enum(['count', 'value']);
export type Counted = z.infer<typeof Counted>;
/** Parts that cost a further pass over the data; `curve` brings `time` and `estimate`. @public */
export const Detail = z.enum(['time', 'estimate', 'curve', 'reasons']);
export type Detail = z.infer<typeof Detail>;

/** Whom a question to a funnel of stages is about, and how they are counted. */
export const whoIsCounted = {
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
  segment: z.optional(Key),
  filter: z.optional(Criteria),
};

/** A question to a funnel of stages. What is left out takes the definition's choice. @public */
export const FunnelQuestion = z.strictObject({
  kind: z.literal('funnel'),
  ...questionFrame,
  ...whoIsCounted,
  /** Default: `count`. */
  measure: z.optional(Counted),
  ...moneyFrame,
  compare: z.optional(Compare),
  /** Default: `time` and `estimate`. */
  details: z.optional(z.array(Detail)),
});
export type FunnelQuestion = z.infer<typeof FunnelQuestion>;
