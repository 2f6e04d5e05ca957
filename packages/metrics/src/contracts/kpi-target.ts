import * as z from 'zod/mini';
import { Agreement } from './definition-head.ts';
import { Currency } from './primitives.ts';
import { PeriodText } from './question-frame.ts';

/** What a KPI should come to in a period. @public */
export const KpiTarget = z.strictObject({
  period: PeriodText,
  /** In the unit of the KPI, money in minor units of `currency`. For a band its two ends. */
  value: z.union([
    z.number(),
    z
      .strictObject({ low: z.number(), high: z.number() })
      .check(
        z.refine(({ low, high }) => low <= high, { path: ['high'], error: 'a band ends at or above its low end' }),
      ),
  ]),
  /** Required for money. */
  currency: z.optional(Currency),
  /**
   * How it comes about: `business-days` = evenly over those of the period, `whole` = it holds at any time of the period.
   * Default: `business-days` for what adds up over time, else `whole`.
   */
  pace: z.optional(z.enum(['business-days', 'whole'])),
  /** The share of what is due from which it is at risk and not off. Default: 0.9. */
  atRiskFrom: z.optional(z.number().check(z.gte(0), z.lte(1))),
  /** The team that promises it to the other. Default: it is a target of both. */
  promisedBy: z.optional(z.enum(['marketing', 'sales'])),
  /** Both teams agree to a target; until then it is a proposal. */
  agreedBy: z.optional(z.array(Agreement)),
});
export type KpiTarget = z.infer<typeof KpiTarget>;

/** How a value stands against what is due. @public */
export const TargetStatus = z.enum(['on', 'at-risk', 'off', 'unknown']);
export type TargetStatus = z.infer<typeof TargetStatus>;

/** How a KPI stands against its target at a moment. @public */
export const TargetStanding = z.object({
  value: KpiTarget.shape.value,
  /** Of it, what should have been reached by now. */
  due: z.optional(z.number()),
  /** Value / target and due / target, for what comes about over the period; absent where the target is not above 0. */
  progress: z.optional(z.number()),
  expected: z.optional(z.number()),
  /** The part of the period that has passed, in business days, 0 to 1. */
  elapsed: z.number(),
  /** Value / due, or due / value where less is better; absent where one of them is 0 or unknown. */
  attainment: z.optional(z.number()),
  /** Attainment less 1: how far ahead of what is due (above 0) or behind it. */
  ahead: z.optional(z.number()),
  status: TargetStatus,
  promisedBy: KpiTarget.shape.promisedBy,
  /** Whether both teams agreed; a status without it is that of a proposal. */
  agreed: z.boolean(),
});
export type TargetStanding = z.infer<typeof TargetStanding>;
