import type { Stream } from '../random.ts';

export const ORIGINS = ['marketing', 'teleprospecting', 'sales'] as const;
export type Origin = (typeof ORIGINS)[number];
export const SEGMENTS = ['small', 'mid-market', 'enterprise'] as const;
export type Segment = (typeof SEGMENTS)[number];
export const REGIONS = ['DACH', 'Nordics', 'UK & Ireland', 'Benelux'] as const;
export type Region = (typeof REGIONS)[number];

/** A list with the share of each entry; the shares add up to 1. */
export type Mix<T> = readonly (readonly [T, number])[];

export const ORIGIN_MIX: Mix<Origin> = [
  ['marketing', 0.86],
  ['teleprospecting', 0.1],
  ['sales', 0.04],
];

/** Marketing aims at small companies; sales calls on the mid-market. */
export const SEGMENT_MIX: Record<Origin, Mix<Segment>> = {
  marketing: [
    ['small', 0.62],
    ['mid-market', 0.28],
    ['enterprise', 0.1],
  ],
  teleprospecting: [
    ['small', 0.4],
    ['mid-market', 0.45],
    ['enterprise', 0.15],
  ],
  sales: [
    ['small', 0.15],
    ['mid-market', 0.6],
    ['enterprise', 0.25],
  ],
};

export const REGION_MIX: Mix<Region> = [
  ['DACH', 0.45],
  ['Nordics', 0.2],
  ['UK & Ireland', 0.2],
  ['Benelux', 0.15],
];

export const SOURCE_MIX: Record<Origin, Mix<string>> = {
  marketing: [
    ['paid-search', 0.24],
    ['webinar', 0.22],
    ['content-download', 0.22],
    ['event', 0.14],
    ['organic-search', 0.1],
    ['social', 0.08],
  ],
  teleprospecting: [
    ['cold-call', 0.6],
    ['outbound-e-mail', 0.4],
  ],
  sales: [
    ['referral', 0.5],
    ['account-plan', 0.3],
    ['partner', 0.2],
  ],
};

/** The sellers of each region. */
export const SELLERS: Record<Region, readonly [string, ...string[]]> = {
  DACH: ['Servo Mustermann', 'Cog Beispiel', 'Rivet Musterfrau', 'Dynamo Dummybauer', 'Washer Nullvik'],
  Nordics: ['Flange Eksempel', 'Torque Exempel', 'Winch Esimerkki'],
  'UK & Ireland': ['Sprocket Sampleton', 'Bracket Mockford', 'Gimbal Fauxworth'],
  Benelux: ['Pulley Voorbeeld', 'Hinge Specimen'],
};

/** Median contract in euro cents. */
export const DEAL_MEDIAN: Record<Segment, number> = {
  small: 18_000_00,
  'mid-market': 85_000_00,
  enterprise: 240_000_00,
};

/** One entry of a mix, by one draw. */
export function draw<T>(stream: Stream, mix: Mix<T>): T {
  let rest = stream.unit();
  let last: T | undefined;
  for (const [entry, share] of mix) {
    last = entry;
    rest -= share;
    if (rest < 0) return entry;
  }
  if (last === undefined) throw new RangeError('a mix needs an entry');
  return last;
}
