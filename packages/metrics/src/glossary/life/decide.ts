import { TermAction, TermKey, type Command, type TermEvent } from '../../contracts/index.ts';
import { decide, type Decision } from '../../ledger/index.ts';
import { readInput } from '../../read-input.ts';
import type { TermContext } from './context.ts';
import { refusalOf } from './refuse.ts';
import { applyTermEvent, initialTerm, type TermState } from './state.ts';

/** What became of a command. Only `done` with an event changes anything: append that event to the log. @public */
export type TermDecision = Decision<TermState, TermEvent>;

/**
 * Decides a command on a term by the rules all logs share. Pure: nothing is kept and no clock is read.
 *
 * A command that the log has already is `done` again, with the version and state it led to and no new event; its
 * id with other content is refused. An `expectedVersion` that is not the number of events is a `conflict`, with who
 * was faster. What the rules do not allow is `refused` with a message that names the remedy.
 *
 * @param log every event of the term, oldest first.
 * @public
 */
export function decideTerm(log: readonly TermEvent[], command: Command, context: TermContext): TermDecision {
  const { by, at } = context;
  return decide<TermAction, TermEvent, TermState>(
    log,
    command,
    { by, at },
    {
      start: initialTerm(command.target, context.base),
      apply: applyTermEvent,
      read: ({ target, type, payload }) => {
        readInput(TermKey, target, 'target');
        return readInput(TermAction, { type, payload }, 'command');
      },
      refuse: (state, action) => refusalOf(state, action, context),
      event: (version, action) => ({
        v: command.v,
        commandId: command.commandId,
        target: command.target,
        version,
        by,
        at,
        action,
      }),
    },
  );
}
