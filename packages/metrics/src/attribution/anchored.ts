import { InputError } from '../errors.ts';
import type { MiddleScope } from './contracts.ts';
import { needTouches } from './rules.ts';

/** Where the milestones lie: 0-based touch indexes; null or left out where a milestone was not reached. @beta */
export interface Anchors {
  /** The last touch before becoming a contact. */
  leadCreation?: number | null | undefined;
  /** The last touch before the deal was created. */
  opportunityCreation?: number | null | undefined;
  /** The last touch before the deal was won. */
  closedWon?: number | null | undefined;
}

/*
 * One rule covers these models and all their edge cases: shares are set on the anchors, the middle
 * share goes equally to the middle touches, and the parts that are there are scaled to 1. Anchors on
 * one touch add up; a milestone that was not reached, or a middle without touches, is no part.
 * Parts are whole numbers, see `weights` and `apportion`.
 */

/**
 * 40 % first, 40 % last, 20 % middle: the U-shape of Matomo and Salesforce Marketing Intelligence.
 *
 * @param n touches, at least 1.
 * @throws InputError
 * @beta
 */
export function positionBased(n: number): number[] {
  needTouches(n);
  return anchored(n, [anchor('first', 0, 40), anchor('last', n - 1, 40)], 20, 'between');
}

/**
 * 40 % first, 40 % lead creation, 20 % middle: the U-shape of HubSpot.
 *
 * @param n touches, at least 1.
 * @throws InputError for an anchor that is no touch.
 * @beta
 */
export function uShaped(n: number, { leadCreation }: Anchors, middleScope: MiddleScope = 'between'): number[] {
  return anchored(n, [anchor('first', 0, 40), anchor('leadCreation', leadCreation, 40)], 20, middleScope);
}

/**
 * 30 % first, 30 % lead creation, 30 % opportunity creation, 10 % middle.
 *
 * @param n touches, at least 1.
 * @throws InputError for an anchor that is no touch.
 * @beta
 */
export function wShaped(n: number, anchors: Anchors, middleScope: MiddleScope = 'between'): number[] {
  const { leadCreation, opportunityCreation } = anchors;
  return anchored(
    n,
    [
      anchor('first', 0, 30),
      anchor('leadCreation', leadCreation, 30),
      anchor('opportunityCreation', opportunityCreation, 30),
    ],
    10,
    middleScope,
  );
}

/**
 * 22.5 % each to first, lead creation, opportunity creation and closed-won, 10 % middle.
 *
 * @param n touches, at least 1.
 * @throws InputError for an anchor that is no touch.
 * @beta
 */
export function fullPath(n: number, anchors: Anchors, middleScope: MiddleScope = 'between'): number[] {
  const { leadCreation, opportunityCreation, closedWon } = anchors;
  return anchored(
    n,
    [
      anchor('first', 0, 225),
      anchor('leadCreation', leadCreation, 225),
      anchor('opportunityCreation', opportunityCreation, 225),
      anchor('closedWon', closedWon, 225),
    ],
    100,
    middleScope,
  );
}

interface Anchor {
  name: string;
  index: number | null | undefined;
  share: number;
}

const anchor = (name: string, index: number | null | undefined, share: number): Anchor => ({ name, index, share });

function anchored(n: number, anchors: readonly Anchor[], middleShare: number, scope: MiddleScope): number[] {
  needTouches(n);
  if (scope !== 'between' && scope !== 'all') {
    throw new InputError('middleScope', `"${String(scope)}" is not known`, 'use between or all');
  }
  const shares = new Map<number, number>();
  for (const { name, index, share } of anchors) {
    if (index === null || index === undefined) continue;
    if (!Number.isInteger(index) || index < 0 || index >= n) {
      throw new InputError(
        `anchors.${name}`,
        `there is no touch ${index}, the journey has ${n}`,
        `give an index from 0 to ${n - 1}, or null where the milestone was not reached`,
      );
    }
    shares.set(index, (shares.get(index) ?? 0) + share);
  }
  // The first touch is always an anchor, so the middle begins there.
  const end = scope === 'all' ? n - 1 : Math.max(...shares.keys());
  const isMiddle = (i: number): boolean => i <= end && !shares.has(i);
  const touches = Array.from({ length: n }, (_, i) => i);
  const middles = touches.filter(isMiddle).length;
  // Anchors are scaled up by the number of middles, so that a middle touch has a whole part.
  return touches.map((i) => (isMiddle(i) ? middleShare : (shares.get(i) ?? 0) * Math.max(middles, 1)));
}
