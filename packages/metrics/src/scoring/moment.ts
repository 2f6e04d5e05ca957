import type { Activity, Facts } from './contracts.ts';
import { InputError } from '../errors.ts';
import { INSTANT_TEXT, isDay, zone } from '../time/zone.ts';

/** When a score is taken. */
export interface Moment {
  /** Milliseconds. */
  asOf: number;
  timeZone: string;
}

/**
 * The milliseconds of an instant, or of the end of a day.
 *
 * @throws InputError when it is neither.
 */
export function instantOf(at: string, timeZone: string, field: string): number {
  if (isDay(at)) return zone(timeZone).endOf(at);
  const ms = INSTANT_TEXT.test(at) ? Date.parse(at) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  throw new InputError(field, `"${at}" is no date`, 'write a day (2026-07-01) or an instant (2026-07-01T12:00:00Z)');
}

/** {@link instantOf} of what happened by a moment: a day that still lasts then has come to the moment itself. */
export function happened(at: string, { asOf, timeZone }: Moment, field: string): number {
  const ms = instantOf(at, timeZone, field);
  return ms > asOf && at === zone(timeZone).dayOf(asOf) ? asOf : ms;
}

/** An activity with its time in milliseconds. */
export interface Timed {
  activity: Activity;
  ms: number;
  /** The signal it is supposed to count for, whatever that one asks of attributes. */
  as?: string;
}

/**
 * The activities up to a moment, newest first. What comes later would leak the future into the score.
 *
 * @throws InputError for one that is later.
 */
export function upTo(activities: readonly Activity[], moment: Moment, path: string): Timed[] {
  const timed = activities.map((activity, i) => {
    const field = `${path}.${i}.at`;
    const ms = happened(activity.at, moment, field);
    if (ms > moment.asOf) throw leak(field, activity.at, moment, 'leave out what came later, or score a later moment');
    return { activity, ms };
  });
  return timed.sort((a, b) => b.ms - a.ms);
}

/** Refuses facts that were read after the moment. @throws InputError */
export function checkKnown(facts: Facts | undefined, moment: Moment, path: string): void {
  if (facts?.knownAt === undefined) return;
  const field = `${path}.knownAt`;
  if (happened(facts.knownAt, moment, field) > moment.asOf) {
    throw leak(field, facts.knownAt, moment, 'give the facts as they were then');
  }
}

const leak = (field: string, at: string, { asOf }: Moment, remedy: string): InputError =>
  new InputError(field, `${at} is after the moment of the score, ${new Date(asOf).toISOString()}`, remedy);
