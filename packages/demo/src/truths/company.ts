import type { Days, Frame } from '../frame.ts';
import type { StoryPlan } from '../journey/plan.ts';
import type { Volume } from '../journey/volume.ts';
import { dayText } from '../time/berlin.ts';
import type { DayRange, Figure } from './shape.ts';

/** A share within four standard errors of a sample of `n`. `stories` is what planted stories may add. */
export function figure(expected: number, n: number, stories = 0): Figure {
  const size = Math.max(1, Math.round(n));
  return { expected, tolerance: 4 * Math.sqrt((expected * (1 - expected)) / size) + stories, n: size };
}

export const range = (days: Days): DayRange => ({
  from: dayText(days.from),
  to: dayText(Math.max(days.from, days.to)),
});
export const within = (inner: Days, outer: Days): boolean =>
  inner.from >= outer.from && inner.to <= outer.to && inner.to > inner.from;
export const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

/** What the truths of one company are read from. */
export interface Company {
  frame: Frame;
  volume: Volume;
  plan: StoryPlan;
  /** Leads planned on some days. */
  leads: (days: Days) => number;
}
