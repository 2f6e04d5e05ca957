import type { HandoffOutcome } from '@sama/connectors';
import { isMarkEvent, isTermEvent, type DeskEvent } from '@sama/metrics/desk';
import { zone } from '@sama/metrics/time';

interface Decided {
  index: number;
  outcome: HandoffOutcome | undefined;
}

/**
 * What sales decided after the first `after` events of a ledger: of each hand-off the last acceptance
 * or return, in the order of these. A step that was undone counts as not made.
 */
export function decisionsOf(events: readonly DeskEvent[], after: number, timeZone: string): HandoffOutcome[] {
  const persons = new Map<string, string>();
  const steps = new Map<string, Decided[]>();
  const local = zone(timeZone);
  for (const [index, event] of events.entries()) {
    if (isTermEvent(event) || isMarkEvent(event)) continue;
    const { target, action, at } = event;
    if (action.type === 'handoff.draft' || action.type === 'handoff.reenter')
      persons.set(target, action.payload.personId);
    const made = steps.get(target) ?? [];
    steps.set(target, made);
    if (action.type === 'handoff.undo') {
      made.pop();
      continue;
    }
    const common = { personId: persons.get(target) ?? '', day: local.dayOf(Date.parse(at)) };
    const outcome: HandoffOutcome | undefined =
      action.type === 'handoff.accept'
        ? { ...common, decision: 'accepted' }
        : action.type === 'handoff.return'
          ? { ...common, decision: 'returned', reason: reasonOf(action.payload.missing) }
          : undefined;
    made.push({ index, outcome });
  }
  const last = [...steps.values()].flatMap((made) => made.findLast(({ outcome }) => outcome !== undefined) ?? []);
  return last
    .filter(({ index, outcome }) => index >= after && outcome !== undefined && outcome.personId !== '')
    .sort((a, b) => a.index - b.index)
    .flatMap(({ outcome }) => outcome ?? []);
}

/** The missing elements as one text, each with its words. */
function reasonOf(missing: readonly { element: string; text?: string | undefined }[]): string {
  return missing.map(({ element, text }) => (text === undefined ? element : `${element}: ${text}`)).join('; ');
}
