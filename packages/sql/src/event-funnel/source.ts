import type { EventFunnelPlan } from '@sama/metrics/funnel';
import { zone } from '@sama/metrics/time';
import { criteriaSql, recordFields, type CriteriaContext } from '../criteria.ts';
import type { Dialect, FieldSql } from '../dialect/index.ts';
import { dayBounds, type Table } from '../line/index.ts';
import { joinSql, raw, sql, type Sql } from '../statement/index.ts';

/**
 * Recorded activities, each once: `name`, `at_ms` or `at_day`, the ids and values of an event with
 * its `attributes` as `records` holds them, and where it comes from: `system`, `record_id`, `field`.
 * @beta
 */
export const ACTIVITIES_TABLE = 'activity_events';

const TEXT = 'CAST(NULL AS VARCHAR)';

const ACTIVITIES = raw(`SELECT name, at_ms, at_day, person_id, account_id, opportunity_id, campaign_id, owner, amount,
  currency, attributes, 0 AS kind, system, record_id, coalesce(field, '') AS field FROM ${ACTIVITIES_TABLE}`);

/** Every entry into a stage once, with the links of its record. */
const STAGE_ENTRIES = raw(`SELECT concat('stage:', e.stage) AS name, e.at_ms AS at_ms, e.at_day AS at_day,
  CASE WHEN e.entity_type = 'person' THEN e.entity_id ELSE o.person_id END AS person_id,
  CASE WHEN e.entity_type = 'account' THEN e.entity_id ELSE o.account_id END AS account_id,
  CASE WHEN e.entity_type = 'opportunity' THEN e.entity_id END AS opportunity_id,
  ${TEXT} AS campaign_id, ${TEXT} AS owner, CAST(NULL AS BIGINT) AS amount, ${TEXT} AS currency,
  CASE WHEN false THEN o.attributes END AS attributes, 1 AS kind, 'stages' AS system,
  concat(e.entity_type, ' ', e.entity_id) AS record_id, '' AS field
  FROM (SELECT DISTINCT entity_type, entity_id, stage, at_ms, at_day FROM stage_events) e
  LEFT JOIN records o ON o.entity_type = e.entity_type AND o.id = e.entity_id`);

function sourceSql({ source }: EventFunnelPlan): Sql {
  if (source === 'activities') return ACTIVITIES;
  return source === 'stages' ? STAGE_ENTRIES : sql`${ACTIVITIES} UNION ALL ${STAGE_ENTRIES}`;
}

/** The days of events without a time, `YYYY-MM-DD`: an engine reads them first. @beta */
export function eventDays({ source }: EventFunnelPlan): Sql {
  const tables = { activities: [ACTIVITIES_TABLE], stages: ['stage_events'], both: [ACTIVITIES_TABLE, 'stage_events'] };
  const days = tables[source].map((table) =>
    raw(`SELECT CAST(at_day AS VARCHAR) AS day FROM ${table} WHERE at_day IS NOT NULL`),
  );
  return sql`SELECT DISTINCT day FROM (${joinSql(days, ' UNION ALL ')}) AS d ORDER BY day`;
}

/** A question to a database, with the days of its events without a time. @beta */
export interface EventQuery {
  plan: EventFunnelPlan;
  days: readonly string[];
  dialect: Dialect;
}

export const contextOf = ({ plan, dialect }: EventQuery): CriteriaContext => ({
  asOf: plan.asOf,
  timeZone: plan.timeZone,
  dialect,
});

/** Reads a field of an event; events are aliased `r`, as records are. */
export function eventFields(dialect: Dialect): (field: string) => FieldSql {
  const field = recordFields(dialect);
  return (name) =>
    name === 'opportunityId'
      ? { ...field('personId'), text: raw('r.opportunity_id'), present: raw('r.opportunity_id IS NOT NULL') }
      : field(name);
}

