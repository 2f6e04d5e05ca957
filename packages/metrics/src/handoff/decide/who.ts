import type { Seller, Staff } from '../contracts/index.ts';
import type { Handoff } from '../machine/state.ts';
import type { HandoffContext, HandoffLookup } from './context.ts';

/** The sellers of a pool; null when there is no such pool. */
function membersOf(staff: Staff, pool: string): string[] | null {
  return staff.pools.find(({ id }) => id === pool)?.sellers.map(({ id }) => id) ?? null;
}

/** Why a seller cannot be given a hand-off now; null when that is possible. */
export function unavailable(seller: Seller, at: string, others: Pick<HandoffLookup, 'load'>): string | null {
  return awayFault(seller, at) ?? fullFault(seller, others.load(seller.id));
}

/** Why a seller is not there; null when they are. */
export function awayFault({ active, out }: Seller, at: string): string | null {
  if (active === false) return 'is not active';
  const now = Date.parse(at);
  return out?.some(({ from, to }) => Date.parse(from) <= now && now < Date.parse(to)) === true ? 'is out' : null;
}

/** Why a seller can take no more; null when they can. */
export function fullFault({ cap }: Seller, load: number): string | null {
  return cap !== undefined && load >= cap ? `has ${load} of at most ${cap}` : null;
}

/**
 * Why this seller may not decide on the hand-off; null when it is theirs. An offer to one seller is that seller's
 * until it expires, then the pool's; what was accepted is its owner's.
 */
export function notTheirs(now: Handoff, { by, staff }: HandoffContext): string | null {
  if (now.seller === by.id) return null;
  const open = now.status === 'expired' || (now.status === 'offered' && now.seller === null);
  if (open && now.pool !== null) {
    return membersOf(staff, now.pool)?.includes(by.id) === true
      ? null
      : `by.id: ${by.id} is not in the pool "${now.pool}"; ask a manager to reassign it`;
  }
  return `by.id: the hand-off is with ${now.seller ?? 'nobody'}, not with ${by.id}; ask a manager to reassign it`;
}

/** Why a hand-off cannot be given to a seller or pool; null when it can. */
export function badAddressee(
  { pool, seller }: { pool?: string | undefined; seller?: string | undefined },
  { staff }: HandoffContext,
): string | null {
  if (pool !== undefined && membersOf(staff, pool) === null)
    return `payload.pool: there is no pool "${pool}"; name one of ${names(staff.pools)}`;
  if (seller !== undefined && !staff.sellers.some(({ id }) => id === seller))
    return `payload.seller: there is no seller "${seller}"; name one of ${names(staff.sellers)}`;
  return null;
}

/** The first few of a list, for a message. */
export function names(list: readonly { id: string }[]): string {
  const shown = list.slice(0, 5).map(({ id }) => id);
  return list.length > shown.length ? `${shown.join(', ')} and ${list.length - shown.length} more` : shown.join(', ');
}
