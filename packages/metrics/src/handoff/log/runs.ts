import type { ClockKey, HandoffEvent } from '../contracts/index.ts';
import { applyHandoffEvent } from '../machine/apply.ts';
import type { Clock } from '../machine/clocks.ts';
import { initialHandoff, type Handoff } from '../machine/state.ts';
import { ALL_CLOCKS } from '../machine/transitions.ts';

/** One run of one clock, with the hand-off as it was when the run ended, or as it is. @beta */
export interface ClockRun {
  clock: ClockKey;
  handoff: Handoff;
}

/**
 * Every run of every clock of a hand-off, in the order they ended: what was returned and offered again has two of
 * `acceptance`. A run that an undo took up again is one. Read each with `clockReading`.
 *
 * @param log every event of the hand-off, oldest first.
 * @beta
 */
export function clockRuns(id: string, log: readonly HandoffEvent[]): ClockRun[] {
  const runs: ClockRun[] = [];
  let state = initialHandoff(id);
  for (const event of doneEvents(log)) {
    const { now } = state;
    const next = applyHandoffEvent(state, event);
    for (const clock of ALL_CLOCKS) {
      const [before, after] = [now?.clocks[clock] ?? null, next.now?.clocks[clock]];
      if (now !== null && isStopped(before) && after?.stoppedAt === null) runs.push({ clock, handoff: now });
    }
    state = next;
  }
  const { now } = state;
  if (now !== null) {
    for (const clock of ALL_CLOCKS) if (now.clocks[clock] !== null) runs.push({ clock, handoff: now });
  }
  return runs;
}

const isStopped = (clock: Clock | null): boolean => clock !== null && clock.stoppedAt !== null;

/** The events of a log that were not taken back, without the undos. The log itself stays as it is. @beta */
export function doneEvents(log: readonly HandoffEvent[]): HandoffEvent[] {
  const done: HandoffEvent[] = [];
  for (const event of log) {
    if (event.action.type === 'handoff.undo') done.pop();
    else done.push(event);
  }
  return done;
}

/** The events of each hand-off, in the order of a log of all of them. @beta */
export function logsOf(events: Iterable<HandoffEvent>): Map<string, HandoffEvent[]> {
  const logs = new Map<string, HandoffEvent[]>();
  for (const event of events) {
    const log = logs.get(event.target);
    if (log === undefined) logs.set(event.target, [event]);
    else log.push(event);
  }
  return logs;
}
