import { MarkAction, type Command, type MarkEvent } from '../contracts/index.ts';
import { Id } from '../contracts/primitives.ts';
import { decide, type Decision, type Signed } from '../ledger/index.ts';
import { readInput } from '../read-input.ts';
import { applyMarkEvent, initialMark, type MarkState } from './state.ts';

/** What became of a command. */
export type MarkDecision = Decision<MarkState, MarkEvent>;

/**
 * Decides a command on an annotation or a decision by the rules all logs share. Pure: nothing is kept and no clock is
 * read.
 *
 * @param log every event of the target, oldest first.
 * @param undoMs how long whoever did something may take it back, in milliseconds.
 */
export function decideMark(log: readonly MarkEvent[], command: Command, now: Signed, undoMs: number): MarkDecision {
  const { v, commandId, target } = command;
  return decide<MarkAction, MarkEvent, MarkState>(log, command, now, {
    start: initialMark(target),
    apply: applyMarkEvent,
    read: ({ type, payload }) => {
      readInput(Id, target, 'target');
      return readInput(MarkAction, { type, payload }, 'command');
    },
    refuse: (state, action) => refusal(state, action, now, undoMs),
    event: (version, action) => ({ v, commandId, target, version, by: now.by, at: now.at, action }),
  });
}

/** Why an action is not allowed now, with the remedy. */
function refusal(
  { id, now, last, before }: MarkState,
  { type }: MarkAction,
  { by, at }: Signed,
  undoMs: number,
): string | null {
  const [kind, verb] = type.split('.');
  if (verb === 'undo') {
    if (last === null || before === undefined) return 'type: there is nothing to undo; an undo is not undone';
    if (last.by.id !== by.id) return `by.id: ${last.by.name} did it last; ask them to undo it`;
    return Date.parse(at) - Date.parse(last.at) > undoMs ? 'at: it is too late to undo it; change it instead' : null;
  }
  if (verb === 'add' || verb === 'take')
    return now === null ? null : `target: there is a ${now.type} ${id} already; give this one its own id`;
  if (now === null || now.type !== kind) return `target: there is no ${kind} ${id}; make it first`;
  if (now.removed) return `target: ${id} was removed; make another`;
  const isTheirs = now.by.team === by.team || ('owner' in now.said && now.said.owner === by.id);
  if (!isTheirs) return `by.team: it is of ${now.by.team}; ask them`;
  return now.conclusion === undefined ? null : `type: ${id} is concluded; take another decision`;
}
