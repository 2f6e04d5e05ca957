import type { EntityRecord, SideOutcome } from '../contracts/index.ts';
import type { FunnelPlan, PlanStage } from '../funnel/plan.ts';
import { isDay, localDay } from './oracle-days.ts';
import { byCodePoint, firstDifference } from './oracle-order.ts';
import type { Journey, Moment, Visit } from './oracle-lines.ts';
import { visitsOf } from './oracle-lines.ts';

/** One trial: an entry and the visits in which it may succeed. */
export interface Trial {
  journey: Journey;
  entry: number;
  opportunity: string | undefined;
  /** Visits from the entry on, uncut. */
  scope: readonly Visit[];
}

/** A trial, followed until its cutoff. */
export interface Followed {
  trial: Trial;
  cutoff: number;
  /** The scope up to the cutoff. */
  visits: readonly Visit[];
  /** For each stage from the anchor on: when it was reached, and whether that is inferred. */
  reached: readonly { stage: PlanStage; at: number | undefined; imputed: boolean }[];
  /** What the last visit says of a stage that did not advance. */
  rest: { outcome: SideOutcome; overdue: boolean; at: number; reason: string | null };
}

/** Where a trial enters and which moments of the whole line its scope has, before other opportunities are left out. */
interface Stretch {
  entry: Visit;
  moments: readonly Moment[];
}

/** Section 2: all trials of a journey, whatever the period. */
export function trialsOf(journey: Journey, plan: FunnelPlan): Trial[] {
  return stretchesOf(journey, plan).map(({ entry, moments }) => {
    const opportunity = opportunityOf(journey, entry);
    const several = createdAt(journey).length > 1;
    const seen = fromEntry(journey, entry).filter(
      (moment) => !several || moment.opportunity === undefined || moment.opportunity === opportunity,
    );
    const scope = visitsOf(seen).filter(({ moments: [first] }) => first !== undefined && moments.includes(first));
    return { journey, entry: entry.entry, opportunity, scope };
  });
}

/** The moments of the whole line from a visit on. */
function fromEntry(journey: Journey, entry: Visit): readonly Moment[] {
  return journey.visits.slice(journey.visits.indexOf(entry)).flatMap((visit) => visit.moments);
}

/** The table of section 2. */
function stretchesOf(journey: Journey, plan: FunnelPlan): Stretch[] {
  const { visits } = journey;
  const from = (entry: Visit, until: readonly Visit[] = visits): Stretch => ({
    entry,
    moments: until.slice(until.indexOf(entry)).flatMap((visit) => visit.moments),
  });
  const cycles = [...new Set(visits.map((visit) => visit.cycle))];
  const ofCycle = (cycle: number): Visit[] => visits.filter((visit) => visit.cycle === cycle);

  if (plan.unit === 'visit') {
    const anchors = visits.filter((visit) => isAnchor(visit, plan));
    return anchors.map((entry, index) => {
      const next = anchors[index + 1];
      return from(entry, next === undefined ? visits : visits.slice(0, visits.indexOf(next)));
    });
  }
  if (plan.entryPolicy === 'first') {
    const entry = entryAmong(visits, plan);
    return entry === undefined ? [] : [from(entry)];
  }
  if (plan.entryPolicy === 'every') {
    return cycles.flatMap((cycle) => {
      const entry = entryAmong(ofCycle(cycle), plan);
      return entry === undefined ? [] : [from(entry, ofCycle(cycle))];
    });
  }
  const latest = cycles.map(ofCycle).findLast((cycle) => entryAmong(cycle, plan) !== undefined);
  if (latest === undefined) return [];
  const entry = latest.findLast((visit) => isAnchor(visit, plan)) ?? entryAmong(latest, plan);
  return entry === undefined ? [] : [from(entry)];
}

function isAnchor(visit: Visit, plan: FunnelPlan): boolean {
  return visit.side === undefined && visit.rank === plan.anchorRank;
}

/** The first entry among visits in order. */
function entryAmong(visits: readonly Visit[], plan: FunnelPlan): Visit | undefined {
  return plan.skipPolicy === 'impute'
    ? visits.find((visit) => visit.side === undefined && visit.rank >= plan.anchorRank)
    : visits.find((visit) => isAnchor(visit, plan));
}

