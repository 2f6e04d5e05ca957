import { HOUR, DAY } from '../time/berlin.ts';
import type { Origin, Region, Segment } from './market.ts';

/** The chance of each step from the one before; `won` means within the window. */
export interface StepRates {
  mql: number;
  sal: number;
  sql: number;
  opportunity: number;
  won: number;
}

/**
 * What the company converts, under the newer MQL criteria and in calm quarters. Over its segment
 * mix marketing wins 1.5 % of its leads and sales 25 %.
 */
export const RATES: Record<Origin, Record<Segment, StepRates>> = {
  marketing: {
    small: { mql: 0.42, sal: 0.48, sql: 0.5, opportunity: 0.26, won: 0.155 },
    'mid-market': { mql: 0.33, sal: 0.64, sql: 0.7, opportunity: 0.58, won: 0.42 },
    enterprise: { mql: 0.28, sal: 0.62, sql: 0.66, opportunity: 0.5, won: 0.42 },
  },
  teleprospecting: {
    small: { mql: 0.4, sal: 0.62, sql: 0.58, opportunity: 0.36, won: 0.29 },
    'mid-market': { mql: 0.49, sal: 0.78, sql: 0.7, opportunity: 0.54, won: 0.45 },
    enterprise: { mql: 0.47, sal: 0.74, sql: 0.68, opportunity: 0.5, won: 0.4 },
  },
  sales: {
    small: { mql: 0.75, sal: 0.92, sql: 0.82, opportunity: 0.68, won: 0.42 },
    'mid-market': { mql: 0.84, sal: 0.96, sql: 0.9, opportunity: 0.8, won: 0.48 },
    enterprise: { mql: 0.82, sal: 0.95, sql: 0.87, opportunity: 0.78, won: 0.445 },
  },
};

/** Closing differs by region; over the region mix the factors average 1. */
export const REGION_WINS: Record<Region, number> = { DACH: 1, Nordics: 1.15, 'UK & Ireland': 1, Benelux: 0.8 };

/**
 * Under the older criteria marketing passed on three quarters as many leads and sales accepted
 * correspondingly more of them: the new criteria moved a line, not the leads.
 */
export const OLDER_CRITERIA = 0.75;

/** Month by month in the vicious quarter: who is still followed up, how long it takes, what it is worth. */
export const VICIOUS = {
  followUp: [0.9, 0.72, 0.55],
  delay: [1.6, 2.8, 4.5],
  quality: [0.95, 0.85, 0.72],
} as const;

/** Of the opportunities not won within the window, those that are lost, and those won after it. */
export const LOST_SHARE = 0.82;
export const LATE_SHARE = 0.03;

/** Share of leads that went from lead straight to opportunity and are won, as sales wins its leads. */
export const SKIP_WON = 0.25;

/** Median and sigma (of the logarithm) of each delay, elapsed milliseconds. */
export const DELAYS = {
  mql: {
    marketing: [5 * DAY, 0.9],
    teleprospecting: [2 * DAY, 0.8],
    sales: [0.6 * DAY, 0.8],
  },
  accept: [2.4 * HOUR, 0.9],
  qualify: [7 * DAY, 0.6],
  opportunity: [9 * DAY, 0.6],
  win: [42 * DAY, 0.4],
  lose: [34 * DAY, 0.6],
  nurture: [16 * DAY, 0.7],
  decline: [30 * HOUR, 0.8],
  drop: [8 * DAY, 0.6],
} as const;

/** No lead takes longer to become an MQL. */
export const MQL_CAP = 45 * DAY;
