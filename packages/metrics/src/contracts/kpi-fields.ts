import * as z from 'zod/mini';
import { Flag, NullReason } from './codes.ts';

/**
 * `currency` = minor units of the answer's currency; `share` = 0 to 1; `difference` = of two shares, −1 to 1,
 * shown as percentage points; `index` = 0 to 100.
 * @public
 */
export const KpiUnit = z.enum([
  'count',
  'number',
  'share',
  'difference',
  'ratio',
  'currency',
  'currency/day',
  'minutes',
  'days',
  'months',
  'points',
  'index',
]);
export type KpiUnit = z.infer<typeof KpiUnit>;

/** Which way is better; `band` = neither, it should stay within bounds. @public */
export const KpiDirection = z.enum(['up', 'down', 'band']);
export type KpiDirection = z.infer<typeof KpiDirection>;

/**
 * How the parts of a whole make its value: they add up (`sum`), it is computed anew from their sums (`ratio`) or from
 * all their values (`quantile`), or they add up across records but not over time (`stock`).
 * @public
 */
export const Additivity = z.enum(['sum', 'ratio', 'quantile', 'stock']);
export type Additivity = z.infer<typeof Additivity>;

/** What a KPI looks at, so that those that keep each other honest stand together. @public */
export const KpiAspect = z.enum(['volume', 'quality', 'value', 'cost', 'win-rate', 'speed', 'compliance']);
export type KpiAspect = z.infer<typeof KpiAspect>;

/** A number with its 95 % interval where it has one, or why there is none. @public */
export const KpiFigure = z.union([
  z.object({ value: z.number(), low: z.optional(z.number()), high: z.optional(z.number()) }),
  z.object({
    value: z.null(),
    reason: NullReason,
    /** With `not-reached`: the value lies above this one. */
    above: z.optional(z.number()),
  }),
]);
export type KpiFigure = z.infer<typeof KpiFigure>;

/** What a KPI comes to. @public */
export const KpiValue = z.object({
  result: KpiFigure,
  numerator: z.optional(z.number()),
  denominator: z.optional(z.number()),
  /** How many things the value rests on. */
  n: z.optional(z.number()),
  /** Of the single values behind a mean, with n − 1 in the denominator. */
  variance: z.optional(z.number()),
  flags: z.array(Flag),
  /** What must be read beside it: the share never answered beside a median, the open share beside a rate. */
  also: z.array(z.object({ key: z.string(), unit: KpiUnit, result: KpiFigure })),
});
export type KpiValue = z.infer<typeof KpiValue>;
