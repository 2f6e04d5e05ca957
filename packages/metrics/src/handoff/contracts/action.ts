import * as z from 'zod/mini';
import { Actor, Command } from '../../contracts/command.ts';
import { Id, Instant, LocalDate, TimeZone, Version } from '../../contracts/primitives.ts';
import { Rating } from '../../contracts/score-fields.ts';
import { Role, Words } from './words.ts';

/** The code of a reason. Which codes there are is said by the lists of the policy. */
const ReasonCode = z.string().check(z.minLength(1), z.maxLength(64));

/** The lead as far as the log needs it: references, no personal data. */
const subject = {
  personId: Id,
  accountId: z.optional(Id),
  /** Chooses the targets. Default: those of the standard lane. */
  rating: z.optional(Rating),
  source: z.optional(Id),
  campaignId: z.optional(Id),
  /** When the person asked, or passed the threshold. Default: the instant of the draft. */
  inquiryAt: z.optional(Instant),
};

/** An element the seller misses; `text` where the list asks for it. @beta */
export const Missing = z.strictObject({ element: ReasonCode, text: z.optional(Words) });
export type Missing = z.infer<typeof Missing>;

/** What marketing did about a missing element. A waiver says why. @beta */
export const Answer = z.strictObject({
  element: ReasonCode,
  answer: z.enum(['completed', 'waived']),
  text: z.optional(Words),
});
export type Answer = z.infer<typeof Answer>;

const elements = { error: 'name one to twelve missing elements' };
const event = <T extends string, P extends z.core.$ZodLooseShape>(type: T, payload: P) =>
  z.strictObject({ type: z.literal(type), payload: z.strictObject(payload) });

const actions = [
  event('handoff.draft', subject),
  /** The target is the new hand-off; the person is that of the previous one, the cycle one more. */
  event('handoff.reenter', { ...subject, previous: Id, cycle: z.int().check(z.minimum(2)) }),
  event('handoff.offer', { pool: z.optional(Id), seller: z.optional(Id) }),
  /** `override` says why a seller takes more than the cap. */
  event('handoff.accept', { override: z.optional(Words) }),
  event('handoff.return', { missing: z.array(Missing).check(z.minLength(1, elements), z.maxLength(12, elements)) }),
  event('handoff.resubmit', { answers: z.array(Answer).check(z.maxLength(12)) }),
  event('handoff.timeout', {}),
  event('handoff.reassign', { seller: Id, reason: z.optional(Words) }),
  event('handoff.logResponse', {
    activity: z.enum(['call', 'email', 'meeting', 'message']),
    direction: z.enum(['out', 'in']),
    by: z.enum(['human', 'automatic']),
    /** When it happened, where the record of it came later. Default: now. */
    at: z.optional(Instant),
  }),
  event('handoff.qualify', {}),
  event('handoff.recycle', {
    reason: ReasonCode,
    text: z.optional(Words),
    /** When marketing looks again. */
    reviewOn: z.optional(LocalDate),
    /** What brings the lead back before that. */
    reentry: z.optional(Words),
  }),
  event('handoff.disqualify', { reason: ReasonCode, text: z.optional(Words), evidence: z.optional(Words) }),
  event('handoff.withdraw', { reason: Words }),
  event('handoff.merge', { survivor: Id }),
  event('handoff.release', { reason: Words, pool: z.optional(Id) }),
  event('handoff.undo', {}),
  /** Stops the clocks: of everybody for a legal hold, of sales until the instant the lead asked for. */
  event('handoff.pause', {
    reason: z.enum(['legalHold', 'leadAsked'], {
      error: 'clocks stand still for legalHold or leadAsked only; reassign what an absent seller has',
    }),
    until: z.optional(Instant),
  }),
  event('handoff.resume', {}),
  /** Marketing looked at a recycled lead again. */
  event('handoff.review', {}),
  /** Words for whoever comes next. They change nothing. */
  event('handoff.note', { text: Words }),
] as const;

/** What can be done with a hand-off, as the payload of a `Command` of the same type. @beta */
export const HandoffAction = z.discriminatedUnion('type', actions);
export type HandoffAction = z.infer<typeof HandoffAction>;

/** Who gave a command, in which role. The server sets it from the token. @beta */
export const HandoffActor = z.object({ ...Actor.shape, role: Role });
export type HandoffActor = z.infer<typeof HandoffActor>;

/** What a command came by. @beta */
export const Via = z.enum(['widget', 'api', 'rule']);
export type Via = z.infer<typeof Via>;

/** One line of a hand-off's history: an accepted command, who gave it and when. It is never changed. @beta */
export const HandoffEvent = z.strictObject({
  v: Version,
  commandId: Command.shape.commandId,
  target: Id,
  /** 1 for the first event of a hand-off, then one more each. */
  version: z.int().check(z.positive()),
  by: HandoffActor,
  at: Instant,
  /** The zone of whoever acted. */
  zone: z.optional(TimeZone),
  via: z.optional(Via),
  action: HandoffAction,
});
export type HandoffEvent = z.infer<typeof HandoffEvent>;
