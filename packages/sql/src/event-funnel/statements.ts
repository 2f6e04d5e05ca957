import type { EventFunnelPlan } from '@sama/metrics/funnel';
import { criteriaSql } from '../criteria.ts';
import type { Table } from '../line/index.ts';
import { joinSql, raw, sql, withTables, type Sql, type SqlStatement } from '../statement/index.ts';
import { valueColumns } from '../values.ts';
import { actorFields, contextOf, eventFields, eventsOf, type EventFrom, type EventQuery } from './source.ts';

/** What puts the events of one instant in order: where they come from, then their names, then whom they are about. */
const SOURCE_TEXTS = ['system', 'record_id', 'field'] as const;
const ID_TEXTS = ['person_id', 'account_id', 'opportunity_id'] as const;
const ORDER_TEXTS = [...SOURCE_TEXTS, ...ID_TEXTS];

type Match = EventFunnelPlan['steps'][number] | EventFunnelPlan['exclusions'][number];

/** The statements of an event-mode question. @beta */
export interface EventFunnelStatements {
  /** The rows that `decodeEventFunnel` searches for tries, one for each event that matters. */
  events: SqlStatement;
  /** One row: what is counted over all events. */
  counts: SqlStatement;
}

/**
 * Compiles an event-mode question. The database selects, matches and numbers; the tries are searched
 * by the code that searches them in memory.
 * @beta
 */
export function compileEventFunnel(query: EventQuery): EventFunnelStatements {
  const events = eventsOf(query);
  return { events: fittingEvents(query, events), counts: counts(query, events) };
}

function finish({ dialect }: EventQuery, tables: readonly Table[], body: Sql): SqlStatement {
  return withTables(tables, body, dialect.once).statement(dialect.placeholder);
}

const ofRecord = ({ plan }: EventQuery): Sql =>
  typeof plan.actor === 'string'
    ? sql` LEFT JOIN records r ON r.entity_type = ${plan.actor} AND r.id = k.actor`
    : raw('');

/** Whether an actor `k` with its record `r` is asked about. */
function passes(query: EventQuery): Sql | undefined {
  const { where, actor } = query.plan;
  if (where === undefined || typeof actor !== 'string') return undefined;
  return criteriaSql(where, actorFields(query.dialect), contextOf(query));
}

function counts(
  query: EventQuery,
  { tables, from, actor, at, future, visible = raw('true') }: EventFrom,
): SqlStatement {
  const asked = passes(query);
  const latest = query.days.length === 0 ? at : sql`least(${at}, CAST(${query.plan.asOf} AS BIGINT))`;
  const whose = asked === undefined ? raw('k.actor IS NOT NULL') : sql`k.actor IS NOT NULL AND ${asked}`;
  const body = sql`SELECT CAST(coalesce(sum(CASE WHEN actor IS NULL THEN total END), 0) AS BIGINT) AS unlinked,
      count(CASE WHEN asked THEN latest END) AS actors, max(CASE WHEN asked THEN latest END) AS through,
      CAST(coalesce(sum(CASE WHEN asked THEN future END), 0) AS BIGINT) AS future
    FROM (SELECT k.actor AS actor, k.total AS total, k.latest AS latest, k.future AS future, ${whose} AS asked
      FROM per_actor k${asked === undefined ? raw('') : ofRecord(query)}) AS a`;
  const perActor = sql`SELECT actor, count(*) AS total, max(CASE WHEN is_visible AND NOT is_future THEN at_ms END) AS latest,
      count(CASE WHEN is_visible AND is_future THEN 1 END) AS future
    FROM (SELECT ${actor} AS actor, ${latest} AS at_ms, ${visible} AS is_visible, ${future} AS is_future FROM ${from}) AS e GROUP BY actor`;
  return finish(query, [...tables, ['per_actor', perActor]], body);
}

const passed = (prefix: string, alias: string): Sql =>
  raw(['text', 'number', 'boolean'].map((type) => `, ${alias}.${prefix}_${type} AS ${prefix}_${type}`).join(''));

