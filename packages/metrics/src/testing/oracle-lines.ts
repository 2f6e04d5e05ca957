import type { EntityRecord, StageEvent } from '../contracts/index.ts';
import type { FunnelPlan, Line, PlanSide } from '../funnel/plan.ts';
import { oracleFulfils } from './oracle-criteria.ts';
import { endOfDay, instantOf, isDay, localDay } from './oracle-days.ts';
import { byCodePoint, firstDifference } from './oracle-order.ts';

/** An event with its place in time. */
export interface Moment {
  event: StageEvent;
  stage: string;
  rank: number;
  /** Undefined for a main stage. */
  side: PlanSide | undefined;
  at: number;
  /** Of a person or account funnel: the opportunity whose event this is. */
  opportunity: string | undefined;
}

/** One stay in a stage. */
export interface Visit {
  stage: string;
  rank: number;
  side: PlanSide | undefined;
  entry: number;
  /** Undefined while it lasts. */
  end: number | undefined;
  cycle: number;
  moments: readonly Moment[];
}

/** An entity with all of its events in order. */
export interface Journey {
  id: string;
  record: EntityRecord | undefined;
  moments: readonly Moment[];
  visits: readonly Visit[];
}

/** Everything section 1 and section 8 of "How Sama counts" give. */
export interface Population {
  journeys: readonly Journey[];
  futureEvents: number;
  unknownStageEvents: number;
  unlinked: number;
}

/** Section 1 (the events of an entity) and section 8 (filters), rule by rule. */
export function readPopulation(
  records: readonly EntityRecord[],
  events: readonly StageEvent[],
  plan: FunnelPlan,
): Population {
  const { line, asOf } = plan;
  const distinct = withoutDoubles(withoutReplaced(events));
  const known = distinct.filter((event) => stageOf(event, line) !== undefined);
  const kept = known.filter((event) => !isFuture(event, line, asOf));

  const own = records.filter((record) => record.entityType === line.grain);
  const ids = new Set([
    ...own.map((record) => record.id),
    ...kept.flatMap((event) => lineOf(event, records, line) ?? []),
    ...distinct.flatMap((event) => lineOf(event, records, line) ?? []),
  ]);
  const chosen = [...ids].toSorted(byCodePoint).filter((id) => {
    const subject = own.find((record) => record.id === id) ?? { id };
    return plan.where === undefined || oracleFulfils(subject, plan.where, { asOf, timeZone: line.timeZone });
  });

  // A reader whose row filter hides an entity must not learn of its events from a warning.
  const ofChosen = (event: StageEvent): boolean => chosen.includes(lineOf(event, records, line) ?? '');
  const orphans = kept.filter((event) => mayJoin(event, line) && lineOf(event, records, line) === undefined);

  return {
    journeys: chosen.map((id) =>
      journeyOf(
        id,
        own,
        kept.filter((event) => lineOf(event, records, line) === id),
        plan,
      ),
    ),
    unknownStageEvents: distinct.filter((event) => !known.includes(event)).filter(ofChosen).length,
    futureEvents: known.filter((event) => !kept.includes(event)).filter(ofChosen).length,
    unlinked: plan.where === undefined ? new Set(orphans.map((event) => event.entityId)).size : 0,
  };
}

/** Rule 1. */
function withoutReplaced(events: readonly StageEvent[]): StageEvent[] {
  return events.filter(
    (event) =>
      !events.some(
        (other) =>
          other.supersedes === event.source.recordId &&
          other.source.system === event.source.system &&
          other.entityType === event.entityType &&
          other.entityId === event.entityId &&
          identity(other) !== identity(event),
      ),
  );
}

/** Rule 2. */
function withoutDoubles(events: readonly StageEvent[]): StageEvent[] {
  const inOrder = events.toSorted((a, b) => byCodePoint(a.batch, b.batch));
  const identities = inOrder.map(identity);
  return inOrder.filter((_, index) => identities.indexOf(identities[index] ?? '') === index);
}

function identity({ entityType, entityId, stage, at, source }: StageEvent): string {
  const when = isDay(at) ? at : instantOf(at);
  return JSON.stringify([entityType, entityId, stage, when, source.system, source.recordId, source.field ?? null]);
}

