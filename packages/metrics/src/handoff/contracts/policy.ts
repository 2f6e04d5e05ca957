import * as z from 'zod/mini';
import { Criteria } from '../../contracts/criteria.ts';
import { definitionHead } from '../../contracts/definition-head.ts';
import { Duration, Id } from '../../contracts/primitives.ts';
import { Rating } from '../../contracts/score-fields.ts';
import { ReasonList } from './reasons.ts';
import { ClockKey } from './words.ts';

/** How long a promise may take: in open hours of a calendar, or as time passes. @beta */
export const Target = z.union([z.strictObject({ business: Duration }), z.strictObject({ elapsed: Duration })]);
export type Target = z.infer<typeof Target>;

/** The target of a clock; the first lane that fits the lead's rating and pool counts, else the target beside them. @beta */
export const ClockRule = z.strictObject({
  target: Target,
  lanes: z.optional(
    z
      .array(
        z
          .strictObject({
            /** Default: any rating, or none. */
            ratings: z.optional(z.array(Rating).check(z.minLength(1))),
            /** Such as the fallback pool, which has a clock of its own. Default: any pool, or none. */
            pools: z.optional(z.array(Id).check(z.minLength(1))),
            target: Target,
          })
          .check(
            z.refine(({ ratings, pools }) => ratings !== undefined || pools !== undefined, {
              error: 'name ratings or pools; what holds for all is the target beside the lanes',
            }),
          ),
      )
      .check(z.maxLength(16)),
  ),
});
export type ClockRule = z.infer<typeof ClockRule>;

/** Whose opening hours count. @beta */
export const CalendarOf = z.enum(['owner', 'team', 'lead']);
export type CalendarOf = z.infer<typeof CalendarOf>;

/** What happens when a clock has used up a share of its target. @beta */
export const EscalationStep = z.strictObject({
  /** Of the target, in percent. */
  percent: z.number().check(z.positive()),
  does: z.enum(['nudge', 'atRisk', 'breach', 'reassign', 'heads']),
  /** The clock of the present owner, or that of the hand-off, which a reassignment does not restart. Default: `owner`. */
  clock: z.optional(z.enum(['owner', 'handoff'])),
});
export type EscalationStep = z.infer<typeof EscalationStep>;

/** What both teams promised each other of hand-offs. Fields left out have the defaults of `DEFAULT_POLICY`. @beta */
export const HandoffPolicy = z.strictObject({
  kind: z.literal('sla'),
  ...definitionHead,
  clocks: z.optional(z.partialRecord(ClockKey, ClockRule)),
  /** Where the clock of the first response begins: with the seller's acceptance, or with the offer. Default: `accepted`. */
  firstResponseFrom: z.optional(z.enum(['accepted', 'offered'])),
  /** Whose calendar counts, the first that is there. Default: owner, team, lead. */
  calendars: z.optional(z.array(CalendarOf).check(z.minLength(1), z.maxLength(3))),
  escalation: z.optional(z.array(EscalationStep).check(z.maxLength(12))),
  /** Fields a lead must have to be offered, as the criteria language names them. Default: none. */
  required: z.optional(z.array(z.string()).check(z.maxLength(50))),
  /** What a lead must show to be qualified. Default: nothing but the seller's word. */
  qualified: z.optional(
    z.strictObject({
      fields: z.optional(z.array(z.string()).check(z.maxLength(50))),
      criteria: z.optional(Criteria),
    }),
  ),
  /** Attempts before a lead may be called unreachable. Default: 5. */
  attempts: z.optional(z.int().check(z.nonnegative())),
  /** Time before a lead may come back. Default: 30 days. */
  coolingOff: z.optional(Duration),
  /** How long an event may be taken back. Default: 15 minutes. */
  undoWithin: z.optional(Duration),
  /** The pool of what has no seller. Default: none, so that a release needs the pool it came from. */
  fallbackPool: z.optional(Id),
  reasons: z.optional(
    z.strictObject({
      return: z.optional(ReasonList),
      recycle: z.optional(ReasonList),
      disqualify: z.optional(ReasonList),
    }),
  ),
});
export type HandoffPolicy = z.infer<typeof HandoffPolicy>;
