import type { Actor, MarkEvent, MarkLine, Note, Resolution } from '../contracts/index.ts';
import type { LedgerState, Signed } from '../ledger/index.ts';

/** An annotation or a decision as it stands. */
export interface Mark {
  type: MarkLine['type'];
  /** What it says. */
  said: Note | Resolution;
  by: Actor;
  conclusion?: MarkLine['conclusion'];
  removed: boolean;
}

/** Everything that is known of one target. */
export interface MarkState extends LedgerState {
  id: string;
  now: Mark | null;
  /** What an undo goes back to; undefined where the last event was one, or there was none. */
  before: Mark | null | undefined;
}

/** A target before its first event. */
export const initialMark = (id: string): MarkState => ({ id, version: 0, last: null, now: null, before: undefined });

/** The state after one more event. */
export function applyMarkEvent(state: MarkState, { version, by, at, action }: MarkEvent): MarkState {
  const last: Signed = { by, at };
  if (action.type === 'annotation.undo' || action.type === 'decision.undo')
    return { ...state, version, last, now: state.before ?? null, before: undefined };
  return { ...state, version, last, now: after(state.now, action, by), before: state.now };
}

function after(
  now: Mark | null,
  action: Exclude<MarkEvent['action'], { type: `${string}.undo` }>,
  by: Actor,
): Mark | null {
  switch (action.type) {
    case 'annotation.add':
      return { type: 'annotation', said: action.payload, by, removed: false };
    case 'decision.take':
      return { type: 'decision', said: action.payload, by, removed: false };
    case 'annotation.change':
    case 'decision.change':
      return now && { ...now, said: action.payload };
    case 'decision.conclude':
      return now && { ...now, conclusion: action.payload };
    default:
      return now && { ...now, removed: true };
  }
}

/** How it stands, as one line; undefined where an undo took back all there was. */
export function markLine({ id, version, now, last }: MarkState): MarkLine | undefined {
  if (now === null || last === null) return undefined;
  const { type, said, by, conclusion, removed } = now;
  return {
    id,
    ledgerVersion: version,
    type,
    status: removed ? 'removed' : conclusion === undefined ? 'stands' : 'concluded',
    by,
    changed: { by: last.by, at: last.at },
    ...said,
    kind: 'owner' in said ? 'decision' : (said.kind ?? 'event'),
    ...(conclusion === undefined ? {} : { conclusion }),
  };
}
