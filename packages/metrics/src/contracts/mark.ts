import * as z from 'zod/mini';
import { Actor, Command } from './command.ts';
import { Id, Instant, Key, LocalDate, Version, When } from './primitives.ts';

/** Words of a chart: short enough to stand beside it. Name no person here but by the id of staff; the log cannot forget. */
const Words = z.string().check(z.minLength(1), z.maxLength(500));

const place = {
  /** Where it stands on the time line. */
  at: When,
  text: Words,
  /** The definition whose answers carry it. Default: all of them. */
  of: z.optional(Key),
};

/** Something a reader of a chart should know of. @beta */
export const Note = z.strictObject({
  ...place,
  /** Default: `event`. */
  kind: z.optional(z.enum(['event', 'campaign', 'definition-break', 'holiday'])),
});
export type Note = z.infer<typeof Note>;

/** What was agreed to be done about what a chart shows. @beta */
export const Resolution = z.strictObject({
  ...place,
  /** Who does it. */
  owner: Id,
  /** When is looked whether it has helped. */
  dueOn: LocalDate,
  /** What tells that it has. */
  success: Words,
});
export type Resolution = z.infer<typeof Resolution>;

const event = <T extends string, P extends z.core.$ZodLooseShape>(type: T, payload: P) =>
  z.strictObject({ type: z.literal(type), payload: z.strictObject(payload) });

const actions = [
  event('annotation.add', Note.shape),
  event('annotation.change', Note.shape),
  event('annotation.remove', { reason: z.optional(Words) }),
  event('annotation.undo', {}),
  event('decision.take', Resolution.shape),
  event('decision.change', Resolution.shape),
  /** Whether it has helped, once that is known. */
  event('decision.conclude', { outcome: z.enum(['reached', 'missed', 'unclear']), text: z.optional(Words) }),
  event('decision.withdraw', { reason: Words }),
  event('decision.undo', {}),
] as const;

/** What can be done with an annotation or a decision, as the payload of a `Command` of the same type. @beta */
export const MarkAction = z.discriminatedUnion('type', actions);
export type MarkAction = z.infer<typeof MarkAction>;

/** One line of the history of an annotation or a decision. @beta */
export const MarkEvent = z.strictObject({
  v: Version,
  commandId: Command.shape.commandId,
  target: Id,
  /** 1 for the first event of a target, then one more each. */
  version: z.int().check(z.positive()),
  by: Actor,
  at: Instant,
  action: MarkAction,
});
export type MarkEvent = z.infer<typeof MarkEvent>;

/** How an annotation or a decision stands. @beta */
export const MarkLine = z.object({
  id: z.string(),
  ledgerVersion: z.int(),
  type: z.enum(['annotation', 'decision']),
  status: z.enum(['stands', 'concluded', 'removed']),
  at: z.string(),
  /** As in `Annotation`; `decision` of a decision. */
  kind: z.string(),
  text: z.string(),
  of: z.optional(z.string()),
  owner: z.optional(z.string()),
  dueOn: z.optional(z.string()),
  success: z.optional(z.string()),
  conclusion: z.optional(z.object({ outcome: z.string(), text: z.optional(z.string()) })),
  /** Who made it, and who changed it last. */
  by: Actor,
  changed: z.object({ by: Actor, at: z.string() }),
});
export type MarkLine = z.infer<typeof MarkLine>;

/** The annotations and decisions of a ledger, removed ones included. @beta */
export const MarkList = z.object({ v: Version, marks: z.array(MarkLine) });
export type MarkList = z.infer<typeof MarkList>;