/** Rule 1.5: the linked opportunities with the instants they were created, first created first. */
function createdAt(journey: Journey): { id: string; at: number }[] {
  const ids = [...new Set(journey.moments.flatMap((moment) => moment.opportunity ?? []))];
  return ids
    .map((id) => ({
      id,
      at: Math.min(...journey.moments.filter((moment) => moment.opportunity === id).map((moment) => moment.at)),
    }))
    .toSorted((a, b) => firstDifference(a.at - b.at, byCodePoint(a.id, b.id)));
}

/** Rule 1.5: the opportunity of a trial, or of anything else that begins with a visit. */
function opportunityOf(journey: Journey, entry: Visit): string | undefined {
  const created = createdAt(journey);
  if (created.length <= 1) return created[0]?.id;
  const atEntry = entry.moments.filter((moment) => moment.at === entry.entry);
  if (atEntry.every((moment) => moment.opportunity !== undefined)) {
    return atEntry.flatMap((moment) => moment.opportunity ?? []).toSorted(byCodePoint)[0];
  }
  return created.find(({ at }) => at >= entry.entry)?.id;
}

/** Section 2, from "followed until" to "Outcome". */
export function follow(trial: Trial, plan: FunnelPlan): Followed {
  const cutoff = Math.min(trial.entry + (plan.windowMs ?? Infinity), plan.asOf);
  const visits = trial.scope.filter((visit) => visit.entry <= cutoff);
  const last = visits.at(-1);
  return {
    trial,
    cutoff,
    visits,
    reached: reachedBy(trial, visits, plan),
    rest: {
      outcome: last?.side?.outcome ?? 'open',
      overdue: last?.side?.overdue === true,
      at: last?.entry ?? trial.entry,
      reason: last === undefined ? null : reasonOf(trial.journey, last, plan),
    },
  };
}

/** Section 14: what the events of the same outcome at that instant, or on that day, say. */
function reasonOf({ moments }: Journey, { side, entry }: Visit, plan: FunnelPlan): string | null {
  const same = moments.filter(({ event, at, side: other }) => {
    if (side === undefined || other?.outcome !== side.outcome) return false;
    return isDay(event.at) ? event.at === localDay(entry, plan.line.timeZone) : at === entry;
  });
  const [first] = same.flatMap(({ event }) => event.reason || []).toSorted(byCodePoint);
  return first ?? null;
}

function reachedBy(trial: Trial, visits: readonly Visit[], plan: FunnelPlan): Followed['reached'] {
  const shown = plan.line.main.filter((stage) => stage.rank >= plan.anchorRank);
  const main = visits.filter((visit) => visit.side === undefined);
  const explicit = (stage: PlanStage): Visit | undefined => main.find((visit) => visit.stage === stage.key);
  const anchored = (stage: PlanStage): number | undefined => (stage.rank === plan.anchorRank ? trial.entry : undefined);
  if (plan.skipPolicy === 'impute') {
    return shown.map((stage) => {
      const at = anchored(stage) ?? main.find((visit) => visit.rank >= stage.rank)?.entry;
      return { stage, at, imputed: at !== undefined && explicit(stage) === undefined };
    });
  }
  if (plan.skipPolicy === 'open') {
    return shown.map((stage) => ({ stage, at: anchored(stage) ?? explicit(stage)?.entry, imputed: false }));
  }
  let remaining: readonly Visit[] = main;
  return shown.map((stage) => {
    if (stage.rank === plan.anchorRank) return { stage, at: trial.entry, imputed: false };
    const link = remaining.find((visit) => visit.stage === stage.key);
    remaining = link === undefined ? [] : remaining.slice(remaining.indexOf(link));
    return { stage, at: link?.entry, imputed: false };
  });
}

/** "Value": the record whose amount a trial, or a counted visit, has. */
export function amountRecord(
  journey: Journey,
  opportunity: string | undefined,
  records: readonly EntityRecord[],
): EntityRecord | undefined {
  return opportunity === undefined
    ? journey.record
    : records.find((record) => record.entityType === 'opportunity' && record.id === opportunity);
}
