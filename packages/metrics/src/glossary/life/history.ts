import type { Actor, TermDefinition, TermEvent } from '../../contracts/index.ts';
import { changedFields, type FieldChange } from '../change.ts';
import { applyTermEvent, initialTerm } from './state.ts';

/** One line of a term's history as a reader sees it. @public */
export interface HistoryLine {
  version: number;
  commandId: string;
  at: string;
  by: Actor;
  type: TermEvent['action']['type'];
  /** Which version of the term it is about, where it names one. */
  termVersion?: string;
  /** The reason or comment given with it. */
  reason?: string;
  /** Of a draft or proposal: what it changes of the version agreed before; everything when there is none. */
  diff: FieldChange[];
}

/** The history of a term, oldest first: who, which team, when, what differs, and why. Nothing is left out. @public */
export function termHistory(key: string, log: readonly TermEvent[], base?: TermDefinition): HistoryLine[] {
  let state = initialTerm(key, base);
  return log.map((event) => {
    const { version, commandId, at, by, action } = event;
    const text = 'term' in action.payload ? action.payload.term : undefined;
    const before = state.agreed.at(-1)?.term;
    const termVersion = text?.version ?? ('version' in action.payload ? action.payload.version : undefined);
    const reason =
      'comment' in action.payload
        ? action.payload.comment
        : 'reason' in action.payload
          ? action.payload.reason
          : undefined;
    state = applyTermEvent(state, event);
    return {
      version,
      commandId,
      at,
      by,
      type: action.type,
      ...(termVersion === undefined ? {} : { termVersion }),
      ...(reason === undefined ? {} : { reason }),
      diff: text === undefined ? [] : changedFields(before ?? blank(text), text),
    };
  });
}

/** A term of which nothing is said yet. */
function blank({ kind, id, version }: TermDefinition): TermDefinition {
  return { kind, id, version, term: '', owners: [], definition: '' };
}
