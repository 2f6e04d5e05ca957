import * as z from 'zod/mini';
import { definitionHead } from '../contracts/definition-head.ts';
import { Currency, Duration, Id, When } from '../contracts/primitives.ts';

/** One dated interaction with a person of the buying group, by either team. @beta */
export const Touch = z.strictObject({
  id: Id,
  /** An instant, or a day: a day counts as its last millisecond in the reporting time zone. */
  at: When,
  channel: Id,
  campaign: z.optional(Id),
  asset: z.optional(Id),
  team: z.optional(z.enum(['marketing', 'sales'])),
  /** Whom it reached. Touches without a person count as those of one person. */
  personId: z.optional(Id),
  /** The system it was read from; orders touches of one instant by `sourcePriority`. */
  source: z.optional(Id),
});
export type Touch = z.infer<typeof Touch>;

/** When the three inner anchors were reached. One that is left out, or null, was not. @beta */
export const Milestones = z.strictObject({
  /** Became a contact. */
  leadCreation: z.optional(z.nullable(When)),
  /** The deal was created. */
  opportunityCreation: z.optional(z.nullable(When)),
  /** Default: `at` of the journey. */
  closedWon: z.optional(z.nullable(When)),
});
export type Milestones = z.infer<typeof Milestones>;

/** The touches of one buying group (or person) and what came of them. @beta */
export const Journey = z.strictObject({
  id: Id,
  /** The moment of the conversion; without one, when the journey was lost or last looked at. */
  at: When,
  /** Default: true. The data-driven models learn from journeys without a conversion, too. */
  converted: z.optional(z.boolean()),
  /** What the conversion is worth, in integer minor units of `currency`. */
  amount: z.optional(z.int().check(z.nonnegative())),
  /** Required beside an amount. */
  currency: z.optional(Currency),
  milestones: z.optional(Milestones),
  touches: z.array(Touch),
});
export type Journey = z.infer<typeof Journey>;

/** Which touches share the middle part: those between the outermost anchors, or all that are no anchor. @beta */
export const MiddleScope = z.enum(['between', 'all']);
export type MiddleScope = z.infer<typeof MiddleScope>;

const middleScope = z.optional(MiddleScope);

/** A model that looks at one journey at a time. @beta */
export const RuleModel = z.discriminatedUnion('model', [
  z.strictObject({ model: z.literal('first') }),
  z.strictObject({ model: z.literal('last') }),
  z.strictObject({
    model: z.literal('lastNonDirect'),
    /** The channel that is passed over, upper and lower case alike. Default: `direct`. */
    direct: z.optional(Id),
  }),
  z.strictObject({ model: z.literal('linear') }),
  z.strictObject({ model: z.literal('positionBased') }),
  /** `middleScope`: default `between`. */
  z.strictObject({ model: z.literal('uShaped'), middleScope }),
  z.strictObject({ model: z.literal('wShaped'), middleScope }),
  z.strictObject({ model: z.literal('fullPath'), middleScope }),
  z.strictObject({
    model: z.literal('timeDecay'),
    /** In which a touch loses half its weight. Default: 30 days; the classic choice is 7. */
    halfLife: z.optional(Duration),
  }),
]);
export type RuleModel = z.infer<typeof RuleModel>;

/** A model that learns from all journeys at once. @beta */
export const DataDrivenModel = z.discriminatedUnion('model', [
  z.strictObject({
    model: z.literal('markov'),
    /** How many touches back the chain remembers. Default: 1. */
    order: z.optional(z.int().check(z.positive())),
  }),
  z.strictObject({ model: z.literal('shapley') }),
]);
export type DataDrivenModel = z.infer<typeof DataDrivenModel>;

/** A rule for sharing credit between touches, with its parameters. @beta */
export const AttributionModel = z.discriminatedUnion('model', [RuleModel, DataDrivenModel]);
export type AttributionModel = z.infer<typeof AttributionModel>;

/** What credit can be read by, and what the data-driven models share it between. @beta */
export const Dimension = z.enum(['channel', 'campaign', 'asset', 'team']);
export type Dimension = z.infer<typeof Dimension>;

/** Equal journeys, counted. @beta */
export const PathCount = z.strictObject({
  /** Channels, the first touched first. */
  path: z.array(Id).check(z.minLength(1)),
  conversions: z.int().check(z.nonnegative()),
  /** Journeys along this path without a conversion. */
  nulls: z.int().check(z.nonnegative()),
});
export type PathCount = z.infer<typeof PathCount>;

const Limit = z.union([Duration, z.literal('none')]);

const choices = {
  model: AttributionModel,
  /** How far back from the conversion a touch may lie, elapsed, both ends included. Default: 180 days. */
  lookback: z.optional(Limit),
  /**
   * A touch of the same channel, campaign and person at most so long after one that counts is the same
   * touch. Default: 30 minutes.
   */
  duplicates: z.optional(Limit),
  /** Source systems from most to least trusted; orders touches of the same instant. */
  sourcePriority: z.optional(z.array(Id)),
  /** What markov and shapley share between. Default: `channel`. */
  by: z.optional(Dimension),
};
/** How credit is shared. What is left out takes the default stated here. @beta */
export const AttributionChoices = z.strictObject(choices);
export type AttributionChoices = z.infer<typeof AttributionChoices>;

/** Choices with every default filled in. @beta */
export const FilledChoices = z.strictObject({
  model: AttributionModel,
  lookback: Limit,
  duplicates: Limit,
  sourcePriority: z.array(Id),
  by: Dimension,
});
export type FilledChoices = z.infer<typeof FilledChoices>;

/** How credit is shared, as both teams agreed on it. @beta */
export const AttributionDefinition = z.strictObject({ kind: z.literal('attribution'), ...definitionHead, ...choices });
export type AttributionDefinition = z.infer<typeof AttributionDefinition>;
