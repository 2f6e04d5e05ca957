import { clockReadings, hoursOf, type ClockReading, type ReadingContext } from './reading.ts';
import type { ClockKey, EscalationStep } from '../contracts/index.ts';
import type { Handoff } from '../machine/state.ts';

/** A notice that is due. @beta */
export interface Notice {
  /** The same for the same level of the same run: send it once, and keep it as sent. */
  key: string;
  clock: ClockKey;
  percent: number;
  does: EscalationStep['does'];
  /** Whom it is for. `reassign` is for routing, which finds the next seller. */
  to: readonly ('owner' | 'manager' | 'routing' | 'headsOfBothTeams')[];
  /** Of the target, used up. */
  share: number;
  /** Not before this instant: quiet outside opening hours. Null when they never open. */
  sendAt: string | null;
}

const TO: Readonly<Record<EscalationStep['does'], Notice['to']>> = {
  nudge: ['owner'],
  atRisk: ['owner'],
  breach: ['owner', 'manager'],
  reassign: ['routing'],
  heads: ['headsOfBothTeams'],
};

/**
 * The notices that are due and not sent yet: by default at 50 % of a clock a nudge, at 75 % "at risk", at 100 % the
 * manager too, at 150 % another seller, at 200 % the heads of both teams. Only running clocks escalate.
 *
 * @param id of the hand-off, for the keys.
 * @param sent keys of notices that were sent.
 * @beta
 */
export function noticesDue(
  id: string,
  handoff: Handoff,
  context: ReadingContext,
  sent: ReadonlySet<string> = new Set(),
): Notice[] {
  return clockReadings(handoff, context)
    .filter(({ state }) => state === 'running')
    .flatMap((reading) =>
      context.policy.escalation.flatMap((step) => noticeOf(id, handoff, reading, step, context) ?? []),
    )
    .filter(({ key }) => !sent.has(key));
}

function noticeOf(
  id: string,
  handoff: Handoff,
  reading: ClockReading,
  { percent, does, clock = 'owner' }: EscalationStep,
  context: ReadingContext,
): Notice | null {
  // Only what waits for a seller can be given to another one.
  if (does === 'reassign' && reading.clock !== 'acceptance') return null;
  const used = clock === 'owner' ? reading.owner : reading.handoff;
  const share = used?.share.value ?? null;
  if (used === null || share === null || share * 100 < percent) return null;
  const { hours } = hoursOf(handoff, reading.accountable, context);
  const opens = hours === null ? Date.parse(context.at) : hours.nextOpen(Date.parse(context.at));
  return {
    key: [id, reading.clock, used.since, percent].join(' '),
    clock: reading.clock,
    percent,
    does,
    to: TO[does],
    share,
    sendAt: opens === null ? null : new Date(opens).toISOString(),
  };
}
