import type { Command } from '../../contracts/command.ts';
import { Id, TimeZone } from '../../contracts/primitives.ts';
import { decide, type Decision } from '../../ledger/index.ts';
import { readInput } from '../../read-input.ts';
import { HandoffAction, HandoffActor, type HandoffEvent } from '../contracts/index.ts';
import { applyHandoffEvent } from '../machine/apply.ts';
import { initialHandoff, type HandoffState } from '../machine/state.ts';
import type { HandoffContext } from './context.ts';
import { refusalOf } from './refuse.ts';

/** What became of a command. Only `done` with an event changes anything: append that event to the log. @beta */
export type HandoffDecision = Decision<HandoffState, HandoffEvent>;

/**
 * Decides a command on a hand-off. Pure: nothing is kept and no clock is read.
 *
 * A command the log already has is `done` again without a new event. An `expectedVersion` that is not the number of
 * events is a `conflict` that says who was faster and when: of two sellers who accept, the first wins. What the state
 * machine does not allow is `refused` with a message that names the field and the remedy.
 *
 * @param log every event of the hand-off, oldest first.
 * @beta
 */
export function decideHandoff(
  log: readonly HandoffEvent[],
  command: Command,
  context: HandoffContext,
): HandoffDecision {
  const { by, at, zone, via } = context;
  const { v, commandId, target } = command;
  return decide<HandoffAction, HandoffEvent, HandoffState>(
    log,
    command,
    { by, at },
    {
      start: initialHandoff(target),
      apply: applyHandoffEvent,
      read: ({ type, payload }) => {
        readInput(Id, target, 'target');
        readInput(HandoffActor, by, 'by');
        if (zone !== undefined) readInput(TimeZone, zone, 'zone');
        return readInput(HandoffAction, { type, payload }, 'command');
      },
      refuse: (state, action) => refusalOf(state, action, context),
      event: (version, action) => ({
        v,
        commandId,
        target,
        version,
        by,
        at,
        action,
        ...(zone === undefined ? {} : { zone }),
        ...(via === undefined ? {} : { via }),
      }),
    },
  );
}
