import type { HandoffRow, Reader } from '../../contracts/index.ts';
import type { HandoffActor } from '../../handoff/contracts/index.ts';
import { standingOf } from '../../handoff/log/standing.ts';
import type { Handoff } from '../../handoff/machine/state.ts';
import type { Desk } from '../desk.ts';

/** The name of a seller, or the id where none is known. */
const sellerName = (desk: Desk, id: string): string =>
  desk.staff.sellers.find((seller) => seller.id === id)?.name ?? id;

export const readerOf = ({ id, name, team, role }: HandoffActor): Reader => ({ id, name, team, role });

/** Who has to act on a hand-off, by name. */
export function ownerOf(now: Handoff, desk: Desk): HandoffRow['owner'] {
  const { owner } = standingOf(now);
  if (owner === null) return null;
  const { team, person, pool } = owner;
  const name =
    person === null ? null : team === 'marketing' ? (now.preparedBy.name ?? person) : sellerName(desk, person);
  return {
    team,
    person: person === null || name === null ? null : { id: person, name },
    pool: pool === null ? null : poolNamed(desk, pool),
  };
}

/** A pool by the name the company gives it; one that is gone, or has none, by its id. */
export const poolNamed = ({ staff }: Pick<Desk, 'staff'>, id: string): { id: string; name: string } => ({
  id,
  name: staff.pools.find((pool) => pool.id === id)?.name ?? id,
});

/** The pools a seller is in. */
export const poolsOf = (desk: Desk, id: string): string[] =>
  desk.staff.pools.filter(({ sellers }) => sellers.some((seller) => seller.id === id)).map((pool) => pool.id);
