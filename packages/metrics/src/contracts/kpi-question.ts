import * as z from 'zod/mini';
import { Criteria } from './criteria.ts';
import { Key } from './primitives.ts';
import { Compare, DefinitionName, moneyFrame, PeriodText, questionFrame } from './question-frame.ts';

/** The steps of a trend. @public */
export const TrendStep = z.enum(['day', 'week', 'month', 'quarter', 'year']);
export type TrendStep = z.infer<typeof TrendStep>;

/** How many KPIs one question may ask. @beta */
export const MOST_KPIS = 24;

/** One KPI or the tiles of a scorecard: all of one period, against one comparison. @public */
export const KpiQuestion = z.strictObject({
  kind: z.literal('kpi'),
  ...questionFrame,
  ...moneyFrame,
  /** Default: those that are defined and agreed, in the order of their definitions, at most 24. */
  kpis: z.optional(z.array(DefinitionName).check(z.minLength(1), z.maxLength(MOST_KPIS))),
  /** Default: all time. */
  period: z.optional(PeriodText),
  compare: z.optional(Compare),
  /** A segment that every KPI asked for defines. */
  segment: z.optional(Key),
  filter: z.optional(Criteria),
  /**
   * The value of each step of the period, each computed from its own statistics. At most 60 steps; `auto` takes the
   * longest that cut it into at least 5, and none without a period. Default: none.
   */
  trend: z.optional(z.union([TrendStep, z.literal('auto')])),
});
export type KpiQuestion = z.infer<typeof KpiQuestion>;
