import type { Pool, RoutingState, Seller } from '../contracts/index.ts';
import { awayFault, fullFault } from '../decide/who.ts';
import type { Calendars } from '../sla/reading.ts';

/** Who is next, and why others are not. */
export interface Turn {
  seller: string | null;
  /** The turns owed in this pool once the offer is made. */
  turns: Readonly<Record<string, number>>;
  /** Sellers who were passed over, each with the reason. */
  passed: readonly { seller: string; because: string }[];
}

/**
 * Weighted round robin among those who are there, work now and are under their cap. Each gains its weight, the one
 * with most is next and pays the weights of all (the smooth weighted round robin of nginx, 2012), so that turns are
 * spread and add up to 0. Whoever is passed over because of the cap gains too and is served first once there is room;
 * whoever is away does not.
 */
export function nextTurn(
  pool: Pool,
  sellers: readonly Seller[],
  { state, calendars, at, seed }: { state: RoutingState; calendars: Calendars; at: string; seed: number },
): Turn {
  const before = state.turns[pool.id] ?? {};
  const turns: Record<string, number> = { ...before };
  const passed: { seller: string; because: string }[] = [];
  const free: string[] = [];
  let total = 0;
  for (const { id, weight = 1 } of pool.sellers) {
    const seller = sellers.find((one) => one.id === id);
    const away =
      seller === undefined ? 'is not known' : (awayFault(seller, at) ?? closedFault(id, pool.id, calendars, at));
    const full = seller === undefined ? null : fullFault(seller, state.load[id] ?? 0);
    const because = away ?? full;
    if (because !== null) passed.push({ seller: id, because });
    else free.push(id);
    if (away !== null) continue;
    total += weight;
    turns[id] = (turns[id] ?? 0) + weight;
  }
  const order = free.toSorted(
    (a, b) => (turns[b] ?? 0) - (turns[a] ?? 0) || lot(seed, pool.id, a) - lot(seed, pool.id, b) || (a < b ? -1 : 1),
  );
  const [seller] = order;
  // Without an offer nothing moves.
  if (seller === undefined) return { seller: null, turns: before, passed };
  turns[seller] = (turns[seller] ?? 0) - total;
  return { seller, turns, passed };
}

function closedFault(seller: string, pool: string, { people, teams }: Calendars, at: string): string | null {
  const hours = people?.[seller] ?? teams?.[pool] ?? teams?.['sales'];
  const now = Date.parse(at);
  return hours === undefined || hours.nextOpen(now) === now ? null : 'does not work now';
}

/** A number that is the same for the same texts: FNV-1a of 32 bits. */
function lot(seed: number, pool: string, seller: string): number {
  let hash = 0x811c9dc5;
  for (const c of `${seed}\u0000${pool}\u0000${seller}`) hash = Math.imul(hash ^ (c.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
