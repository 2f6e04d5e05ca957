import * as z from 'zod/mini';
import { SemVer } from '../../contracts/definition-head.ts';
import { LocalDate, Owner } from '../../contracts/primitives.ts';

/** One reason of a list. @beta */
export const Reason = z.strictObject({
  code: z.string().check(z.regex(/^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)?$/, { error: 'a code looks like missing.email' })),
  label: z.string().check(z.minLength(1), z.maxLength(200)),
  /** Who reacts. */
  owner: Owner,
  /** What the reason sets going, in the words of the team. */
  triggers: z.string().check(z.minLength(1), z.maxLength(200)),
  /** What a lead has to show for it, in the words of a checklist, and the field where that stands. Default: nothing. */
  asks: z.optional(
    z.strictObject({ label: z.string().check(z.minLength(1), z.maxLength(60)), field: z.optional(z.string()) }),
  ),
  /** What has to be said with it. Default: nothing. */
  needs: z.optional(z.enum(['text', 'evidence', 'attempts'])),
});
export type Reason = z.infer<typeof Reason>;

/** A list of reasons both teams agreed on. Twelve at most, since nobody reads more. @beta */
export const ReasonList = z
  .strictObject({
    version: SemVer,
    /** When both teams look at it again. */
    reviewOn: z.optional(LocalDate),
    reasons: z
      .array(Reason)
      .check(z.minLength(1), z.maxLength(12, { error: 'a list has twelve reasons at most; join some' })),
  })
  .check(
    z.refine(({ reasons }) => new Set(reasons.map(({ code }) => code)).size === reasons.length, {
      path: ['reasons'],
      error: 'a code stands in the list twice',
    }),
  );
export type ReasonList = z.infer<typeof ReasonList>;
