import * as z from 'zod/mini';
import { Warning } from '../contracts/codes.ts';
import { CreditRow, ExclusionReason, SharedJourneys, Unattributed } from '../contracts/attribution-answer.ts';
import { Money } from '../contracts/values.ts';
import { Dimension, FilledChoices, Touch } from './contracts.ts';

export { CreditRow, ExclusionReason, SharedJourneys, Unattributed } from '../contracts/attribution-answer.ts';

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

/** Why a touch has no part in its journey. @beta */
export const Exclusion = z.object({
  journeyId: z.string(),
  touchId: z.string(),
  reason: ExclusionReason,
});
export type Exclusion = z.infer<typeof Exclusion>;

/** Who gets which credit: by touch, by dimension, and what nobody touched. Money in minor units, exact. @beta */
export const Attribution = z.object({
  status: z.enum(['ok', 'no-conversions']),
  /** Every choice with its default filled in, to be shown beside the numbers. */
  choices: FilledChoices,
  /** Credit is a convention of the model, not proof of cause; every display says so. */
  note: z.literal('convention-not-cause'),
  conversions: z.int(),
  amount: Money,
  unattributed: Unattributed,
  /** Credit of each touch, in the order of the journeys; null for markov, which knows no journey. */
  touches: z.nullable(z.array(TouchCredit)),
  /** Credit by each dimension, largest first; for markov by `choices.by` alone. */
  totals: z.partialRecord(Dimension, z.array(CreditRow)),
  sharedJourneys: SharedJourneys,
  excluded: z.array(Exclusion),
  warnings: z.array(Warning),
});
export type Attribution = z.infer<typeof Attribution>;
