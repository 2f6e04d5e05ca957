import type { HandoffLogLine } from '../../contracts/index.ts';
import type { HandoffAction, HandoffEvent, Missing } from '../../handoff/contracts/index.ts';
import { doneEvents } from '../../handoff/log/runs.ts';
import { applyHandoffEvent } from '../../handoff/machine/apply.ts';
import { initialHandoff } from '../../handoff/machine/state.ts';
import { SHARED_REASONS } from '../../handoff/reasons.ts';
import type { PreparedPolicy } from '../../handoff/policy.ts';
import { readerOf } from './people.ts';

/** The log of a hand-off as a reader sees it, oldest first. */
export function logLines(id: string, log: readonly HandoffEvent[], policy: PreparedPolicy): HandoffLogLine[] {
  const done = new Set(doneEvents(log));
  let state = initialHandoff(id);
  return log.map((event) => {
    const before = state.now?.status ?? null;
    state = applyHandoffEvent(state, event);
    const { version, at, by, via = null, action } = event;
    return {
      version,
      type: action.type.slice('handoff.'.length),
      at,
      by: readerOf(by),
      via,
      before,
      after: state.now?.status ?? null,
      undone: action.type !== 'handoff.undo' && !done.has(event),
      ...saidWith(action, policy),
    };
  });
}

/** Reason, words and elements an action came with. */
function saidWith(action: HandoffAction, policy: PreparedPolicy): Pick<HandoffLogLine, 'reason' | 'text' | 'elements'> {
  switch (action.type) {
    case 'handoff.return':
      return { elements: action.payload.missing.map((missing) => elementOf(missing, policy)) };
    case 'handoff.resubmit':
      return { elements: action.payload.answers.map((answer) => elementOf(answer, policy)) };
    case 'handoff.recycle':
    case 'handoff.disqualify': {
      const list = action.type === 'handoff.recycle' ? 'recycle' : 'disqualify';
      const { reason: code, text = 'evidence' in action.payload ? action.payload.evidence : undefined } =
        action.payload;
      return { reason: { code, ...labelOf(code, list, policy) }, ...(text === undefined ? {} : { text }) };
    }
    case 'handoff.withdraw':
    case 'handoff.release':
      return { text: action.payload.reason };
    case 'handoff.reassign':
      return action.payload.reason === undefined ? {} : { text: action.payload.reason };
    case 'handoff.accept':
      return action.payload.override === undefined ? {} : { text: action.payload.override };
    case 'handoff.note':
      return { text: action.payload.text };
    default:
      return {};
  }
}

/** What a label says, and whether it is the company's own. */
export interface Label {
  label: string;
  own?: true;
}

/** The label of a reason's code, or the code where the list no longer has it. */
export function labelOf(code: string, list: keyof PreparedPolicy['reasons'], policy: PreparedPolicy): Label {
  const label = policy.reasons[list].reasons.find((reason) => reason.code === code)?.label ?? code;
  return { label, ...ownIf(SHARED_REASONS.get(code)?.label !== label) };
}

/** The mark of words that are the company's own. */
export const ownIf = (own: boolean): Pick<Label, 'own'> => (own ? { own } : {});

/** A missing element, or its answer, with the label of its list. */
export function elementOf<T extends Missing>(given: T, policy: PreparedPolicy): T & Label {
  return { ...given, ...labelOf(given.element, 'return', policy) };
}
