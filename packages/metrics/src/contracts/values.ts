import * as z from 'zod/mini';
import { NullReason } from './codes.ts';
import { Currency } from './primitives.ts';

/** How many. */
export const Count = z.int().check(z.nonnegative());
/** Why there is no value. */
export const Nothing = z.object({ value: z.null(), reason: NullReason });

/** `k` of `n` as a share from 0 to 1 with its 95 % Wilson interval. @public */
export const Rate = z.union([
  z.object({ value: z.number(), low: z.number(), high: z.number(), k: Count, n: Count }),
  Nothing,
]);
export type Rate = z.infer<typeof Rate>;

/** Milliseconds, elapsed. @public */
export const Span = z.union([z.object({ value: z.number() }), Nothing]);
export type Span = z.infer<typeof Span>;

/** Integer minor units of one currency. @public */
export const Money = z.union([z.object({ value: z.int(), currency: Currency }), Nothing]);
export type Money = z.infer<typeof Money>;
