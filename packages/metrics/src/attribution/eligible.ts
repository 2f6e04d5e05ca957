import { InputError } from '../errors.ts';
import { durationMs } from '../time/duration.ts';
import { isDay, zone } from '../time/zone.ts';
import type { Anchors } from './anchored.ts';
import type { Exclusion } from './answer.ts';
import type { FilledChoices, Journey, Touch } from './contracts.ts';

/** A touch that has a part in its journey. */
export interface EligibleTouch {
  touch: Touch;
  /** Milliseconds. */
  at: number;
  /** Milliseconds from the touch to the end of the journey. */
  age: number;
}

/** A journey with the touches that count, earliest first. */
export interface EligibleJourney {
  journey: Journey;
  touches: readonly EligibleTouch[];
  anchors: Anchors;
  excluded: readonly Exclusion[];
}

/** When something happened, in milliseconds. @throws InputError for a day without a time zone. */
export type Moment = (at: string, field: string) => number;

/** Instants as they are, days as the last millisecond of the local day. */
export function momentIn(timeZone: string | undefined): Moment {
  return (at, field) => {
    if (!isDay(at)) return Date.parse(at);
    if (timeZone === undefined) {
      throw new InputError(
        field,
        `${at} is a day and no instant`,
        'say where: give the option timeZone, such as Europe/Berlin',
      );
    }
    return zone(timeZone).endOf(at);
  };
}

/**
 * The touches that count: within the look-back window, both ends included, and not after the end of
 * the journey; of touches that are one, the first. They are ordered by instant, source priority and id.
 *
 * @param field the path of the journey in messages.
 */
export function eligible(journey: Journey, limits: FilledChoices, moment: Moment, field: string): EligibleJourney {
  const end = moment(journey.at, `${field}.at`);
  const from = limits.lookback === 'none' ? Number.NEGATIVE_INFINITY : end - durationMs(limits.lookback);
  const excluded: Exclusion[] = [];
  const exclude = ({ id }: Touch, reason: Exclusion['reason']): void => {
    excluded.push({ journeyId: journey.id, touchId: id, reason });
  };
  const inTime: EligibleTouch[] = [];
  for (const [i, touch] of journey.touches.entries()) {
    const at = moment(touch.at, `${field}.touches.${i}.at`);
    if (at > end) exclude(touch, 'after-conversion');
    else if (at < from) exclude(touch, 'before-lookback');
    else inTime.push({ touch, at, age: end - at });
  }
  const within = limits.duplicates === 'none' ? -1 : durationMs(limits.duplicates);
  const lastOf = new Map<string, number>();
  const touches = inTime.sort(inOrder(limits.sourcePriority)).filter(({ touch, at }) => {
    const same = JSON.stringify([touch.channel, touch.campaign, touch.personId]);
    const last = lastOf.get(same);
    if (last !== undefined && at - last <= within) {
      exclude(touch, 'duplicate');
      return false;
    }
    lastOf.set(same, at);
    return true;
  });
  const { leadCreation, opportunityCreation, closedWon = journey.at } = journey.milestones ?? {};
  const anchor = (name: string, at: string | null | undefined): number | null => {
    if (at === null || at === undefined) return null;
    const ms = moment(at, `${field}.milestones.${name}`);
    const index = touches.findLastIndex((touch) => touch.at <= ms);
    return index === -1 ? null : index;
  };
  return {
    journey,
    touches,
    excluded,
    anchors: {
      leadCreation: anchor('leadCreation', leadCreation),
      opportunityCreation: anchor('opportunityCreation', opportunityCreation),
      closedWon: anchor('closedWon', closedWon),
    },
  };
}

function inOrder(priority: readonly string[]): (a: EligibleTouch, b: EligibleTouch) => number {
  const places = new Map(priority.map((source, place) => [source, place]));
  const place = ({ source }: Touch): number =>
    (source === undefined ? undefined : places.get(source)) ?? priority.length;
  return (a, b) => a.at - b.at || place(a.touch) - place(b.touch) || (a.touch.id < b.touch.id ? -1 : 1);
}
