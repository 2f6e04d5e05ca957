import type { FunnelActor } from '../../contracts/index.ts';
import type { Growing } from '../columns.ts';
import type { Dataset } from '../dataset.ts';
import { entityOffsets } from '../dataset.ts';
import type { Activities } from './activities.ts';

/** Events by actor, each actor's in order: what an event-mode question reads. */
export interface ActorEvents {
  /** Actor a's events are `offsets[a]` to `offsets[a + 1]`. */
  offsets: Int32Array;
  size: number;
  at: Float64Array;
  /** See `OrderedRows`. */
  dayStart: Float64Array | null;
  /** The code of the event's name. */
  name: Int32Array;
  /** The event's row in the activities. */
  row: Int32Array;
  /** Events that belong to nobody. */
  unlinked: number;
}

/** Groups the events by person, account, opportunity or a property. For records, the actor's number is the entity's row. */
export function groupByActor(
  activities: Activities,
  entities: Dataset['entities'],
  actor: FunnelActor,
  timeZone: string,
): ActorEvents {
  const { rows, at, dayStart } = activities.ordered(timeZone);
  const [actorOf, size] = actorReader(activities, entities, actor);
  const n = rows.length;
  const actors = new Int32Array(n);
  let linked = 0;
  for (let i = 0; i < n; i++) {
    const a = actorOf(rows[i] ?? 0);
    actors[i] = a;
    if (a >= 0) linked++;
  }
  const offsets = entityOffsets(linked === n ? actors : actors.filter((a) => a >= 0), linked, size);
  const next = offsets.slice();
  const grouped = {
    offsets,
    size,
    at: new Float64Array(linked),
    dayStart: dayStart === null ? null : new Float64Array(linked),
    name: new Int32Array(linked),
    row: new Int32Array(linked),
    unlinked: n - linked,
  };
  const names = activities.name.view();
  for (let i = 0; i < n; i++) {
    const a = actors[i] ?? -1;
    if (a < 0) continue;
    const slot = next[a] ?? 0;
    next[a] = slot + 1;
    const row = rows[i] ?? 0;
    grouped.at[slot] = at[i] ?? 0;
    if (grouped.dayStart !== null) grouped.dayStart[slot] = dayStart?.[i] ?? Number.NaN;
    grouped.name[slot] = names[row] ?? 0;
    grouped.row[slot] = row;
  }
  return grouped;
}

/** The actor of a row, −1 for none, and how many actors there may be. */
function actorReader(
  activities: Activities,
  entities: Dataset['entities'],
  actor: FunnelActor,
): [of: (row: number) => number, size: number] {
  const of = (rows: Growing<Int32Array>): ((row: number) => number) => {
    const view = rows.view();
    return (row) => view[row] ?? -1;
  };
  if (actor === 'person') return [of(activities.person), entities.person.size];
  if (actor === 'opportunity') return [of(activities.opportunity), entities.opportunity.size];
  if (actor === 'account') return accountReader(activities, entities);
  if (actor.property === 'personId') return [of(activities.person), entities.person.size];
  if (actor.property === 'accountId') return [of(activities.account), entities.account.size];
  if (actor.property === 'opportunityId') return [of(activities.opportunity), entities.opportunity.size];
  const column = activities.column(actor.property);
  return column === null ? [() => -1, 0] : [(row) => column.code(row) - 1, column.codes - 1];
}

/** The event's own account, else that of its person's record. */
function accountReader(
  activities: Activities,
  entities: Dataset['entities'],
): [of: (row: number) => number, size: number] {
  const ofPerson = new Int32Array(entities.person.size).fill(-1);
  for (let p = 0; p < ofPerson.length; p++) {
    const id = entities.person.link(p, 'accountId');
    if (typeof id === 'string') ofPerson[p] = entities.account.row(id);
  }
  const own = activities.account.view();
  const person = activities.person.view();
  return [
    (row) => {
      const account = own[row] ?? -1;
      return account >= 0 ? account : (ofPerson[person[row] ?? -1] ?? -1);
    },
    entities.account.size,
  ];
}
