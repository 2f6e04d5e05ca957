import type { ClockFace } from '../../contracts/index.ts';
import type { ClockKey } from '../../handoff/contracts/index.ts';
import type { Handoff } from '../../handoff/machine/state.ts';
import { ALL_CLOCKS } from '../../handoff/machine/transitions.ts';
import { accountableFor, instantAt, isPaused } from '../../handoff/sla/reading.ts';
import type { Desk } from '../desk.ts';

/** When a clock is due and when it begins to be urgent. It does not depend on the time it is read. */
export interface Due {
  clock: ClockKey;
  dueAt: string | null;
  atRiskAt: string | null;
}

/** A clock's instants by the policy of the desk. */
export function dueOf(
  handoff: Handoff,
  clock: ClockKey,
  { policy, calendars }: Pick<Desk, 'policy' | 'calendars'>,
): Due {
  const urgent = policy.escalation.find(({ does }) => does === 'atRisk')?.percent;
  const at = (percent: number): string | null => instantAt(handoff, clock, percent, { policy, calendars });
  return { clock, dueAt: at(100), atRiskAt: urgent === undefined ? null : at(urgent) };
}

/** The running clock that is due first; null where none runs. */
export function firstDue(handoff: Handoff, desk: Pick<Desk, 'policy' | 'calendars'>): Due | null {
  const running = ALL_CLOCKS.filter((key) => handoff.clocks[key]?.stoppedAt === null);
  const [first = null] = running.map((key) => dueOf(handoff, key, desk)).sort((a, b) => later(a) - later(b));
  return first;
}

const later = ({ dueAt }: Due): number => (dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt));

/** A clock as a page shows it at an instant. */
export function faceOf(handoff: Handoff, { clock, dueAt, atRiskAt }: Due, at: string): ClockFace {
  const stopped = handoff.clocks[clock]?.stoppedAt ?? null;
  return {
    clock,
    accountable: accountableFor(clock),
    state: stopped !== null ? 'stopped' : isPaused(handoff, clock, at) ? 'paused' : 'running',
    dueAt,
    atRiskAt,
    breached: dueAt !== null && Date.parse(stopped ?? at) > Date.parse(dueAt),
  };
}