/** Rules 3 and 6: main and side stages with their ranks; undefined when the definition has no such stage. */
function stageOf(event: StageEvent, line: Line): { rank: number; side: PlanSide | undefined } | undefined {
  const main = line.main.find((stage) => stage.key === event.stage);
  if (main !== undefined) return { rank: main.rank, side: undefined };
  const side = line.side.find((stage) => stage.key === event.stage);
  return side === undefined ? undefined : { rank: side.rank, side };
}

/** Rule 4. */
function isFuture(event: StageEvent, line: Line, asOf: number): boolean {
  return isDay(event.at) ? event.at > localDay(asOf, line.timeZone) : instantOf(event.at) > asOf;
}

/** Rule 5: whether events of this type can join a line of another type. */
function mayJoin(event: StageEvent, line: Line): boolean {
  return event.entityType === 'opportunity' && line.grain !== 'opportunity';
}

/** Rule 5: the entity whose line an event belongs to; undefined when there is none. */
function lineOf(event: StageEvent, records: readonly EntityRecord[], line: Line): string | undefined {
  if (event.entityType === line.grain) return event.entityId;
  if (!mayJoin(event, line)) return undefined;
  const record = records.find((one) => one.entityType === 'opportunity' && one.id === event.entityId);
  return line.grain === 'person' ? record?.personId : record?.accountId;
}

function journeyOf(id: string, own: readonly EntityRecord[], events: readonly StageEvent[], plan: FunnelPlan): Journey {
  const moments = events
    .map((event) => momentOf(event, events, plan))
    .toSorted((a, b) => compareMoments(a, b, plan.line));
  const record = own.find((one) => one.id === id);
  return { id, record, moments, visits: withCycles(visitsOf(moments), plan.line) };
}

/** Rule 7. */
function momentOf(event: StageEvent, sameEntity: readonly StageEvent[], plan: FunnelPlan): Moment {
  const { line, asOf } = plan;
  const stage = stageOf(event, line) ?? { rank: Number.NaN, side: undefined };
  let at: number;
  if (isDay(event.at)) {
    const higher = sameEntity
      .filter((other) => !isDay(other.at) && localDay(instantOf(other.at), line.timeZone) === event.at)
      .filter((other) => (stageOf(other, line)?.rank ?? -1) > stage.rank)
      .map((other) => instantOf(other.at));
    at = Math.min(higher.length > 0 ? Math.min(...higher) : endOfDay(event.at, line.timeZone), asOf);
  } else {
    at = instantOf(event.at);
  }
  const opportunity = event.entityType === line.grain ? undefined : event.entityId;
  return { event, stage: event.stage, rank: stage.rank, side: stage.side, at, opportunity };
}

/** Rule 8. */
function compareMoments(a: Moment, b: Moment, line: Line): number {
  const priority = ({ event }: Moment): number => {
    const position = line.sourcePriority.indexOf(event.source.system);
    return position === -1 ? line.sourcePriority.length : position;
  };
  return firstDifference(
    a.at - b.at,
    a.rank - b.rank,
    priority(a) - priority(b),
    byCodePoint(a.event.source.recordId, b.event.source.recordId),
    byCodePoint(a.event.source.field ?? '', b.event.source.field ?? ''),
    byCodePoint(a.event.batch, b.event.batch),
    // Only an entity's own event and an opportunity's can still be equal; own first makes the order total.
    byCodePoint(a.opportunity ?? '', b.opportunity ?? ''),
  );
}

/** Rule 9, for moments in order. */
export function visitsOf(moments: readonly Moment[]): Visit[] {
  const starts = moments.filter((moment, index) => moments[index - 1]?.stage !== moment.stage);
  return starts.map((start, index) => {
    const next = starts[index + 1];
    const first = moments.indexOf(start);
    const last = next === undefined ? moments.length : moments.indexOf(next);
    return {
      stage: start.stage,
      rank: start.rank,
      side: start.side,
      entry: start.at,
      end: next?.at,
      cycle: 1,
      moments: moments.slice(first, last),
    };
  });
}

/** Rule 10. */
function withCycles(visits: readonly Visit[], line: Line): Visit[] {
  const opens = visits.map((visit, index) => {
    const before = visits[index - 1];
    return (
      visit.side === undefined &&
      visit.rank >= line.reentryRank &&
      before?.side?.terminal === true &&
      visit.entry - before.entry >= line.coolingOffMs
    );
  });
  return visits.map((visit, index) => {
    const cycle = 1 + opens.slice(0, index + 1).filter(Boolean).length;
    return Object.assign({}, visit, { cycle });
  });
}