/** Reads a field of the record of an actor; an actor without a record still has its id. */
export function actorFields(dialect: Dialect): (field: string) => FieldSql {
  const field = recordFields(dialect);
  return (name) =>
    name === 'id' ? { ...field('id'), text: raw('k.actor'), present: raw('k.actor IS NOT NULL') } : field(name);
}

/** The events a question reads from, aliased `r`, and what of them: all pieces of SQL about `r`. */
export interface EventFrom {
  tables: Table[];
  from: Sql;
  /** Text that tells actors apart, null for events that belong to nobody. */
  actor: Sql;
  at: Sql;
  /** The beginning of the day of an event without a time; absent when all have one. */
  dayStart?: Sql;
  /** Whether all of it lies after `asOf`. */
  future: Sql;
  /** Whether the event exists for this question; absent when all do. */
  visible?: Sql;
}

export function eventsOf(query: EventQuery): EventFrom {
  const { plan, days, dialect } = query;
  const timed = days.length === 0;
  const ofAccount = plan.actor === 'account';
  const tables: Table[] = [['source_events', sourceSql(plan)]];
  if (!timed) tables.push(['event_days', dayBounds({ timeZone: plan.timeZone }, days, dialect)]);
  const visible = [];
  if (plan.eventFilter !== undefined)
    visible.push(criteriaSql(plan.eventFilter, eventFields(dialect), contextOf(query)));
  if (typeof plan.actor === 'object' && plan.where !== undefined) {
    tables.push(['permitted', permitted(query, plan.where)]);
    visible.push(sql`coalesce(r.person_id IN (SELECT actor FROM permitted), false)`);
  }
  const day = zone(plan.timeZone).dayOf(plan.asOf);
  return {
    tables,
    from: sql`source_events r${timed ? raw('') : raw(' LEFT JOIN event_days y ON y.day = r.at_day')}${
      ofAccount ? raw(" LEFT JOIN records p ON p.entity_type = 'person' AND p.id = r.person_id") : raw('')
    }`,
    actor: actorSql(query),
    at: timed ? raw('r.at_ms') : raw('coalesce(r.at_ms, y.ends)'),
    ...(timed ? {} : { dayStart: raw('y.starts') }),
    future: timed
      ? sql`(r.at_ms > ${plan.asOf})`
      : sql`coalesce(r.at_ms > ${plan.asOf}, r.at_day > ${dialect.day(day)})`,
    ...(visible.length === 0 ? {} : { visible: sql`(${joinSql(visible, ' AND ')})` }),
  };
}

/** The persons whose record passes, of those that events speak of. */
function permitted(query: EventQuery, where: NonNullable<EventFunnelPlan['where']>): Sql {
  return sql`SELECT k.actor AS actor FROM (SELECT DISTINCT person_id AS actor FROM source_events WHERE person_id IS NOT NULL) k
    LEFT JOIN records r ON r.entity_type = 'person' AND r.id = k.actor
    WHERE ${criteriaSql(where, actorFields(query.dialect), contextOf(query))}`;
}

function actorSql({ plan: { actor }, dialect }: EventQuery): Sql {
  if (actor === 'person') return raw('r.person_id');
  if (actor === 'opportunity') return raw('r.opportunity_id');
  if (actor === 'account') return raw('coalesce(r.account_id, p.account_id)');
  const { text, number, boolean } = eventFields(dialect)(actor.property);
  if (!/^(attributes\.|amount$)/.test(actor.property)) return text;
  // Values of different types are different actors, also where they are written alike; 0 and −0 are one.
  return sql`CASE WHEN ${text} IS NOT NULL THEN concat('t', ${text})
      WHEN ${number} IS NOT NULL THEN concat('n', CAST(${number} + 0.0 AS VARCHAR))
      WHEN ${boolean} IS NOT NULL THEN CASE WHEN ${boolean} THEN 'b1' ELSE 'b0' END END`;
}
