import type { EntityRecord, StageEvent } from '../contracts/index.ts';
import type { FunnelPlan } from '../funnel/plan.ts';
import type { FunnelStatistics, ReasonGroup, StageStatistics } from '../funnel/statistics.ts';
import { normalised } from './agreement.ts';
import type { World } from './histories.ts';
import { inBatch } from './histories.ts';
import type { Choices } from './plans.ts';
import type { Example, ExampleOptions } from './questions.ts';

/** Any engine: the statistics of a question to these records and events. @beta */
export type Answerer = (
  records: readonly EntityRecord[],
  events: readonly StageEvent[],
  plan: FunnelPlan,
) => FunnelStatistics | Promise<FunnelStatistics>;

/** Something that is true of every funnel. @beta */
export interface Property {
  name: string;
  /** The questions it speaks of: give them to `arbitraryExample`. */
  of: ExampleOptions;
  /** What is wrong, in words; nothing when the property holds. */
  broken: (answer: Answerer, example: Example) => Promise<string[]>;
}

type StageNumber = Exclude<keyof StageStatistics, 'rank' | 'value' | 'durations' | 'reasons'>;
const NUMBERS = [
  'count',
  'imputed',
  'advanced',
  'open',
  'overdue',
  'recycled',
  'lost',
  'disqualified',
] as const satisfies readonly StageNumber[];

const COHORT = { view: 'cohort' } as const satisfies Choices;