function fittingEvents(query: EventQuery, events: EventFrom): SqlStatement {
  const { plan, dialect } = query;
  const { breakdown, correlate } = plan;
  const ofEvent = breakdown?.of === 'event' ? breakdown.field : undefined;
  const ofActor = breakdown?.of === 'actor' ? breakdown.field : undefined;
  const correlated = correlate?.of === 'actor' ? correlate.field : undefined;
  const withNames = correlate?.of === 'events';
  // Of one instant the order decides which event fills a step: seen in what the events say, and in what is first.
  const inOrder = ofEvent !== undefined || withNames || plan.steps.some((s) => s.firstTime !== undefined);
  const optional = [
    ...(events.dayStart === undefined ? [] : ['day_start']),
    ...(plan.exclusions.length === 0 ? [] : ['excluded']),
    ...(hasFirstOfName(plan) ? ['named'] : []),
    ...(withNames ? ['name'] : []),
  ];
  const fitting = sql`SELECT * FROM (SELECT ${events.actor} AS actor, ${events.at} AS at_ms, ${maskOf(plan.steps, query)} AS steps
      ${optional.includes('day_start') ? sql`, ${events.dayStart ?? raw('NULL')} AS day_start` : raw('')}
      ${optional.includes('excluded') ? sql`, ${maskOf(plan.exclusions, query)} AS excluded` : raw('')}
      ${optional.includes('named') ? sql`, ${namesOf(plan)} AS named` : raw('')}
      ${withNames ? raw(', r.name AS name') : raw('')}
      ${inOrder ? raw(`, r.kind AS kind, r.name AS sort_name${ORDER_TEXTS.map((column) => `, coalesce(r.${column}, '') AS ${column}`).join('')}`) : raw('')}
      ${ofEvent === undefined ? raw('') : valueColumns('event', eventFields(dialect)(ofEvent))}
      FROM ${events.from} WHERE ${joinSql(selection(plan, events), ' AND ')}) AS m${isWhole(plan) ? raw('') : sql` WHERE ${matters(plan)}`}`;
  const asked = passes(query);
  const needsRecord = asked !== undefined || ofActor !== undefined || correlated !== undefined;
  const chosen = sql`SELECT k.actor AS actor, CAST(row_number() OVER () - 1 AS INTEGER) AS n
      ${ofActor === undefined ? raw('') : valueColumns('actor', actorFields(dialect)(ofActor))}
      ${correlated === undefined ? raw('') : valueColumns('correlated', actorFields(dialect)(correlated))}
      FROM (SELECT DISTINCT actor FROM fitting WHERE ${isEntry(plan, events)}) k${needsRecord ? ofRecord(query) : raw('')}
      ${asked === undefined ? raw('') : sql`WHERE ${asked}`}`;
  const code = (column: string): Sql => dialect.byCodePoint(raw(`f.${column}`));
  const order = inOrder
    ? sql` ORDER BY f.at_ms, f.kind, ${joinSql([...SOURCE_TEXTS, 'sort_name', ...ID_TEXTS].map(code), ', ')}`
    : raw('');
  const body = sql`SELECT c.n AS actor, CAST(f.at_ms AS DOUBLE PRECISION) AS at, f.steps AS steps
      ${raw(optional.map((column) => `, f.${column} AS ${column}`).join(''))}
      ${ofEvent === undefined ? raw('') : passed('event', 'f')}${ofActor === undefined ? raw('') : passed('actor', 'c')}
      ${correlated === undefined ? raw('') : passed('correlated', 'c')}
    FROM fitting f JOIN chosen c ON c.actor = f.actor${order}`;
  return finish(query, [...events.tables, ['fitting', fitting], ['chosen', chosen]], body);
}

const hasFirstOfName = (plan: EventFunnelPlan): boolean => plan.steps.some((s) => s.firstTime === 'event');

/** Whether events that fit nothing matter. */
const isWhole = ({ order, correlate }: EventFunnelPlan): boolean => order === 'strict' || correlate?.of === 'events';

function matters(plan: EventFunnelPlan): Sql {
  const excluded = plan.exclusions.length === 0 ? raw('') : raw(' OR excluded > 0');
  return sql`(steps > 0${excluded}${hasFirstOfName(plan) ? raw(' OR named > 0') : raw('')})`;
}

/** Events that exist, and by their name may fit: a test that a database can do while it reads. */
function selection(plan: EventFunnelPlan, { actor, future, visible }: EventFrom): Sql[] {
  const wanted: readonly Match[] = [...plan.steps, ...plan.exclusions];
  const names =
    wanted.every((m) => m.names !== undefined) && !isWhole(plan) ? wanted.flatMap((m) => m.names ?? []) : [];
  return [
    sql`${actor} IS NOT NULL`,
    sql`NOT ${future}`,
    ...(visible === undefined ? [] : [visible]),
    ...(names.length === 0 ? [] : [isOneOf(names)]),
  ];
}

function isOneOf(names: readonly string[]): Sql {
  return sql`r.name IN (${joinSql(
    [...new Set(names)].map((name) => sql`${name}`),
    ', ',
  )})`;
}

/** Whether a try may begin with the event. A day may come to stand earlier, within itself. */
function isEntry({ order, from, to }: EventFunnelPlan, { dayStart }: EventFrom): Sql {
  const begins = dayStart === undefined ? raw('at_ms') : raw('coalesce(day_start, at_ms)');
  return joinSql(
    [
      raw(order === 'any' ? 'steps > 0' : 'steps % 2 = 1'),
      ...(from === undefined ? [] : [sql`at_ms >= ${from}`]),
      ...(to === undefined ? [] : [sql`${begins} < ${to}`]),
    ],
    ' AND ',
  );
}

/** Which of these an event fits, as bits: bit k stands for the k-th. */
function maskOf(wanted: readonly Match[], query: EventQuery): Sql {
  const fields = eventFields(query.dialect);
  const tested = wanted.flatMap(({ names, where }, k) => {
    if (where === undefined) return [];
    const fits = criteriaSql(where, fields, contextOf(query));
    return [
      sql`CASE WHEN ${names === undefined ? fits : sql`${isOneOf(names)} AND ${fits}`} THEN ${1 << k} ELSE 0 END`,
    ];
  });
  return sql`(${joinSql([byName(wanted.map((m) => (m.where === undefined ? m : null))), ...tested], ' + ')})`;
}

/** Steps an event fits by its name alone, where the first of a name is asked for. */
function namesOf({ steps }: EventFunnelPlan): Sql {
  return byName(steps.map((s) => (s.firstTime === 'event' ? s : null)));
}

/** The bits that a name alone decides. */
function byName(wanted: readonly (Match | null)[]): Sql {
  let any = 0;
  const bits = new Map<string, number>();
  wanted.forEach((match, k) => {
    if (match === null) return;
    if (match.names === undefined) any |= 1 << k;
    for (const name of match.names ?? []) bits.set(name, (bits.get(name) ?? 0) | (1 << k));
  });
  if (bits.size === 0) return sql`${any}`;
  const cases = Array.from(bits, ([name, own]) => sql`WHEN ${name} THEN ${own | any}`);
  return sql`CASE r.name ${joinSql(cases, ' ')} ELSE ${any} END`;
}
