import type { Command, CommandOutcome } from '@sama/metrics/contracts';
import type { Desk } from '@sama/metrics/desk';
import type { HandoffActor } from '@sama/metrics/handoff';
import type { Channel, OutgoingNotice } from './notice.ts';

/** Who acts where nobody did. */
export const RULE: HandoffActor = { id: 'sama', name: 'Sama', team: 'ops', role: 'system' };

/** Gives a command as the rule. */
export type Act = (command: Command) => Promise<CommandOutcome>;

/**
 * What the ledger does by itself when nobody accepts: at the end of the time the offer expires, so that the whole pool
 * may take it, and later it goes to the next of the pool who has least and may take it. A command of one notice has
 * one id, so it is done once.
 */
export function ruleChannel(desk: () => Desk, act: Act): Channel {
  const give = (notice: OutgoingNotice, type: string, payload: Command['payload']): Promise<CommandOutcome> => {
    const version = desk().book.get(notice.handoff) === undefined ? 0 : desk().log(notice.handoff).length;
    const commandId = `rule ${notice.id} ${type}${typeof payload['seller'] === 'string' ? ` ${payload['seller']}` : ''}`;
    return act({ v: 1, commandId, expectedVersion: version, type, target: notice.handoff, payload });
  };
  const reassign = async (notice: OutgoingNotice): Promise<void> => {
    const { staff, book } = desk();
    const { seller, pool, status } = book.get(notice.handoff) ?? {};
    if (status !== 'offered' && status !== 'expired') return;
    // Somebody else may have it since.
    if (seller !== notice.seller) return;
    const others = (staff.pools.find(({ id }) => id === pool)?.sellers ?? []).filter(({ id }) => id !== seller);
    const byLoad = others.toSorted((a, b) => book.load(a.id) - book.load(b.id) || (a.id < b.id ? -1 : 1));
    for (const { id } of byLoad) {
      const { status: outcome } = await give(notice, 'handoff.reassign', {
        seller: id,
        reason: 'not accepted in time',
      });
      if (outcome !== 'refused') return;
    }
  };
  return {
    name: 'rule',
    // An offer expires before it goes on.
    inOrder: true,
    takes: ({ does, clock }) => clock === 'acceptance' && (does === 'breach' || does === 'reassign'),
    async send(notice) {
      if (notice.does === 'reassign') await reassign(notice);
      // Refused where it was accepted, or has expired, meanwhile; it is not for whoever has it since.
      else if (desk().book.get(notice.handoff)?.seller === notice.seller) await give(notice, 'handoff.timeout', {});
    },
  };
}
