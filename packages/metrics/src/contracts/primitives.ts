import * as z from 'zod/mini';

/** The major version of everything that crosses a wire. A reader refuses a newer one. @public */
export const WIRE_VERSION = 1;
/** The version of a message on the wire. @public */
export const Version = z.literal(WIRE_VERSION);

/** A non-empty identifier of at most 512 characters, kept exactly as the source wrote it. @public */
export const Id = z.string().check(z.minLength(1), z.maxLength(512));

/** The key of a stage, definition or segment: stable, lower-case, never translated. @public */
export const Key = z.string().check(z.regex(/^[a-z0-9][a-z0-9_-]{0,63}$/));

/** The key of a glossary term: stable, never translated, the end of its address. @public */
export const TermKey = z.string().check(
  z.regex(/^[a-z][A-Za-z0-9_-]{0,63}$/, {
    error: 'a term key begins with a small letter and has only letters, digits, - and _, at most 64',
  }),
);

/** A calendar day without a time or zone, `YYYY-MM-DD`. @public */
export const LocalDate = z.iso.date();

/** An instant, ISO 8601 with `Z` or an offset. @public */
export const Instant = z.iso.datetime({ offset: true });

/** When something happened: an instant, or a day when the source has no time. @public */
export const When = z.union([Instant, LocalDate]);

/**
 * Elapsed time; a day is 24 hours, a week seven days. The parts add up. Months and years have no fixed length.
 * @public
 */
export const Duration = z
  .strictObject({
    weeks: z.optional(z.number().check(z.nonnegative())),
    days: z.optional(z.number().check(z.nonnegative())),
    hours: z.optional(z.number().check(z.nonnegative())),
    minutes: z.optional(z.number().check(z.nonnegative())),
    seconds: z.optional(z.number().check(z.nonnegative())),
  })
  .check(
    z.refine((d) => Object.values(d).some((part) => part !== undefined), {
      error: 'give weeks, days, hours, minutes or seconds',
    }),
  );
export type Duration = z.infer<typeof Duration>;

/** An ISO 4217 code. @public */
export const Currency = z.string().check(z.regex(/^[A-Z]{3}$/));

/** An IANA time zone such as `Europe/Berlin` or `UTC`. @public */
export const TimeZone = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/));

/** A team that owns something. `both` is shared by marketing and sales. @public */
export const Owner = z.enum(['marketing', 'sales', 'both', 'customer-success', 'operations']);
export type Owner = z.infer<typeof Owner>;

/** A value a record may carry beside its links. @public */
export const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Scalar = z.infer<typeof Scalar>;