/** What is true of every funnel of stages, whatever the engine. @beta */
export const PROPERTIES: readonly Property[] = [
  {
    name: 'under impute and strict the counts never increase, and who reached the next stage has advanced',
    of: { choose: COHORT },
    broken: async (answer, example) => {
      const complaints = await Promise.all(
        (['impute', 'strict'] as const).map(async (skipPolicy) => {
          const { stages } = await ask(answer, example.world, { ...example.plan, skipPolicy });
          return stages.flatMap((stage, index) => {
            const next = stages[index + 1];
            return next === undefined || (next.count <= stage.count && stage.advanced === next.count)
              ? []
              : [
                  `${skipPolicy}: ${stage.count} with ${stage.advanced} advanced, then ${next.count} at rank ${next.rank}`,
                ];
          });
        }),
      );
      return complaints.flat();
    },
  },
  {
    // With several opportunities the two policies may enter at different times and follow different ones.
    name: 'strict reaches no more than impute, and no more than open',
    of: { choose: COHORT, severalOpportunities: false },
    broken: async (answer, { world, plan }) => {
      if (plan.entryPolicy === 'last' && plan.unit === 'entity') return [];
      const { from: _from, to: _to, windowMs: _window, ...unbounded } = plan;
      const [impute, strict, open] = await Promise.all(
        (['impute', 'strict', 'open'] as const).map((skipPolicy) => ask(answer, world, { ...unbounded, skipPolicy })),
      );
      return (strict?.stages ?? []).flatMap(({ rank, count }, index) =>
        [impute, open].flatMap((other) => {
          const limit = other?.stages[index]?.count ?? 0;
          return count <= limit ? [] : [`${count} reached rank ${rank} under strict, ${limit} otherwise`];
        }),
      );
    },
  },
  {
    name: 'the outcomes of a stage add up to its count, their reasons to the losses, and the final stage has none but advanced',
    of: { choose: COHORT },
    broken: async (answer, { world, plan }) => {
      const { stages, entrants } = await ask(answer, world, plan);
      const sums = stages.flatMap((stage) => {
        const sum = stage.advanced + stage.open + stage.recycled + stage.lost + stage.disqualified;
        const gone = stage.recycled + stage.lost + stage.disqualified;
        const told = (stage.reasons ?? []).reduce((total, { count }) => total + count, 0);
        return [
          ...(sum === stage.count ? [] : [`rank ${stage.rank}: ${sum} outcomes of ${stage.count}`]),
          ...(plan.reasons !== true || told === gone
            ? []
            : [`rank ${stage.rank}: reasons of ${told}, ${gone} are gone`]),
        ];
      });
      const [first, last] = [stages[0], stages.at(-1)];
      return [
        ...sums,
        ...(first?.count === entrants ? [] : [`${first?.count} at the anchor, ${entrants} entrants`]),
        ...(last?.advanced === last?.count
          ? []
          : [`${last?.advanced} of ${last?.count} advanced from the final stage`]),
      ];
    },
  },
  {
    name: 'overdue are some of the open, imputed some of the counted, followed some of the entrants',
    of: { choose: COHORT },
    broken: async (answer, { world, plan }) => {
      const { stages, entrants, followed } = await ask(answer, world, plan);
      const parts = [
        ...stages.map((stage) => ({ part: stage.overdue, whole: stage.open, what: `overdue at rank ${stage.rank}` })),
        ...stages.map((stage) => ({ part: stage.imputed, whole: stage.count, what: `imputed at rank ${stage.rank}` })),
        { part: followed, whole: entrants, what: 'followed' },
      ];
      return parts
        .filter(({ part, whole }) => part > whole)
        .map(({ part, whole, what }) => `${part} of ${whole} ${what}`);
    },
  },
  {
    name: 'a population split by a filter and its negation adds up',
    of: {},
    broken: async (answer, { world, plan }) => {
      const where = plan.where ?? { field: 'attributes.region', eq: 'emea' };
      // The horizon is a quantile of each part's own times, unless there is a window.
      const { where: _where, ...whole } = { ...plan, estimate: plan.windowMs !== undefined };
      const [all, some, rest] = await Promise.all([
        ask(answer, world, whole),
        ask(answer, world, { ...whole, where }),
        ask(answer, world, { ...whole, where: { not: where } }),
      ]);
      return differences(additive(all, plan), additive(added(some, rest), plan));
    },
  },
  {
    name: 'the order of events and records changes nothing',
    of: {},
    broken: async (answer, { world, plan }) => {
      const there = await ask(answer, world, plan);
      const back = await answer(world.records.toReversed(), world.events.toReversed(), plan);
      const byHash = await answer(world.records, scattered(world.events), plan);
      return [
        ...differences(normalised(there, plan), normalised(back, plan)),
        ...differences(normalised(there, plan), normalised(byHash, plan)),
      ];
    },
  },
  {
    name: 'importing everything twice changes nothing',
    of: {},
    broken: async (answer, { world, plan }) => {
      const once = await ask(answer, world, plan);
      const again = world.events.map((event) => inBatch(event, 'a-again'));
      const twice = await answer(world.records, [...world.events, ...again], plan);
      return differences(normalised(once, plan), normalised(twice, plan));
    },
  },
  {
    name: 'two halves of the time add up to the whole',
    of: { choose: { ...COHORT, estimate: false } },
    broken: async (answer, { world, plan }) => {
      const { from: _from, to: _to, ...always } = plan;
      const middle = plan.from ?? plan.asOf - 40 * 86_400_000;
      const [all, before, after] = await Promise.all([
        ask(answer, world, always),
        ask(answer, world, { ...always, to: middle }),
        ask(answer, world, { ...always, from: middle }),
      ]);
      return differences(
        NUMBERS.map((number) => sums(all, number)),
        NUMBERS.map((number) => {
          const later = sums(after, number);
          return sums(before, number).map((count, index) => count + (later[index] ?? 0));
        }),
      );
    },
  },
  {
    name: 'a longer window never reaches less',
    of: { choose: COHORT },
    broken: async (answer, { world, plan }) => {
      const { windowMs = 5 * 86_400_000, ...endless } = plan;
      const [short, long] = await Promise.all([
        ask(answer, world, { ...endless, windowMs }),
        ask(answer, world, endless),
      ]);
      return short.stages.flatMap(({ rank, count }, index) => {
        const more = long.stages[index]?.count ?? 0;
        return count <= more ? [] : [`rank ${rank}: ${count} within the window, ${more} without one`];
      });
    },
  },
  {
    name: 'a snapshot puts nobody in two places',
    of: { choose: { view: 'snapshot' } },
    broken: async (answer, { world, plan }) => {
      const { stages, side, entities } = await ask(answer, world, plan);
      const standing = [...stages, ...side].reduce((sum, { count }) => sum + count, 0);
      return standing <= entities ? [] : [`${standing} stand somewhere, of ${entities}`];
    },
  },
];

/** The part of a world that is asked. */
type Store = Pick<World, 'records' | 'events'>;

