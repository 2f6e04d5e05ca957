import { TermAction, TermKey, type Actor, type Command, type TermEvent } from '../../contracts/index.ts';
import { canonicalJson } from '../../definitions/hash.ts';
import { InputError } from '../../errors.ts';
import { readInput } from '../../read-input.ts';
import type { TermContext } from './context.ts';
import { refusalOf } from './refuse.ts';
import { applyTermEvent, replayTerm, type TermState } from './state.ts';

/** What became of a command. Only `done` with an event changes anything: append that event to the log. */
export type TermDecision =
  | { status: 'done'; version: number; state: TermState; event?: TermEvent }
  | { status: 'conflict'; version: number; state: TermState; by?: Actor; at?: string }
  | { status: 'refused'; version: number; state: TermState; message: string };

/**
 * Decides a command on a term. Pure: nothing is kept and no clock is read.
 *
 * A command that the log has already is `done` again, with the version and state it led to and no new event; its
 * id with other content is refused. An `expectedVersion` that is not the number of events is a `conflict`, with who
 * was faster. What the rules do not allow is `refused` with a message that names the remedy.
 *
 * @param log every event of the term, oldest first.
 */
export function decideTerm(log: readonly TermEvent[], command: Command, context: TermContext): TermDecision {
  const state = replayTerm(command.target, log, context.base);
  const refused = (message: string): TermDecision => ({ status: 'refused', version: state.version, state, message });
  let action: TermAction;
  try {
    readInput(TermKey, command.target, 'target');
    action = readInput(TermAction, { type: command.type, payload: command.payload }, 'command');
  } catch (error) {
    if (error instanceof InputError) return refused(error.message);
    throw error;
  }
  const known = log.findIndex((e) => e.commandId === command.commandId);
  const seen = log[known];
  if (seen !== undefined) {
    if (canonicalJson(seen.action) !== canonicalJson(action) || seen.by.id !== context.by.id)
      return refused(`commandId: ${command.commandId} was used for another command; give this one its own id`);
    return {
      status: 'done',
      version: seen.version,
      state: replayTerm(command.target, log.slice(0, known + 1), context.base),
    };
  }
  if (command.expectedVersion !== state.version) {
    const late = state.last === null ? {} : { by: state.last.by, at: state.last.at };
    return { status: 'conflict', version: state.version, state, ...late };
  }
  const refusal = refusalOf(state, action, context);
  if (refusal !== null) return refused(refusal);
  const event: TermEvent = {
    v: command.v,
    commandId: command.commandId,
    target: command.target,
    version: state.version + 1,
    by: context.by,
    at: context.at,
    action,
  };
  return { status: 'done', version: event.version, state: applyTermEvent(state, event), event };
}
