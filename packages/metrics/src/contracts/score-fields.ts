import * as z from 'zod/mini';
import { Criteria } from './criteria.ts';
import { definitionHead } from './definition-head.ts';
import { Duration, Id, Key } from './primitives.ts';
import { Segment } from './segment.ts';

/** How well somebody fits, A best. @public */
export const Grade = z.enum(['A', 'B', 'C', 'D']);
export type Grade = z.infer<typeof Grade>;
/** How engaged somebody is, 1 most. @public */
export const Level = z.literal([1, 2, 3, 4]);
export type Level = z.infer<typeof Level>;
/** Fit grade and engagement level side by side, `A1` to `D4`; the two are never blended into one number. @public */
export const Rating = z.templateLiteral([Grade, Level]);
export type Rating = z.infer<typeof Rating>;

/** Points stay small enough that sums of them are exact. */
const Points = z.number().check(z.gte(-1000), z.lte(1000));
const Cap = z.number().check(z.positive(), z.lte(1000));
const Bound = z.number().check(z.gt(0), z.lte(100));

/** How long until points have lost half their worth; `none` = they keep it. @public */
export const HalfLife = z.union([Duration, z.literal('none')]);
export type HalfLife = z.infer<typeof HalfLife>;

/** Points for facts that meet criteria. @public */
export const FitRule = z.strictObject({ label: z.optional(z.string()), when: Criteria, points: Points });
export type FitRule = z.infer<typeof FitRule>;

/**
 * One question about who a lead is. A rule gives its points only where the facts it reads decide it:
 * what is unknown gives nothing, whatever `not` would make of it.
 * @public
 */
export const FitCriterion = z.strictObject({
  key: Key,
  label: z.optional(z.string()),
  /** Whose record the rules read. Default: that of the model's grain. */
  of: z.optional(z.enum(['person', 'account'])),
  /** Whether every rule that holds counts or only the first. Default: `sum`. */
  combine: z.optional(z.enum(['sum', 'first'])),
  /** The most points it may give. Default: the most its rules can give. */
  max: z.optional(z.number().check(z.nonnegative(), z.lte(1000))),
  rules: z.array(FitRule).check(z.minLength(1), z.maxLength(50)),
});
export type FitCriterion = z.infer<typeof FitCriterion>;

/** One kind of behaviour and what it is worth. @public */
export const Signal = z.strictObject({
  key: Key,
  label: z.optional(z.string()),
  /** The name of the activities it counts. Default: its key. */
  activity: z.optional(Id),
  /** Which of those; reads `attributes.NAME` of the activity. Default: all. */
  where: z.optional(Criteria),
  /** For each activity, before decay. */
  points: Points,
  /** Default: `none` for negative points, else that of `engagement`. */
  halfLife: z.optional(HalfLife),
  /** The most points, before decay and without sign, that all its activities together may give; newest first. Default: no limit. */
  cap: z.optional(Cap),
  /** The most activities that count on one local day, newest first. Default: no limit. */
  perDay: z.optional(z.int().check(z.positive())),
  /** Activities older than this do not count. Default: all count. */
  within: z.optional(Duration),
  /** The group whose limit it shares. */
  group: z.optional(Key),
});
export type Signal = z.infer<typeof Signal>;

/** Signals that together may give no more than `cap` points, after decay. @public */
export const SignalGroup = z.strictObject({ key: Key, label: z.optional(z.string()), cap: Cap });
export type SignalGroup = z.infer<typeof SignalGroup>;

/** The score from which each band begins, 0 to 100, end included. Below the last bound is D, and 4. @public */
export const Bands = z.strictObject({
  grade: z.strictObject({ A: Bound, B: Bound, C: Bound }),
  level: z.strictObject({ 1: Bound, 2: Bound, 3: Bound }),
});
export type Bands = z.infer<typeof Bands>;

/** What is done with a lead of a rating: a row for each grade, in it the levels 1 to 4. */
const Row = z.tuple([Key, Key, Key, Key]);
/** What to do for each grade (rows) and level (columns 1 to 4). @public */
export const ActionMatrix = z.strictObject({ A: Row, B: Row, C: Row, D: Row });
export type ActionMatrix = z.infer<typeof ActionMatrix>;

/** How an account's engagement is made of that of its people. @public */
export const AccountRule = z.strictObject({
  /** What each further person counts of the one before: `max + f · second + f² · third …`. Default: 0.5. */
  falloff: z.optional(z.number().check(z.positive(), z.lte(1))),
  /** How many engaged people make it broad. Default: 2. */
  people: z.optional(z.int().check(z.positive())),
  /** The engagement from which a person counts as engaged. Default: any above 0. */
  engagedFrom: z.optional(Bound),
  /** Who is senior, read from the person's record; one such person must be engaged. Default: nobody is asked for. */
  senior: z.optional(Criteria),
});
export type AccountRule = z.infer<typeof AccountRule>;

/**
 * What a good lead is, as both teams agreed: fit (who they are, never decays) and engagement (what
 * they did, decays), each 0 to 100, the bands that cut them and what follows from each rating.
 */
export const ScoringFields = z.strictObject({
  kind: z.literal('score'),
  ...definitionHead,
  /** Who is rated. Default: `person`. */
  grain: z.optional(z.enum(['person', 'account'])),
  fit: z.strictObject({ criteria: z.array(FitCriterion).check(z.minLength(1), z.maxLength(100)) }),
  engagement: z.strictObject({
    signals: z.array(Signal).check(z.minLength(1), z.maxLength(200)),
    groups: z.optional(z.array(SignalGroup).check(z.maxLength(50))),
    /** Of positive points whose signal states none. Default: 30 days. */
    halfLife: z.optional(HalfLife),
  }),
  /** Default: `DEFAULT_BANDS`. */
  bands: z.optional(Bands),
  /** Default: `DEFAULT_ACTIONS`. */
  actions: z.optional(ActionMatrix),
  /** Only for the grain `account`. */
  account: z.optional(AccountRule),
  /** Parts of those rated, read from the record of the grain. */
  segments: z.optional(z.array(Segment)),
});
export type ScoringFields = z.infer<typeof ScoringFields>;
