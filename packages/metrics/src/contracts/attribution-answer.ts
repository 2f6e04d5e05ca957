import * as z from 'zod/mini';
import { AttributionModel, Dimension, FilledChoices, JourneySource } from './attribution-fields.ts';
import { PeriodAnswer } from './funnel-answer.ts';
import { Money, Rate } from './values.ts';

/** Credit of one channel, campaign, asset or team. @beta */
export const CreditRow = z.object({
  /** Null: touches that do not say. */
  key: z.nullable(z.string()),
  conversions: z.number(),
  amount: Money,
  /** Markov only: the share of conversions lost without it, 0 to 1. */
  removalEffect: z.optional(z.number()),
});
export type CreditRow = z.infer<typeof CreditRow>;

/** Conversions by whose touches took part, whatever their credit; the four add up to all conversions. @beta */
export const SharedJourneys = z.object({
  both: z.int(),
  marketingOnly: z.int(),
  salesOnly: z.int(),
  neither: z.int(),
  /** Both, of all conversions. */
  share: Rate,
});
export type SharedJourneys = z.infer<typeof SharedJourneys>;

/** Conversions without a touch that counts. They are shown and never spread over the others. @beta */
export const Unattributed = z.object({ conversions: z.int(), amount: Money, share: Rate });
export type Unattributed = z.infer<typeof Unattributed>;

/** Why a touch has no part in its journey. @beta */
export const ExclusionReason = z.enum(['after-conversion', 'before-lookback', 'duplicate', 'unnamed']);
export type ExclusionReason = z.infer<typeof ExclusionReason>;

const Labelled = z.object({ id: z.string(), label: z.string() });

/** The answer to an attribution question. @beta */
export const AttributionAnswer = z.object({
  kind: z.literal('attribution'),
  label: z.string(),
  /** Every choice with its default filled in, to be shown beside the numbers. */
  choices: FilledChoices,
  /** Credit is a convention of the model, not proof of cause; every display says so. */
  note: z.literal('convention-not-cause'),
  /** Where the journeys come from, defaults filled. */
  source: z.object({
    funnel: z.string(),
    conversion: z.string(),
    leadCreation: z.optional(z.string()),
    opportunityCreation: z.optional(z.string()),
    group: z.nonoptional(JourneySource.shape.group),
  }),
  /** Selects conversions by their day. */
  period: z.optional(PeriodAnswer),
  segment: z.optional(Labelled),
  segments: z.optional(z.array(Labelled)),
  timeZone: z.string(),
  conversions: z.int(),
  /** Journeys that ended without a conversion, of which the data-driven models learn. */
  lost: z.int(),
  amount: Money,
  unattributed: Unattributed,
  /** What the credit below is read by. */
  by: Dimension,
  /** Largest first. */
  rows: z.array(CreditRow),
  sharedJourneys: SharedJourneys,
  /** Touches that have no part in their journey, counted by the reason; events that are no touch for want of a channel apart. */
  excluded: z.array(z.object({ reason: ExclusionReason, touches: z.int() })),
  withoutChannel: z.int(),
  /** The same journeys by other models: none is shown alone. */
  others: z.array(z.object({ model: AttributionModel, rows: z.array(CreditRow) })),
  /** How far all of these models lie apart, widest first; `conversions` by the own model, then by the others. */
  spread: z.array(
    z.object({ key: z.nullable(z.string()), conversions: z.array(z.number()), low: z.number(), high: z.number() }),
  ),
});
export type AttributionAnswer = z.infer<typeof AttributionAnswer>;
