import * as z from 'zod/mini';
import { Criteria } from './criteria.ts';
import { definitionHead } from './definition-head.ts';
import { EventField } from './event-funnel-fields.ts';
import { Duration, Id, Key } from './primitives.ts';
import { DefinitionName } from './question-frame.ts';
import { Segment } from './segment.ts';

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

/** What a touch says of itself: a field of its event, or always the same. @beta */
export const TouchValue = z.union([EventField, z.strictObject({ is: Id })]);
export type TouchValue = z.infer<typeof TouchValue>;

const EventName = z.string().check(z.minLength(1), z.maxLength(200));
/** Which events are touches, and what they say. The first rule that an event fits speaks for it. @beta */
export const TouchRule = z.strictObject({
  /** One of these names. Default: any event. */
  event: z.optional(z.union([EventName, z.array(EventName).check(z.minLength(1), z.maxLength(100))])),
  /** Criteria on the event itself. Default: none. */
  where: z.optional(Criteria),
  /** An event without one is no touch, and counted apart. */
  channel: TouchValue,
  /** Default: the event's `campaignId`. */
  campaign: z.optional(TouchValue),
  asset: z.optional(TouchValue),
  team: z.optional(z.enum(['marketing', 'sales'])),
});
export type TouchRule = z.infer<typeof TouchRule>;

/** Where the journeys of a question come from. @beta */
export const JourneySource = z.strictObject({
  /** The funnel of stages whose entities convert. */
  funnel: DefinitionName,
  /** The stage that is the conversion, at the first visit. Default: the last. */
  conversion: z.optional(Key),
  /** The stages that are the inner milestones. Default: none. */
  leadCreation: z.optional(Key),
  opportunityCreation: z.optional(Key),
  /**
   * Whose touches belong to a journey: those on all people of its account, on its person, or on the
   * opportunity itself. A record that names no account has the touches on its person. Default: that of
   * the person in a funnel of persons, else of the account.
   */
  group: z.optional(z.enum(['account', 'person', 'opportunity'])),
  touches: z.array(TouchRule).check(z.minLength(1), z.maxLength(50)),
  /** Which entities have journeys, by their record. Default: all. */
  where: z.optional(Criteria),
});
export type JourneySource = z.infer<typeof JourneySource>;

/** The fields of an attribution, one by one; `AttributionDefinition` also checks them against each other. @beta */
export const AttributionDefinitionFields = z.strictObject({
  kind: z.literal('attribution'),
  ...definitionHead,
  ...choices,
  /** Needed to be asked as a question; `attribute` is given its journeys. */
  journeys: z.optional(JourneySource),
  segments: z.optional(z.array(Segment)),
});
export type AttributionDefinitionFields = z.infer<typeof AttributionDefinitionFields>;
