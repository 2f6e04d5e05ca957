import * as z from 'zod/mini';
import { Criteria } from './criteria.ts';
import { definitionHead } from './definition-head.ts';
import { KpiAspect } from './kpi-fields.ts';
import { KpiTarget } from './kpi-target.ts';
import { DayField, Expression, Measure } from './measure.ts';
import { Duration, Id, Key } from './primitives.ts';
import { DefinitionName } from './question-frame.ts';
import { EntityType } from './records.ts';
import { Segment } from './segment.ts';

/** Records of one kind: how many, the sum of a value, its single values, or the ids of the records. */
const RecordSource = z.strictObject({
  of: EntityType,
  /** The funnel that gives `stage` and `reached.STAGE` their meaning; needed only when they are used. */
  funnel: z.optional(DefinitionName),
  where: z.optional(Criteria),
  /** The date by which a record belongs to the period. Default: none; the records count as they stand at `asOf`. */
  during: z.optional(DayField),
  /** Default: none, which counts records. */
  value: z.optional(Expression),
  /** Counts for each value of this field; for inputs by name. */
  by: z.optional(z.string().check(z.regex(/^(owner|currency|attributes\..{1,120})$/u))),
});
/** Which records a KPI counts. @public */
export type RecordSource = z.infer<typeof RecordSource>;

const DimensionSource = z.strictObject({
  weight: z.number().check(z.nonnegative()),
  /** Each a share (times 100) or, with a target, value / target (less is better: target / value), 0 to 100. */
  kpis: z
    .array(z.strictObject({ kpi: DefinitionName, target: z.optional(z.number().check(z.positive())) }))
    .check(z.minLength(1), z.maxLength(12)),
});

/** How much earlier: a number of calendar months, so that figures of months stay whole, or of days. */
const Lag = z.union([
  z.strictObject({ months: z.int().check(z.gte(1), z.lte(60)) }),
  z.strictObject({ days: z.int().check(z.gte(1), z.lte(1826)) }),
]);

/** Where an input of a KPI comes from. @public */
export const KpiSource = z.union([
  z.strictObject({ records: RecordSource }),
  /** Entries into a stage in the period; by entity (default) or every visit. */
  z.strictObject({
    entries: z.strictObject({ funnel: DefinitionName, stage: Key, unit: z.optional(z.enum(['entity', 'visit'])) }),
  }),
  /**
   * Of those who entered `from` (default: the funnel's anchor) in the period, as of the end of the window: how many
   * entered, `reached` the stage `to` (default: the last) or were `followed` for the whole window; and of those who
   * did not reach it, how many are `open` (`pending`, or `overdue` where a promise is past), `recycled`, `lost` or
   * `disqualified`.
   */
  z.strictObject({
    cohort: z.strictObject({
      funnel: DefinitionName,
      take: z.enum([
        'entered',
        'reached',
        'followed',
        'open',
        'pending',
        'overdue',
        'recycled',
        'lost',
        'disqualified',
      ]),
      from: z.optional(Key),
      to: z.optional(Key),
      window: z.optional(z.union([Duration, z.literal('none')])),
    }),
  }),
  /**
   * A supplied figure: of the days of the period (default), or the one that holds on its first or last day. By
   * segment for inputs that have one number for each. With `lag` it is of days that lie so much earlier, as the cost
   * that brought this period's customers.
   */
  z.strictObject({
    figure: Key,
    at: z.optional(z.enum(['period', 'start', 'end'])),
    segment: z.optional(Id),
    lag: z.optional(Lag),
  }),
  /** The value of another KPI, asked the same. */
  z.strictObject({ kpi: DefinitionName }),
  /** What both teams settled on: a margin, weights by field. */
  z.strictObject({ is: z.union([z.number(), z.record(z.string(), z.number())]) }),
  z.strictObject({ dimensions: z.record(Key, DimensionSource) }),
]);
export type KpiSource = z.infer<typeof KpiSource>;

const ownPeriod = {
  /** The date by which a record belongs to the period. Default: none; the records count as they stand at `asOf`. */
  during: z.optional(DayField),
};

/** A row of the catalogue on a company's own data, one measure, or the ratio of two counts. @public */
export const KpiFormula = z.union([
  z.strictObject({
    /** The key in the catalogue, `winRate.count`. */
    kpi: z.string().check(z.minLength(1), z.maxLength(64)),
    inputs: z.record(z.string(), KpiSource),
  }),
  z.strictObject({ measure: Measure, ...ownPeriod }),
  z.strictObject({ ratio: z.strictObject({ numerator: Measure, denominator: Measure }), ...ownPeriod }),
]);
export type KpiFormula = z.infer<typeof KpiFormula>;

/** A named figure as both teams agreed on it. @public */
export const KpiDefinition = z
  .strictObject({
    kind: z.literal('kpi'),
    ...definitionHead,
    formula: KpiFormula,
    /**
     * From the KPI to revenue: stages of a funnel, KPIs or rows of the catalogue, `revenue` last. Default: that of the
     * catalogue; a formula of one's own must state it.
     */
    revenuePath: z.optional(z.array(z.string()).check(z.minLength(1), z.maxLength(24))),
    /** Which way is better. Default: that of the catalogue, else `up`. */
    direction: z.optional(z.enum(['up', 'down', 'band'])),
    /** Where it stands on a scorecard of many, in words: `Pipeline`. Default: on the first view. */
    section: z.optional(z.string().check(z.minLength(1), z.maxLength(60))),
    /** What it looks at. Default: told by its row of the catalogue, else by its unit. */
    aspect: z.optional(KpiAspect),
    /** The KPI to show beside it. Default: that of the catalogue. */
    guardrail: z.optional(z.string()),
    targets: z.optional(z.array(KpiTarget).check(z.maxLength(120))),
    /** Hidden where it rests on fewer than this. Default: nothing is hidden. */
    suppressBelow: z.optional(z.int().check(z.positive())),
    segments: z.optional(z.array(Segment)),
  })
  .check((context) => {
    const { owners, formula, revenuePath } = context.value;
    const fault = (path: string, message: string, remedy: string): void => {
      context.issues.push({ code: 'custom', path: [path], message, params: { remedy }, input: context.value });
    };
    if (owners.length === 0)
      fault('owners', 'is empty', 'name the teams that answer for it, such as marketing and sales');
    if (revenuePath === undefined && !('kpi' in formula))
      fault(
        'revenuePath',
        'is missing',
        'name the steps from this figure to revenue, such as ["won", "revenue"]; a figure without any is for vanity',
      );
    else if (revenuePath !== undefined && revenuePath.at(-1) !== 'revenue')
      fault('revenuePath', 'does not end in revenue', 'let its last step be "revenue"');
  });
export type KpiDefinition = z.infer<typeof KpiDefinition>;
