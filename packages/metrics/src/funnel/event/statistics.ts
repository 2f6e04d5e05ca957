import type { Scalar } from '../../contracts/index.ts';

/** Those who reached a step, and what became of those for whom it was the last. @beta */
export interface StepStatistics {
  reached: number;
  /** Reached no later step, and still may. */
  open: number;
  /** Reached no later step, and cannot any more. */
  dropped: number;
}

/** Trials that began in one period, by what became of them. @beta */
export interface TrendStatistics {
  entered: number;
  converted: number;
  open: number;
  conversions?: number;
}

/** How often a duration in milliseconds occurred. @beta */
export type DurationCount = readonly [ms: number, count: number];

/**
 * The sufficient statistics of an event-mode question: all that an engine must count. Rates, times,
 * bins and odds are derived from them by the same code for every engine.
 * @beta
 */
export interface EventFunnelStatistics {
  /** Actors that pass `where` and have an event. */
  actors: number;
  /** Events without an actor. */
  unlinked: number;
  /** Events after `asOf`. */
  future: number;
  /** Trials that were followed for the whole window; 0 without a window from the entry. */
  followed: number;
  /** One for each step. With `unit: conversion` the last one counts conversions, which may outnumber the entries. */
  steps: readonly StepStatistics[];
  /** From the step reached before, one list for each step, ascending (`time` only). The first is empty. */
  durations?: readonly (readonly DurationCount[])[];
  /** From `between.from` to `between.to`, ascending (`time` only). */
  between?: readonly DurationCount[];
  /** One for each row of the plan's trend; `conversions` only with `unit: conversion`. */
  trend?: readonly TrendStatistics[];
  /** One for each value, in any order. */
  groups?: readonly { key: Scalar; steps: readonly StepStatistics[] }[];
  /** Actors that converted and dropped, and how many of each have something. */
  correlation?: {
    converted: number;
    dropped: number;
    rows: readonly { key: Scalar; converted: number; dropped: number }[];
  };
  /** The latest event up to `asOf` of those actors, milliseconds; absent without any. */
  dataThrough?: number;
}
