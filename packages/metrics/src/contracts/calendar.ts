import * as z from 'zod/mini';
import { definitionHead } from './definition-head.ts';
import { LocalDate, TimeZone } from './primitives.ts';

const Opening = z
  .string()
  .check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'a shift opens between 00:00 and 23:59, such as 09:00' }));
const Closing = z
  .string()
  .check(
    z.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'a shift closes between 00:00 and 24:00, such as 17:30' }),
  );

/**
 * When work opens and closes, as local times. What closes at or before it opens runs over midnight and belongs
 * to the day it starts: `["22:00", "06:00"]` is a night shift.
 * @public
 */
export const Shift = z.tuple([Opening, Closing]).check(
  z.refine(([opens, closes]) => opens !== closes, {
    error: 'a shift opens and closes at the same time: write 00:00 to 24:00 for a whole day, or leave it out',
  }),
);
export type Shift = z.infer<typeof Shift>;

const Shifts = z.array(Shift).check(z.maxLength(24));

/**
 * When a team works. Shifts may overlap; they are merged. `docs/how-sama-counts.md` says how holidays,
 * night shifts and changes of the clock are counted.
 * @public
 */
export const BusinessCalendar = z.strictObject({
  timeZone: TimeZone,
  /** By ISO weekday, 1 = Monday to 7 = Sunday; a day left out is closed. */
  week: z.strictObject({
    1: z.optional(Shifts),
    2: z.optional(Shifts),
    3: z.optional(Shifts),
    4: z.optional(Shifts),
    5: z.optional(Shifts),
    6: z.optional(Shifts),
    7: z.optional(Shifts),
  }),
  /** Local days that are closed as a whole. Default: none. */
  holidays: z.optional(z.array(LocalDate)),
  /** The shifts that start on a date, in place of the week's and of a holiday; `[]` for none. Default: none. */
  overrides: z.optional(z.record(LocalDate, Shifts)),
});
export type BusinessCalendar = z.infer<typeof BusinessCalendar>;

const Month = z.int().check(z.minimum(1), z.maximum(12));
/** Default: `end`, so that FY26 ends in 2026; `start` names a year by the one its first day lies in. */
const NamedBy = z.optional(z.enum(['end', 'start']));

/** A fiscal year of twelve calendar months. */
const FiscalMonths = z.strictObject({
  kind: z.literal('months'),
  startMonth: Month,
  namedBy: NamedBy,
});

/**
 * A fiscal year of 52 or 53 whole weeks, each quarter of three months of four or five weeks. It ends on the `last`
 * such weekday of `endMonth`, or on the one `nearest` to the end of that month (US Treasury Reg. § 1.441-2). A 53rd
 * week belongs to the last month. Retail's 4-5-4 calendar ends on the Saturday nearest to the end of January and is
 * named by its start.
 */
const FiscalWeeks = z.strictObject({
  kind: z.literal('weeks'),
  pattern: z.enum(['4-4-5', '4-5-4', '5-4-4']),
  endMonth: Month,
  /** ISO: 1 = Monday to 7 = Sunday. */
  endWeekday: z.int().check(z.minimum(1), z.maximum(7)),
  endRule: z.enum(['last', 'nearest']),
  namedBy: NamedBy,
});

/** How a company cuts its years. @public */
export const FiscalCalendar = z.discriminatedUnion('kind', [FiscalMonths, FiscalWeeks]);
export type FiscalCalendar = z.infer<typeof FiscalCalendar>;

/** The calendar of a team or company as both teams agreed on it: when it works, how it cuts its years. @public */
export const CalendarDefinition = z.strictObject({
  kind: z.literal('calendar'),
  ...definitionHead,
  hours: z.optional(BusinessCalendar),
  fiscal: z.optional(FiscalCalendar),
});
export type CalendarDefinition = z.infer<typeof CalendarDefinition>;
