import * as z from 'zod/mini';
import { DefinitionRef } from './definition-head.ts';
import { Change, PeriodAnswer } from './funnel-answer.ts';
import { Additivity, KpiAspect, KpiDirection, KpiFigure, KpiUnit, KpiValue } from './kpi-fields.ts';
import { TrendStep } from './kpi-question.ts';
import { TargetStanding } from './kpi-target.ts';
import { Owner } from './primitives.ts';

/** What a value did since another. @public */
export const KpiChange = z.object({
  /** Now less before, in the unit of the KPI. */
  difference: z.number(),
  low: z.optional(z.number()),
  high: z.optional(z.number()),
  /** Difference / before; absent where before is not above 0. */
  relative: z.optional(z.number()),
  /** `no-clear-change` when the interval holds 0; without an interval by the sign alone. */
  verdict: Change.shape.verdict,
});
export type KpiChange = z.infer<typeof KpiChange>;

/** An input and where it came from. @public */
export const KpiInput = z.object({
  name: z.string(),
  source: z.enum(['records', 'entries', 'cohort', 'figure', 'kpi', 'is', 'dimensions']),
  /** Of a number; absent for lists and what is not known. */
  value: z.optional(z.number()),
  /** Set when the input is not known. */
  missing: z.optional(z.boolean()),
});
export type KpiInput = z.infer<typeof KpiInput>;

/** One KPI of an answer: a tile of the scorecard. @public */
export const KpiTile = z.object({
  id: z.string(),
  label: z.string(),
  definition: DefinitionRef,
  /** Its key in the catalogue; absent for a formula of the company's own. */
  kpi: z.optional(z.string()),
  formula: z.optional(z.string()),
  note: z.optional(z.string()),
  unit: KpiUnit,
  /** Of money; absent without any. */
  currency: z.optional(z.string()),
  direction: KpiDirection,
  additivity: Additivity,
  grain: z.optional(z.string()),
  owners: z.array(Owner),
  revenuePath: z.array(z.string()),
  guardrail: z.optional(z.string()),
  aspect: KpiAspect,
  /** Of the scorecard; absent on the first view. */
  section: z.optional(z.string()),
  /** Whether the period selects something; else the figure is as it stands at `asOf`. */
  inPeriod: z.boolean(),
  value: KpiValue,
  inputs: z.array(KpiInput),
  /** Against the comparison. */
  before: z.optional(z.object({ value: KpiValue, change: z.optional(KpiChange) })),
  target: z.optional(z.object({ period: PeriodAnswer, ...TargetStanding.shape })),
  trend: z.optional(
    z.array(
      z.object({
        /** First day and the day after the last. */
        from: z.string(),
        to: z.string(),
        result: KpiFigure,
        /** What the target wants of it by now; absent without a target. */
        due: z.optional(z.number()),
        /** Set when the step is not whole: the period cuts it, or it has not ended at `asOf`. */
        partial: z.optional(z.boolean()),
      }),
    ),
  ),
});
export type KpiTile = z.infer<typeof KpiTile>;

/** The answer to a KPI question, in the order asked for. @public */
export const KpiAnswer = z.object({
  kind: z.literal('kpi'),
  period: z.optional(PeriodAnswer),
  timeZone: z.string(),
  segment: z.optional(z.object({ id: z.string(), label: z.string() })),
  /** Those every KPI of the answer defines. */
  segments: z.optional(z.array(z.object({ id: z.string(), label: z.string() }))),
  compare: z.optional(
    z.object({
      period: z.optional(PeriodAnswer),
      segment: z.optional(z.object({ id: z.string(), label: z.string() })),
      /** An earlier period is read at the age this one has now. */
      asOf: z.string(),
    }),
  ),
  trend: z.optional(TrendStep),
  kpis: z.array(KpiTile),
  /** Ids of those to be read together: what can be driven up alone, and what keeps it honest. No KPI is in two. */
  pairs: z.optional(z.array(z.object({ kpi: z.string(), beside: z.string() }))),
});
export type KpiAnswer = z.infer<typeof KpiAnswer>;
