import type { Command, CommandOutcome } from '../contracts/index.ts';
import { kindOf, type Desk, type DeskDecision, type Giver } from './desk.ts';
import { termLine } from './glossary/lines.ts';
import { entriesOf } from './handoffs/entries.ts';
import { rowOf } from './handoffs/list.ts';
import { mayMeet, permitted } from './handoffs/views.ts';
import type { Asking } from './reader.ts';
import { refusalParts } from './refusal.ts';

/**
 * Decides a command of somebody with these rights. Nothing is changed: keep the event, then `desk.add` it. A hand-off
 * the rights do not reach is said to be as absent as what there is not.
 * @beta
 */
export function decideFor(desk: Desk, command: Command, giver: Giver, asking: Asking): DeskDecision {
  const { rights } = asking;
  const refused = (message: string): DeskDecision => ({ status: 'refused', version: 0, message });
  if (!rights.caps.includes('act')) return refused('caps: your rights do not include "act"; ask for it');
  const kind = scopeOf(command.type);
  if (!rights.scopes.some((scope) => scope === '*' || scope === kind))
    return refused(`scopes: your rights do not include "${kind}"; ask for it`);
  if (kind === 'handoffs' && !reaches(desk, command, asking))
    return refused(`target: there is no hand-off ${command.target}; draft it first`);
  return desk.decide(command, giver);
}

/** The scope that a command of a type needs. @beta */
export function scopeOf(type: string): 'glossary' | 'annotations' | 'handoffs' {
  return ({ term: 'glossary', mark: 'annotations', handoff: 'handoffs' } as const)[kindOf(type)];
}

function reaches(desk: Desk, { target, payload }: Command, asking: Asking): boolean {
  const { rows } = asking.rights;
  const entry = entriesOf(desk).get(target);
  if (entry !== undefined) return permitted(rows, [entry], desk, asking).length === 1;
  const { personId } = payload;
  return mayMeet(rows, typeof personId === 'string' ? personId : '', desk, asking);
}

/** What is said to whoever gave the command: of a hand-off its row, of a term its line, as they stand now. @beta */
export function outcomeFor(desk: Desk, command: Command, decision: DeskDecision, asking: Asking): CommandOutcome {
  const { status, version, by, at, message } = decision;
  const parts = message === undefined ? undefined : refusalParts(message);
  const state = status === 'refused' ? undefined : stateOf(desk, command, asking);
  return {
    status,
    ...(status === 'refused' ? {} : { version }),
    ...(state === undefined ? {} : { state }),
    ...(by === undefined ? {} : { by: { id: by.id, name: by.name, team: by.team } }),
    ...(at === undefined ? {} : { at }),
    ...(message === undefined || parts === undefined ? {} : { message, field: parts.field, remedy: parts.remedy }),
  };
}

function stateOf(desk: Desk, { type, target }: Command, asking: Asking): unknown {
  if (kindOf(type) === 'mark') return desk.mark(target);
  if (kindOf(type) === 'term') {
    const state = desk.term(target)?.state;
    return state === undefined ? undefined : termLine(state, asking.at);
  }
  const entry = entriesOf(desk).get(target);
  return entry === undefined ? undefined : rowOf(entry, desk, asking);
}
