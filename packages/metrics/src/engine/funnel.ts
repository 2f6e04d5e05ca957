import { compileCriteria } from '../criteria/index.ts';
import type { FunnelPlan, Span } from '../funnel/plan.ts';
import type { DurationGroup, EntryStatistics, FunnelStatistics, StageStatistics } from '../funnel/statistics.ts';
import type { Dataset } from './dataset.ts';
import { derivedReader } from './derived.ts';
import type { LineData } from './line-data.ts';
import { ReasonTally } from './reasons.ts';
import { Tally } from './tally.ts';
import { CohortCounter, type AmountOf, type Trial } from './trials.ts';

/** Counts a funnel question over the visits of a line. */
export function countFunnel(data: Dataset, line: LineData, plan: FunnelPlan): FunnelStatistics {
  const reasons = plan.reasons === true ? new ReasonTally(plan, data) : undefined;
  const { whole, part } = pass(data, line, plan, [plan], reasons?.add);
  const { stages, ...rest } = part(0);
  return {
    stages: reasons === undefined ? stages : stages.map((one) => ({ ...one, reasons: reasons.at(one.rank) })),
    ...rest,
    ...whole,
  };
}

/** Counts a cohort or the entries of each span, in one pass over the visits. */
export function countEntries(
  data: Dataset,
  line: LineData,
  plan: FunnelPlan,
  spans: readonly Span[],
): EntryStatistics[] {
  const { whole, part } = pass(data, line, plan, spans);
  return spans.map((_, i) => ({ ...part(i), missing: whole.missing }));
}

type PartStatistics = Omit<FunnelStatistics, 'warnings' | 'entities' | 'missing' | 'dataThrough'>;

/** What a pass counts: of everything, and of each span. */
interface Passed {
  whole: Omit<FunnelStatistics, keyof PartStatistics>;
  part: (span: number) => PartStatistics;
}

function pass(
  data: Dataset,
  line: LineData,
  plan: FunnelPlan,
  spans: readonly Span[],
  seen?: (trial: Trial) => void,
): Passed {
  const passes = entityFilter(line, plan);
  const counter =
    plan.view === 'cohort'
      ? new CohortCounter(plan, line, amountOf(data, line), spans, seen)
      : plan.view === 'activity'
        ? new ActivityCounter(plan, line, spans)
        : new SnapshotCounter(plan, line);
  let exist = 0;
  let undated = 0;
  let latest = Number.NEGATIVE_INFINITY;
  forEachEntity(line, plan, passes, (e, begin, end, standing) => {
    exist++;
    if (end > begin) {
      const last = line.at[end - 1] ?? 0;
      if (last > latest) latest = last;
      counter.add(e, begin, end);
    } else if (standing !== undefined) {
      undated++;
      if (counter instanceof SnapshotCounter) counter.undated(standing);
    }
  });
  const filtered = (rows: readonly number[]): number => (passes === null ? rows.length : rows.filter(passes).length);
  const horizon = counter instanceof CohortCounter ? counter.horizon() : null;
  return {
    part: (span) =>
      counter instanceof CohortCounter
        ? cohortStatistics(counter.tallies[span] ?? new Tally(plan, {}), plan, horizon)
        : { ...counter.result(span), entrants: 0, followed: 0 },
    whole: {
      warnings: {
        futureEvents: filtered(line.future),
        unknownStageEvents: filtered(line.unknown),
        undated,
        unlinked: passes === null ? line.unlinked : 0,
      },
      entities: exist,
      missing: missingStages(line, plan),
      ...(latest === Number.NEGATIVE_INFINITY ? {} : { dataThrough: latest }),
    },
  };
}

/** Shows each entity that exists and passes: its visits `[begin, end)`, and where it stands when it has none. */
export function forEachEntity(
  { offsets, entities, hasEvents }: LineData,
  plan: FunnelPlan,
  passes: ((e: number) => boolean) | null,
  show: (entity: number, begin: number, end: number, standing: number | undefined) => void,
): void {
  const ranks = new Map([...plan.line.main, ...plan.line.side].map((s) => [s.key, s.rank]));
  for (let e = 0; e < entities.size; e++) {
    const begin = offsets[e] ?? 0;
    const end = offsets[e + 1] ?? 0;
    if (hasEvents[e] !== 1 && !entities.hasRecord(e)) continue;
    if (passes !== null && !passes(e)) continue;
    const stage = end > begin ? undefined : entities.link(e, 'currentStage');
    show(e, begin, end, typeof stage === 'string' ? ranks.get(stage) : undefined);
  }
}

/** Main stages that no event has though later ones occur: the source does not record them. */
function missingStages(line: LineData, plan: FunnelPlan): number[] {
  const furthest = plan.line.main.findLast(({ rank }) => line.present.has(rank))?.rank ?? 0;
  return plan.line.main.filter(({ rank }) => rank < furthest && !line.present.has(rank)).map(({ rank }) => rank);
}

