import type { Line } from '@sama/metrics/funnel';
import { zone } from '@sama/metrics/time';
import type { Dialect } from '../dialect/index.ts';
import { joinSql, raw, sql, type Sql } from '../statement/index.ts';

type Table = readonly [name: string, query: Sql];

/** Holds the result of {@link DATE_ONLY_DAYS} in a store that keeps lines. @beta */
export const DAYS_TABLE = 'date_only_days';

/** The days on which date-only events happened, `YYYY-MM-DD`: an engine reads them first. @beta */
export const DATE_ONLY_DAYS = sql`SELECT DISTINCT CAST(at_day AS VARCHAR) AS day FROM stage_events WHERE at_day IS NOT NULL ORDER BY day`;

/**
 * The ordered events of a line, rules 1.3 to 1.10 of `docs/how-sama-counts.md`, as tables that end
 * in `line_events(entity, seq, rank, instant, opportunity, cycle, visit, leaves, several)`. `visit`
 * marks the event a visit begins with and `leaves` is when the next one does; `cycle` is right on
 * every event; `several` marks entities with more than one opportunity.
 *
 * @param days all of {@link DATE_ONLY_DAYS}: days and instants are one calendar for every engine.
 */
export function lineEvents(line: Line, days: readonly string[], dialect: Dialect, asOf?: number): Table[] {
  return [
    [
      'line_stages',
      values(
        ['stage', 'rank'],
        [...line.main, ...line.side].map((s) => sql`(${s.key}, ${s.rank})`),
        sql`SELECT '', 0 WHERE false`,
      ),
    ],
    ['line_days', dayBounds(line, days, dialect)],
    ['line_raw', rawEvents(line)],
    ['line_known', knownEvents(line, dialect, asOf)],
    ['line_timed', timedEvents(asOf)],
    ['line_ordered', orderedEvents(dialect)],
    ['line_stays', stays()],
    ['line_cycles', cycles(line)],
    ['line_events', numbered(line)],
  ];
}

function values(columns: readonly string[], rows: readonly Sql[], none: Sql): Sql {
  if (rows.length === 0) return none;
  return sql`SELECT * FROM (VALUES ${joinSql(rows, ', ')}) AS v(${raw(columns.join(', '))})`;
}

/** The first and the last millisecond of each day: `(day, starts, ends)`. @beta */
export function dayBounds(line: Pick<Line, 'timeZone'>, days: readonly string[], dialect: Dialect): Sql {
  const z = zone(line.timeZone);
  const rows = days.map(
    (day) => sql`(${dialect.day(day)}, CAST(${z.startOf(day)} AS BIGINT), CAST(${z.endOf(day)} AS BIGINT))`,
  );
  return values(
    ['day', 'starts', 'ends'],
    rows,
    sql`SELECT ${dialect.day('1970-01-01')} AS day, CAST(0 AS BIGINT) AS starts, CAST(0 AS BIGINT) AS ends WHERE false`,
  );
}

/** The events of the grain, with those of linked opportunities (rule 1.5). */
function rawEvents(line: Line): Sql {
  const own = sql`SELECT entity_id AS entity, stage, at_ms, at_day, CAST(NULL AS VARCHAR) AS opportunity
    FROM stage_events WHERE entity_type = ${line.grain}`;
  if (line.grain === 'opportunity') return own;
  const link = raw(line.grain === 'person' ? 'o.person_id' : 'o.account_id');
  return sql`${own} UNION ALL SELECT ${link} AS entity, e.stage AS stage, e.at_ms AS at_ms, e.at_day AS at_day, e.entity_id AS opportunity
    FROM stage_events e JOIN records o ON o.entity_type = 'opportunity' AND o.id = e.entity_id
    WHERE e.entity_type = 'opportunity' AND ${link} IS NOT NULL`;
}

