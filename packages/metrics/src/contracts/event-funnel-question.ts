import * as z from 'zod/mini';
import { Criteria } from './criteria.ts';
import { BreakdownAttribution, EventField } from './event-funnel-fields.ts';
import { Key } from './primitives.ts';
import { DefinitionName, PeriodText, questionFrame } from './question-frame.ts';

/** The length of a row of a trend. @public */
export const TrendInterval = z.enum(['hour', 'day', 'week', 'month', 'quarter', 'year']);
export type TrendInterval = z.infer<typeof TrendInterval>;

/** A field of the record of a person, account or opportunity. */
const RecordField = z.string().check(
  z.regex(/^(owner|campaignId|accountId|personId|currentStage|attributes\..{1,120})$/u, {
    error: 'a field of a record is owner, campaignId, accountId, personId, currentStage or attributes.NAME',
  }),
);

/** One funnel for each value of a field. @public */
export const EventBreakdown = z.union([
  z.strictObject({
    /** Of the events of the try. */
    event: EventField,
    /** Default: the definition's, else `first`. */
    attribution: z.optional(BreakdownAttribution),
    /** The values with most entrants; the others are one group. Default: 25. */
    limit: z.optional(z.int().check(z.gte(1), z.lte(1000))),
  }),
  z.strictObject({
    /** Of the actor's record. */
    actor: RecordField,
    limit: z.optional(z.int().check(z.gte(1), z.lte(1000))),
  }),
]);
export type EventBreakdown = z.infer<typeof EventBreakdown>;

/** What goes with converting: the names of other events of a try, or a field of the actor's record. @public */
export const Correlate = z.union([z.literal('events'), z.strictObject({ actor: RecordField })]);
export type Correlate = z.infer<typeof Correlate>;

/** A question to a funnel in event mode. The period selects entries; the window may run past it. @public */
export const EventFunnelQuestion = z.strictObject({
  kind: z.literal('eventFunnel'),
  ...questionFrame,
  funnel: DefinitionName,
  /** Selects entries, half open, in the reporting time zone. Default: all time. */
  period: z.optional(PeriodText),
  segment: z.optional(Key),
  filter: z.optional(Criteria),
  /** The two steps that time to convert and trend look at. Default: the first and the last. */
  between: z.optional(z.strictObject({ from: Key, to: Key })),
  /** Bins of time to convert. Default: the cube root of the number of values, at most 60. */
  bins: z.optional(z.int().check(z.gte(1), z.lte(90))),
  /** One row for each period in which tries began, the empty ones too. Needs a period. */
  trend: z.optional(TrendInterval),
  /** The ISO weekday a week of the trend begins with, 1 = Monday to 7 = Sunday. Default: 1. */
  weekStart: z.optional(z.int().check(z.gte(1), z.lte(7))),
  breakdown: z.optional(EventBreakdown),
  correlate: z.optional(Correlate),
  /** `time` costs a further pass. Default: `time`. */
  details: z.optional(z.array(z.enum(['time']))),
});
export type EventFunnelQuestion = z.infer<typeof EventFunnelQuestion>;
