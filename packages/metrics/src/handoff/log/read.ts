import { InputError } from '../../errors.ts';
import { readInput } from '../../read-input.ts';
import { HandoffEvent } from '../contracts/index.ts';
import { applyHandoffEvent } from '../machine/apply.ts';
import { initialHandoff, type HandoffState } from '../machine/state.ts';
import { TRANSITIONS } from '../machine/transitions.ts';

/** Why an event cannot follow a state in a log: field, reason, remedy. Null when it can. */
export function eventFault(state: HandoffState, event: HandoffEvent): [string, string, string] | null {
  const { now, last, version } = state;
  const { action } = event;
  if (event.target !== state.id)
    return ['target', `is of ${event.target}, not of ${state.id}`, 'read each hand-off from its own log'];
  if (event.version !== version + 1)
    return ['version', `${event.version} does not follow ${version}`, 'give every event once, oldest first'];
  if (last !== null && event.at !== last.at && Date.parse(event.at) < Date.parse(last.at))
    return ['at', `${event.at} is before the event before it (${last.at})`, 'restore the log as it was written'];
  const { from } = TRANSITIONS[action.type];
  if (now === null ? from.length > 0 : !from.includes(now.status))
    return [
      'action.type',
      `${action.type} does not follow ${now?.status ?? 'nothing'}`,
      'restore the log as it was written',
    ];
  return action.type === 'handoff.undo' && state.before === null
    ? ['action.type', 'there is nothing to undo', 'restore the log as it was written']
    : null;
}

/**
 * Reads the log of one hand-off from JSON and replays it, all or nothing.
 *
 * @throws InputError naming the first event that is none, is of another hand-off, or cannot stand where it stands.
 * @beta
 */
export function readHandoffLog(id: string, input: readonly unknown[]): { log: HandoffEvent[]; state: HandoffState } {
  const log: HandoffEvent[] = [];
  const seen = new Map<string, number>();
  let state = initialHandoff(id);
  for (const [i, value] of input.entries()) {
    const event = readInput(HandoffEvent, value, `log.${i}`);
    const fault = eventFault(state, event);
    if (fault !== null) throw new InputError(`log.${i}.${fault[0]}`, fault[1], fault[2]);
    const first = seen.get(event.commandId);
    if (first !== undefined) {
      throw new InputError(`log.${i}.commandId`, `is that of log.${first} too`, 'give every command once');
    }
    seen.set(event.commandId, i);
    log.push(event);
    state = applyHandoffEvent(state, event);
  }
  return { log, state };
}
