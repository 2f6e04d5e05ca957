import * as z from 'zod/mini';
import { Warning } from '../contracts/codes.ts';
import { Money, Rate } from '../contracts/values.ts';
import { Dimension, FilledChoices, Touch } from './contracts.ts';

/** Credit of one touch. @beta */
export const TouchCredit = z.object({
  journeyId: z.string(),
  touch: Touch,
  /** The touch as an instant; a day is its last millisecond. */
  at: z.string(),
  precision: z.enum(['day', 'instant']),
  /** Share of the conversion, 0 to 1. */
  weight: z.number(),
  amount: Money,
});
export type TouchCredit = z.infer<typeof TouchCredit>;

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

/** Why a touch has no part in its journey. @beta */
export const Exclusion = z.object({
  journeyId: z.string(),
  touchId: z.string(),
  reason: z.enum(['after-conversion', 'before-lookback', 'duplicate', 'unnamed']),
});
export type Exclusion = z.infer<typeof Exclusion>;

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

/** Who gets which credit: by touch, by dimension, and what nobody touched. Money in minor units, exact. @beta */
export const AttributionAnswer = z.object({
  status: z.enum(['ok', 'no-conversions']),
  /** Every choice with its default filled in, to be shown beside the numbers. */
  choices: FilledChoices,
  /** Credit is a convention of the model, not proof of cause; every display says so. */
  note: z.literal('convention-not-cause'),
  conversions: z.int(),
  amount: Money,
  /** Conversions without a touch that counts. They are shown and never spread over the others. */
  unattributed: z.object({ conversions: z.int(), amount: Money, share: Rate }),
  /** Credit of each touch, in the order of the journeys; null for markov, which knows no journey. */
  touches: z.nullable(z.array(TouchCredit)),
  /** Credit by each dimension, largest first; for markov by `choices.by` alone. */
  totals: z.partialRecord(Dimension, z.array(CreditRow)),
  sharedJourneys: SharedJourneys,
  excluded: z.array(Exclusion),
  warnings: z.array(Warning),
});
export type AttributionAnswer = z.infer<typeof AttributionAnswer>;