/** Who passes the plan's criteria; null without any. */
export function entityFilter(line: LineData, plan: FunnelPlan): ((e: number) => boolean) | null {
  if (plan.where === undefined) return null;
  return compileCriteria(plan.where, derivedReader(line, plan.line), { asOf: plan.asOf, timeZone: plan.line.timeZone });
}

/** The amount of the trial's opportunity, else the record's own; without a currency it is none. */
function amountOf(data: Dataset, line: LineData): AmountOf {
  const own = line.entities;
  return (entity, chosen) => {
    const opportunity = chosen >= 0 ? chosen : (line.opportunity[entity] ?? -1);
    const [entities, row] = opportunity >= 0 ? [data.entities.opportunity, opportunity] : [own, entity];
    const amount = entities.link(row, 'amount');
    const currency = entities.link(row, 'currency');
    return typeof amount === 'number' && typeof currency === 'string' ? { amount, currency } : null;
  };
}

function cohortStatistics(tally: Tally, plan: FunnelPlan, horizon: number | null): PartStatistics {
  return {
    stages: tally.stages(),
    side: [],
    entrants: tally.entrants,
    ...(plan.estimate || plan.windowMs !== undefined ? tally.maturity(horizon) : { followed: 0 }),
    ...(plan.estimate && plan.windowMs !== undefined ? { conversion: tally.conversions() } : {}),
  };
}

const NO_OUTCOMES = { imputed: 0, advanced: 0, open: 0, overdue: 0, recycled: 0, lost: 0, disqualified: 0 };

/** Entries in each span (section 6). */
class ActivityCounter {
  readonly #plan: FunnelPlan;
  readonly #line: LineData;
  readonly #spans: readonly { from: number; to: number; counts: Float64Array; counted: Int32Array }[];

  constructor(plan: FunnelPlan, line: LineData, spans: readonly Span[]) {
    this.#plan = plan;
    this.#line = line;
    const ranks = plan.line.main.length + plan.line.side.length;
    this.#spans = spans.map(({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }) => ({
      from,
      to,
      counts: new Float64Array(ranks),
      /** The entity that counted last for each rank, plus one. */
      counted: new Int32Array(ranks),
    }));
  }

  add(entity: number, begin: number, end: number): void {
    const byEntity = this.#plan.unit === 'entity';
    for (const { from, to, counts, counted } of this.#spans) {
      for (let i = begin; i < end; i++) {
        const at = this.#line.at[i] ?? 0;
        if (at < from || at >= to) continue;
        const rank = this.#line.rank[i] ?? 0;
        if (byEntity && counted[rank] === entity + 1) continue;
        counted[rank] = entity + 1;
        counts[rank] = (counts[rank] ?? 0) + 1;
      }
    }
  }

  result(span: number): Pick<FunnelStatistics, 'stages' | 'side'> {
    const counts = this.#spans[span]?.counts;
    return splitByLine(this.#plan, (rank) => ({ rank, count: counts?.[rank] ?? 0, ...NO_OUTCOMES }));
  }
}

/** Where everyone stands at `asOf` (section 7). */
class SnapshotCounter {
  readonly #plan: FunnelPlan;
  readonly #line: LineData;
  readonly #counts: Float64Array;
  readonly #ages: Map<number, number>[];

  constructor(plan: FunnelPlan, line: LineData) {
    this.#plan = plan;
    this.#line = line;
    this.#counts = new Float64Array(plan.line.main.length + plan.line.side.length);
    this.#ages = Array.from(this.#counts, () => new Map<number, number>());
  }

  add(_entity: number, _begin: number, end: number): void {
    const rank = this.#line.rank[end - 1] ?? 0;
    this.undated(rank);
    const age = this.#plan.asOf - (this.#line.at[end - 1] ?? 0);
    const ages = this.#ages[rank];
    if (this.#plan.time && ages !== undefined) ages.set(age, (ages.get(age) ?? 0) + 1);
  }

  /** Stands there since nobody knows when. */
  undated(rank: number): void {
    this.#counts[rank] = (this.#counts[rank] ?? 0) + 1;
  }

  result(): Pick<FunnelStatistics, 'stages' | 'side'> {
    return splitByLine(this.#plan, (rank) => ({
      rank,
      count: this.#counts[rank] ?? 0,
      ...NO_OUTCOMES,
      ...(this.#plan.time
        ? {
            durations: Array.from(this.#ages[rank] ?? [], ([age, count]): DurationGroup => [age, 0, count]).sort(
              (a, b) => a[0] - b[0],
            ),
          }
        : {}),
    }));
  }
}

function splitByLine(
  plan: FunnelPlan,
  statistics: (rank: number) => StageStatistics,
): Pick<FunnelStatistics, 'stages' | 'side'> {
  return {
    stages: plan.line.main.map(({ rank }) => statistics(rank)),
    side: plan.line.side.map(({ rank }) => ({ rank, count: statistics(rank).count })),
  };
}