/** Asks two engines the same and tells where they differ; nothing when they agree. @beta */
export async function agrees(one: Answerer, other: Answerer, world: Store, plan: FunnelPlan): Promise<string[]> {
  const [left, right] = await Promise.all([ask(one, world, plan), ask(other, world, plan)]);
  return differences(normalised(left, plan), normalised(right, plan));
}

async function ask(answer: Answerer, world: Store, plan: FunnelPlan): Promise<FunnelStatistics> {
  return answer(world.records, world.events, plan);
}

function sums(statistics: FunnelStatistics, number: StageNumber): number[] {
  return statistics.stages.map((stage) => stage[number]);
}

/** In an order that has nothing to do with time or entity. */
function scattered(events: readonly StageEvent[]): StageEvent[] {
  return [...events.filter((_, index) => index % 3 === 2), ...events.filter((_, index) => index % 3 !== 2)];
}

/** The statistics of two parts that have no entity in common. */
function added(one: FunnelStatistics, other: FunnelStatistics): FunnelStatistics {
  const instants = [one.dataThrough, other.dataThrough].filter((instant) => instant !== undefined);
  return {
    stages: one.stages.map((stage, index) => {
      const more = other.stages[index];
      const both = (number: StageNumber): number => stage[number] + (more?.[number] ?? 0);
      return {
        rank: stage.rank,
        count: both('count'),
        imputed: both('imputed'),
        advanced: both('advanced'),
        open: both('open'),
        overdue: both('overdue'),
        recycled: both('recycled'),
        lost: both('lost'),
        disqualified: both('disqualified'),
        value: addedValue([...(stage.value ?? []), ...(more?.value ?? [])]),
        durations: [...(stage.durations ?? []), ...(more?.durations ?? [])],
        reasons: addedReasons([...(stage.reasons ?? []), ...(more?.reasons ?? [])]),
      };
    }),
    side: one.side.map(({ rank, count }) => ({
      rank,
      count: count + (other.side.find((side) => side.rank === rank)?.count ?? 0),
    })),
    entrants: one.entrants + other.entrants,
    followed: one.followed + other.followed,
    ...(one.horizonMs !== undefined && { horizonMs: one.horizonMs }),
    conversion: [...(one.conversion ?? []), ...(other.conversion ?? [])],
    warnings: {
      futureEvents: one.warnings.futureEvents + other.warnings.futureEvents,
      unknownStageEvents: one.warnings.unknownStageEvents + other.warnings.unknownStageEvents,
      undated: one.warnings.undated + other.warnings.undated,
      unlinked: 0,
    },
    entities: one.entities + other.entities,
    missing: [],
    ...(instants.length > 0 && { dataThrough: Math.max(...instants) }),
  };
}

function addedReasons(groups: readonly ReasonGroup[]): ReasonGroup[] {
  const alike = (a: ReasonGroup, b: ReasonGroup): boolean => a.outcome === b.outcome && a.reason === b.reason;
  return groups
    .filter((one, index) => groups.findIndex((other) => alike(one, other)) === index)
    .map((first) =>
      Object.assign({}, first, {
        count: groups.filter((other) => alike(first, other)).reduce((sum, { count }) => sum + count, 0),
      }),
    );
}

function addedValue(values: readonly { currency: string; sum: number }[]): { currency: string; sum: number }[] {
  return [...new Set(values.map(({ currency }) => currency))].map((currency) => ({
    currency,
    sum: values.filter((value) => value.currency === currency).reduce((sum, value) => sum + value.sum, 0),
  }));
}

/** What of an answer adds up: not the unlinked, which belong to nobody, nor the stages nobody visits. */
function additive(statistics: FunnelStatistics, plan: FunnelPlan): unknown {
  return normalised({ ...statistics, warnings: { ...statistics.warnings, unlinked: 0 }, missing: [] }, plan);
}

/** The places where two plain values differ. */
function differences(left: unknown, right: unknown, path = ''): string[] {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return Object.is(left, right) ? [] : [`${path}: ${JSON.stringify(left)} and ${JSON.stringify(right)}`];
  }
  const [mine, theirs] = [new Map(Object.entries(left)), new Map(Object.entries(right))];
  return [...new Set([...mine.keys(), ...theirs.keys()])].flatMap((key) =>
    differences(mine.get(key), theirs.get(key), path === '' ? key : `${path}.${key}`),
  );
}
