import { InputError } from '../../errors.ts';
import type { HandoffEvent } from '../contracts/index.ts';
import type { HandoffLookup } from '../decide/context.ts';
import { applyHandoffEvent } from '../machine/apply.ts';
import { initialHandoff, type Handoff, type HandoffState } from '../machine/state.ts';
import { OPEN } from '../machine/transitions.ts';
import { eventFault } from './read.ts';

/** All hand-offs of a ledger as they stand, kept up to date event by event. @beta */
export interface HandoffBook extends HandoffLookup {
  /** A hand-off with its version. */
  state(id: string): HandoffState | undefined;
  /** Every hand-off, in the order of their first events. */
  all(): IterableIterator<HandoffState>;
  /** Adds the event of an accepted command. @throws InputError when it cannot stand there; nothing is changed then. */
  add(event: HandoffEvent): void;
}

/**
 * Opens the book of a ledger.
 *
 * @param events of all hand-offs; those of each oldest first.
 * @param idsOf all ids a person is known by, the given one included. Default: that one.
 * @beta
 */
export function createHandoffBook(
  events: Iterable<HandoffEvent> = [],
  idsOf: (personId: string) => readonly string[] = (id) => [id],
): HandoffBook {
  const states = new Map<string, HandoffState>();
  const open = new Map<string, Set<string>>();
  /** By person: hand-offs in the order of their offers, with the number of the offer among all. */
  const offered = new Map<string, { id: string; place: number }[]>();
  let offers = 0;
  const loads = new Map<string, number>();
  const count = (seller: string, by: 1 | -1): void => void loads.set(seller, (loads.get(seller) ?? 0) + by);
  const move = (id: string, before: Handoff | null, now: Handoff | null): void => {
    const [held, holds] = [holderOf(before), holderOf(now)];
    if (held !== holds) {
      if (held !== null) count(held, -1);
      if (holds !== null) count(holds, 1);
    }
    const isOpen = now !== null && OPEN.includes(now.status);
    if (isOpen === (before !== null && OPEN.includes(before.status))) return;
    const person = now?.personId ?? before?.personId ?? '';
    const ids = open.get(person);
    if (!isOpen) ids?.delete(id);
    else if (ids === undefined) open.set(person, new Set([id]));
    else ids.add(id);
  };
  const add = (event: HandoffEvent): void => {
    const state = states.get(event.target) ?? initialHandoff(event.target);
    const fault = eventFault(state, event);
    if (fault !== null) throw new InputError(`${event.target}@${event.version}.${fault[0]}`, fault[1], fault[2]);
    const next = applyHandoffEvent(state, event);
    states.set(event.target, next);
    move(event.target, state.now, next.now);
    if (event.action.type === 'handoff.offer' && next.now !== null) {
      const line = offered.get(next.now.personId) ?? [];
      offered.set(next.now.personId, [...line, { id: event.target, place: (offers += 1) }]);
    }
  };
  for (const event of events) add(event);
  return {
    add,
    state: (id) => states.get(id),
    all: () => states.values(),
    get: (id) => states.get(id)?.now ?? undefined,
    load: (seller) => loads.get(seller) ?? 0,
    latestOf: (personId) => {
      const counts = ({ id }: { id: string }): boolean => !PASSED_BY.has(states.get(id)?.now?.status ?? 'draft');
      const lines = idsOf(personId).flatMap((id) => (offered.get(id) ?? []).filter(counts).slice(-1));
      return lines.sort((a, b) => b.place - a.place)[0]?.id;
    },
    openOf: (personId) => idsOf(personId).flatMap((id) => [...(open.get(id) ?? [])]),
  };
}

/** In these a hand-off is none of those a person has been through. */
const PASSED_BY: ReadonlySet<Handoff['status']> = new Set(['draft', 'withdrawn', 'merged']);

/** The seller who has a hand-off in hand. */
function holderOf(handoff: Handoff | null): string | null {
  if (handoff === null) return null;
  const { status, seller } = handoff;
  return status === 'offered' || status === 'accepted' || status === 'working' ? seller : null;
}
