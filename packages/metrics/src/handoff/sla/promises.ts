import type { Rate } from '../../contracts/values.ts';
import { Rating } from '../../contracts/score-fields.ts';
import { rate } from '../../funnel/stages.ts';
import { InputError } from '../../errors.ts';
import type { ClockKey, HandoffEvent } from '../contracts/index.ts';
import type { Handoff } from '../machine/state.ts';
import { clockRuns, doneEvents } from '../log/runs.ts';
import type { PreparedPolicy } from '../policy.ts';
import { clockReading, type Calendars } from './reading.ts';

/** What the teams promise each other. Shares are 0 to 1. @beta */
export interface Promises {
  /** Hand-offs that sales accepts, by rating; `all` counts every one. */
  accepted?: Partial<Record<Rating | 'all', number>>;
  /** The share of hand-offs that is never returned. */
  complete?: number;
  /** The share of clocks kept, by clock. */
  kept?: Partial<Record<ClockKey, number>>;
}

/** One promise and what became of it. @beta */
export interface PromiseLine {
  side: 'marketing' | 'sales' | 'ops';
  promise: string;
  target: number | null;
  /** A count, or a share with its 95 % Wilson interval. */
  actual: { count: number } | { rate: Rate };
  /** Clocks that still run in time: they count neither way. */
  open: number;
  /** Clocks that cannot be counted, for want of a calendar. */
  unknown: number;
  /** Whether the target is met; null without a target or without a value. */
  met: boolean | null;
}

const CLOCKS: readonly [ClockKey, PromiseLine['side']][] = [
  ['marketingFix', 'marketing'],
  ['acceptance', 'sales'],
  ['firstResponse', 'sales'],
  ['disposition', 'sales'],
  ['systemLatency', 'ops'],
];

/**
 * Both sides of the agreement. Marketing promises how many are accepted, that they are complete and how fast it
 * completes; sales how fast it decides, responds and finishes. A clock is kept when it stopped by the instant it was
 * due, and broken once that has passed, stopped or not; what still runs in time is open. A stopped clock that ended
 * otherwise (withdrawn, merged, or recycled before a response) counts like any other, by when it stopped.
 *
 * @param logs the events of each hand-off, oldest first.
 * @beta
 */
export function slaReport(
  logs: ReadonlyMap<string, readonly HandoffEvent[]>,
  {
    policy,
    calendars,
    at,
    promises = {},
  }: { policy: PreparedPolicy; calendars: Calendars; at: string; promises?: Promises },
): PromiseLine[] {
  checkPromises(promises);
  const accepted = new Map<string, number>();
  let [offered, complete] = [0, 0];
  const tally = new Map(CLOCKS.map(([key]) => [key, { kept: 0, broken: 0, open: 0, unknown: 0 }]));
  for (const [id, log] of logs) {
    const done = doneEvents(log);
    const runs = clockRuns(id, log);
    const now: Handoff | undefined = runs.at(-1)?.handoff;
    if (now === undefined) continue;
    if (done.some(({ action }) => action.type === 'handoff.offer')) {
      offered += 1;
      if (!done.some(({ action }) => action.type === 'handoff.return')) complete += 1;
    }
    if (done.some(({ action }) => action.type === 'handoff.accept')) {
      for (const key of ['all', now.rating]) if (key !== null) accepted.set(key, (accepted.get(key) ?? 0) + 1);
    }
    for (const { clock, handoff } of runs) {
      const counts = tally.get(clock);
      const reading = clockReading(handoff, clock, { policy, calendars, at });
      if (counts === undefined || reading === null) continue;
      if (reading.handoff.used.value === null) counts.unknown += 1;
      else if (reading.handoff.breached) counts.broken += 1;
      else counts[reading.state === 'stopped' ? 'kept' : 'open'] += 1;
    }
  }
  const lines: PromiseLine[] = [];
  const keys = new Set(['all', ...Object.keys(promises.accepted ?? {})]);
  for (const key of keys) {
    const target = (key === 'all' ? promises.accepted?.all : ratingTarget(promises, key)) ?? null;
    const count = accepted.get(key) ?? 0;
    const met = target === null ? null : count >= target;
    lines.push({ side: 'marketing', promise: `accepted ${key}`, target, actual: { count }, open: 0, unknown: 0, met });
  }
  lines.push(shareLine('marketing', 'complete', promises.complete, complete, offered, { open: 0, unknown: 0 }));
  for (const [key, side] of CLOCKS) {
    const { kept, broken, ...rest } = tally.get(key) ?? { kept: 0, broken: 0, open: 0, unknown: 0 };
    lines.push(shareLine(side, key, promises.kept?.[key], kept, kept + broken, rest));
  }
  return lines;
}

function ratingTarget(promises: Promises, key: string): number | undefined {
  const rating = Rating.safeParse(key);
  return rating.success ? promises.accepted?.[rating.data] : undefined;
}

function shareLine(
  side: PromiseLine['side'],
  promise: string,
  target: number | undefined,
  k: number,
  n: number,
  rest: Pick<PromiseLine, 'open' | 'unknown'>,
): PromiseLine {
  const share = rate(k, n);
  const met = target === undefined || share.value === null ? null : share.value >= target;
  return { side, promise, target: target ?? null, actual: { rate: share }, ...rest, met };
}

function checkPromises({ accepted = {}, complete, kept = {} }: Promises): void {
  const shares = Object.entries({ complete, ...kept });
  const wrong = shares.find(([, share]) => share !== undefined && !(share >= 0 && share <= 1));
  if (wrong !== undefined)
    throw new InputError(`promises.${wrong[0]}`, `${wrong[1]} is no share`, 'write 0.9 for ninety percent');
  const count = Object.entries(accepted).find(
    ([key, n]) => !(n >= 0) || (key !== 'all' && !Rating.safeParse(key).success),
  );
  if (count !== undefined)
    throw new InputError(
      `promises.accepted.${count[0]}`,
      `${count[1]} cannot be counted`,
      'give 0 or more for a rating or all',
    );
}
