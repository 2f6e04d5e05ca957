import * as z from 'zod/mini';
import { Id, Version } from './primitives.ts';

/** An action on the ledger. The server adds who and when. @public */
export const Command = z.strictObject({
  v: Version,
  commandId: Id,
  expectedVersion: z.int(),
  type: z.string(),
  target: Id,
  payload: z.record(z.string(), z.unknown()),
});
export type Command = z.infer<typeof Command>;

/** Who gave a command. The server sets it from the token. @public */
export const Actor = z.object({ id: z.string(), name: z.string(), team: z.string() });
export type Actor = z.infer<typeof Actor>;

/**
 * What became of a command: done, overtaken by another (`by`, `at` and the `state` that stands), or refused.
 * @public
 */
export const CommandOutcome = z.object({
  status: z.enum(['done', 'conflict', 'refused']),
  version: z.optional(z.int()),
  state: z.optional(z.unknown()),
  by: z.optional(Actor),
  at: z.optional(z.string()),
  /** Why it was refused, in English, with what would help. */
  message: z.optional(z.string()),
  /** Where the reason lies: `payload.missing.0.text`, `by.role`, `at`. */
  field: z.optional(z.string()),
  remedy: z.optional(z.string()),
});
export type CommandOutcome = z.infer<typeof CommandOutcome>;
