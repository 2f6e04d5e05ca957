import * as z from 'zod/mini';
import { Currency, LocalDate } from './primitives.ts';

const rate = { from: Currency, rate: z.number().check(z.positive()) };

/** What money of other currencies is worth in the one that is reported. @public */
export const Exchange = z.strictObject({
  /** The currency that is reported. */
  to: Currency,
  /**
   * Units of `to` for one unit of `from`. A dated rate holds from its day until the next one of the same currency; a
   * rate of a period, `[first day, day after the last)`, stands where a currency has no dated rate.
   */
  rates: z.array(
    z.union([
      z.strictObject({ ...rate, on: LocalDate }),
      z.strictObject({ ...rate, during: z.tuple([LocalDate, LocalDate]) }),
    ]),
  ),
});
export type Exchange = z.infer<typeof Exchange>;
