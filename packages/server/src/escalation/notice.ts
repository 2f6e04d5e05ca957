import { ClockKey } from '@sama/metrics/handoff';
import * as z from 'zod/mini';

/** What happens when a clock has used up a share of its target. */
export const Does = z.enum(['nudge', 'atRisk', 'breach', 'reassign', 'heads']);
export type Does = z.infer<typeof Does>;

/** A notice as it goes out: ids and numbers, nothing that names the lead. */
export const OutgoingNotice = z.object({
  v: z.literal(1),
  /** The same whenever this notice is sent again. */
  id: z.string(),
  does: Does,
  handoff: z.string(),
  clock: ClockKey,
  /** Of the target, in percent. */
  percent: z.number(),
  to: z.array(z.enum(['owner', 'manager', 'routing', 'headsOfBothTeams'])),
  /** Whoever has the hand-off; null where it waits in a pool. */
  seller: z.nullable(z.string()),
  pool: z.nullable(z.string()),
  rating: z.nullable(z.string()),
  /** When it became due, an ISO instant. */
  at: z.string(),
});
export type OutgoingNotice = z.infer<typeof OutgoingNotice>;

/** A way notices go. */
export interface Channel {
  /** Names it in the outbox, also after a restart. */
  name: string;
  takes(notice: OutgoingNotice): boolean;
  /** Whether one has to have ended before the next is sent, at whichever server. */
  inOrder?: boolean;
  /** @throws Error when it did not arrive, to be tried again; a GoneError when it never will. */
  send(notice: OutgoingNotice): Promise<void>;
}

/** Why a notice will never arrive. */
export class GoneError extends Error {
  override name = 'GoneError';
}