/** Known stages, nothing after `asOf` (rules 1.3 and 1.4). */
function knownEvents(line: Line, dialect: Dialect, asOf: number | undefined): Sql {
  const past = asOf === undefined ? sql`true` : notFuture(line, asOf, dialect);
  return sql`SELECT e.entity AS entity, s.rank AS rank, e.at_ms AS at_ms, e.at_day AS at_day, e.opportunity AS opportunity
    FROM line_raw e JOIN line_stages s ON s.stage = e.stage WHERE ${past}`;
}

/** Whether an event `e` has happened by `asOf`; a day has when its day has begun. @beta */
export function notFuture(line: Line, asOf: number, dialect: Dialect): Sql {
  return sql`coalesce(e.at_ms <= ${asOf}, e.at_day <= ${dialect.day(zone(line.timeZone).dayOf(asOf))})`;
}

/** Gives date-only events their instant (rule 1.7). */
function timedEvents(asOf: number | undefined): Sql {
  const instant = sql`coalesce(min(t.at_ms), min(y.ends))`;
  const clamped = asOf === undefined ? instant : sql`least(${instant}, CAST(${asOf} AS BIGINT))`;
  return sql`SELECT entity, rank, at_ms AS instant, opportunity FROM line_known WHERE at_ms IS NOT NULL
    UNION ALL SELECT e.entity AS entity, e.rank AS rank, ${clamped} AS instant, e.opportunity AS opportunity
    FROM line_known e JOIN line_days y ON y.day = e.at_day
    LEFT JOIN line_known t ON t.entity = e.entity AND t.rank > e.rank AND t.at_ms BETWEEN y.starts AND y.ends
    WHERE e.at_day IS NOT NULL GROUP BY e.entity, e.rank, e.at_day, e.opportunity`;
}

/**
 * The value of the row before; null for the first one also where a database would give a column without nulls a zero.
 * @beta
 */
export const before = (value: Sql): Sql => sql`lag(CASE WHEN ${value} IS NOT NULL THEN ${value} END)`;

/** The total order (rule 1.8); what comes after rank cannot change a count, so the opportunity settles it. */
function orderedEvents(dialect: Dialect): Sql {
  return sql`SELECT entity, rank, instant, opportunity, row_number() OVER w AS seq, ${before(sql`rank`)} OVER w AS before
    FROM line_timed WINDOW w AS (PARTITION BY entity ORDER BY instant, rank, ${dialect.byCodePoint(sql`opportunity`)} NULLS FIRST)`;
}

/** Marks where a visit begins (rule 1.9) and since when the visit before it lasts. */
function stays(): Sql {
  return sql`SELECT entity, rank, instant, opportunity, seq, before, (before IS NULL OR before <> rank) AS visit,
    max(CASE WHEN before IS NULL OR before <> rank THEN instant END)
      OVER (PARTITION BY entity ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS since
    FROM line_ordered`;
}

/** Marks where a cycle begins (rule 1.10). */
function cycles(line: Line): Sql {
  const terminal = line.side.filter((s) => s.terminal).map((s) => sql`${s.rank}`);
  if (terminal.length === 0) return sql`SELECT *, false AS reentry FROM line_stays`;
  return sql`SELECT *, coalesce(rank BETWEEN ${line.reentryRank} AND ${line.main.length - 1}
    AND before IN (${joinSql(terminal, ', ')}) AND instant - since >= ${line.coolingOffMs}, false) AS reentry FROM line_stays`;
}

/** When the next visit begins, for the event a visit begins with. */
const LEAVES = raw(
  'min(CASE WHEN visit THEN instant END) OVER (PARTITION BY entity ORDER BY seq ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)',
);

function numbered(line: Line): Sql {
  const several =
    line.grain === 'opportunity'
      ? raw('false')
      : raw('entity IN (SELECT entity FROM line_timed GROUP BY entity HAVING count(DISTINCT opportunity) > 1)');
  return sql`SELECT entity, seq, rank, instant, opportunity, visit, before, ${LEAVES} AS leaves, ${several} AS several,
    1 + count(CASE WHEN reentry THEN 1 END) OVER (PARTITION BY entity ORDER BY seq ROWS UNBOUNDED PRECEDING) AS cycle FROM line_cycles`;
}
