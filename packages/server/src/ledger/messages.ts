import * as z from 'zod/mini';

const Row = z.object({
  kind: z.string(),
  target: z.string(),
  version: z.int(),
  commandId: z.string(),
  at: z.string(),
  body: z.string(),
});
export type Row = z.infer<typeof Row>;

/** What the thread of a ledger is asked. */
export const Request = z.discriminatedUnion('does', [
  z.object({ id: z.int(), does: z.literal('append'), rows: z.array(Row), after: z.int() }),
  z.object({
    id: z.int(),
    does: z.literal('keep'),
    leads: z.array(z.object({ person: z.string(), card: z.string() })),
  }),
  z.object({ id: z.int(), does: z.literal('forget'), person: z.string() }),
  z.object({ id: z.int(), does: z.literal('read'), after: z.int() }),
  z.object({ id: z.int(), does: z.literal('leads'), person: z.optional(z.string()) }),
  z.object({ id: z.int(), does: z.literal('look') }),
  z.object({ id: z.int(), does: z.literal('close') }),
]);
export type Request = z.infer<typeof Request>;

/** What it says. The first, with the id 0, says that the file is open. */
export const Reply = z.object({
  id: z.int(),
  value: z.optional(z.unknown()),
  error: z.optional(z.string()),
  /** Whether it failed because another process added events first. */
  overtaken: z.optional(z.boolean()),
  /** Why nothing can be written now, where that is known. */
  barred: z.optional(z.enum(['full', 'read-only'])),
});
export type Reply = z.infer<typeof Reply>;
