import type { Actor, Command } from '../contracts/index.ts';
import { canonicalJson } from '../definitions/hash.ts';
import { InputError } from '../errors.ts';

/** Who did something and when. @public */
export interface Signed {
  by: Actor;
  at: string;
}

/** One line of an append-only log: an accepted command. */
export interface LedgerEvent<Action> extends Signed {
  commandId: string;
  /** 1 for the first event of a target, then one more each. */
  version: number;
  action: Action;
}

/** What every state says of its log. */
export interface LedgerState {
  /** Events so far; a command names it as `expectedVersion`. */
  version: number;
  /** Who did what last, for whoever comes too late. */
  last: Signed | null;
}

/** What became of a command. Only `done` with an event changes anything: append that event to the log. */
export type Decision<State, Event> =
  | { status: 'done'; version: number; state: State; event?: Event }
  | { status: 'conflict'; version: number; state: State; by?: Actor; at?: string }
  | { status: 'refused'; version: number; state: State; message: string };

/** What a kind of log adds to the rules that all logs share. */
export interface LedgerRules<Action, Event extends LedgerEvent<Action>, State extends LedgerState> {
  /** The state before the first event. */
  start: State;
  apply(state: State, event: Event): State;
  /** Reads the action of a command. @throws InputError */
  read(command: Command): Action;
  /** Why an action is not allowed now, with the remedy; null when it is. */
  refuse(state: State, action: Action): string | null;
  /** Makes the event of an accepted action. */
  event(version: number, action: Action): Event;
}

/**
 * Decides a command on a log. Pure: nothing is kept and no clock is read.
 *
 * 1. A command the log has already is `done` again, with the state it led to and no new event; its id with other
 *    content or from another person is refused.
 * 2. An `expectedVersion` that is not the number of events is a `conflict`, with who was faster; where that was the
 *    same person with the same action, as by a double click, it is `done` and nothing is added.
 * 3. An instant before the last event is refused, so that a log never runs backwards.
 * 4. What the rules do not allow is `refused` with a message that names the remedy.
 *
 * @param log every event of the target, oldest first.
 */
export function decide<Action, Event extends LedgerEvent<Action>, State extends LedgerState>(
  log: readonly Event[],
  command: Command,
  now: Signed,
  rules: LedgerRules<Action, Event, State>,
): Decision<State, Event> {
  const replay = (events: readonly Event[]): State =>
    events.reduce((state, event) => rules.apply(state, event), rules.start);
  const state = replay(log);
  const { version } = state;
  const refused = (message: string): Decision<State, Event> => ({ status: 'refused', version, state, message });
  let action: Action;
  try {
    action = rules.read(command);
  } catch (error) {
    if (error instanceof InputError) return refused(error.message);
    throw error;
  }
  const isSame = (event: Event): boolean =>
    event.by.id === now.by.id && canonicalJson(event.action) === canonicalJson(action);
  const known = log.findIndex((e) => e.commandId === command.commandId);
  const seen = log[known];
  if (seen !== undefined) {
    if (!isSame(seen))
      return refused(`commandId: ${command.commandId} was used for another command; give this one its own id`);
    return { status: 'done', version: seen.version, state: replay(log.slice(0, known + 1)) };
  }
  if (command.expectedVersion !== version) {
    const newest = log.at(-1);
    if (newest !== undefined && command.expectedVersion === version - 1 && isSame(newest))
      return { status: 'done', version, state };
    const late = state.last === null ? {} : { by: state.last.by, at: state.last.at };
    return { status: 'conflict', version, state, ...late };
  }
  if (Number.isNaN(Date.parse(now.at))) return refused(`at: "${now.at}" is no instant; give one in ISO 8601`);
  if (state.last !== null && Date.parse(now.at) < Date.parse(state.last.at))
    return refused(`at: ${now.at} is before the last event (${state.last.at}); set the clock of the ledger right`);
  const refusal = rules.refuse(state, action);
  if (refusal !== null) return refused(refusal);
  const event = rules.event(version + 1, action);
  return { status: 'done', version: event.version, state: rules.apply(state, event), event };
}
