import type { Line } from '@sama/metrics/funnel';
import { type Dialect, duckdb } from '../dialect/index.ts';
import { identifier, raw, sql, withTables, type Sql } from '../statement/index.ts';
import { lineEvents } from './events.ts';
import { firstsInRows, knowsAll, type Histories } from './histories.ts';
import { lineTables } from './names.ts';

/** A name and the query behind it. @beta */
export type Table = readonly [name: string, query: Sql];

/**
 * Where a question reads a line from. Every source offers the tables `journeys` (may be empty),
 * `line_events`, `line_unknown` and `line_strangers` under these names.
 * @beta
 */
export interface LineSource {
  line: Line;
  dialect: Dialect;
  /** Whether the store keeps it. */
  kept: boolean;
  /** Of every date-only event. */
  days: readonly string[];
  tables: readonly Table[];
}

/** The line as the store keeps it. Right for any `asOf` on whose local day no date-only event lies. @beta */
export function keptLine(line: Line, days: readonly string[]): LineSource {
  const names = lineTables(line);
  const from = (name: string): Sql => sql`SELECT * FROM ${identifier(name)}`;
  return {
    line,
    dialect: duckdb,
    kept: true,
    days,
    tables: [
      ['journeys', from(names.journeys)],
      ['line_events', from(names.events)],
      ['line_unknown', from(names.unknown)],
      ['line_strangers', from(names.strangers)],
    ],
  };
}

/** The line derived from the events anew, for a time zone, definition or `asOf` that is not kept. @beta */
export function freshLine(line: Line, days: readonly string[], asOf: number, dialect: Dialect): LineSource {
  const noJourneys = line.main.map(({ rank }) => `CAST(0 AS BIGINT) AS at_${rank}`).join(', ');
  return {
    line,
    dialect,
    kept: false,
    days,
    tables: [
      ...lineEvents(line, days, dialect, asOf),
      [
        'journeys',
        sql`SELECT '' AS entity, ${raw(noJourneys)}, 0 AS side, CAST(0 AS BIGINT) AS side_at, '' AS opportunity WHERE false`,
      ],
      ['line_unknown', unknownEvents()],
      ['line_strangers', strangers(line, sql`line_raw`)],
    ],
  };
}

function unknownEvents(): Sql {
  return sql`SELECT entity FROM line_raw WHERE stage NOT IN (SELECT stage FROM line_stages)`;
}

function strangers(line: Line, entities: Sql, among?: Sql): Sql {
  const only = among === undefined ? raw('') : sql` AND id IN (${among})`;
  return sql`SELECT DISTINCT entity FROM ${entities} WHERE entity NOT IN (SELECT id FROM records WHERE entity_type = ${line.grain}${only})`;
}

/** What is known where a line is kept. @beta */
export interface Keeping {
  /** A query of entities: the line is kept already, and only theirs is kept anew. */
  among?: Sql;
  /** All that the store holds, where that is rows of whole histories: most need no look at their events. */
  histories?: Histories;
}

/**
 * The statements that keep a line in a store, to be run in order. Histories that fit one row become
 * rows of the journeys table, sorted by their start so that a period reads few of them. `keepFacts`
 * of the funnel comes after them.
 *
 * @beta
 */
export function keepLine(line: Line, days: readonly string[], { among, histories }: Keeping = {}): Sql[] {
  // Of another grain, rows say nothing of this line's entities.
  const inRows = histories?.entityType === line.grain ? histories : undefined;
  const names = lineTables(line);
  const columns = line.main.map(({ rank }) => `min(instant) FILTER (rank = ${rank}) AS at_${rank}`).join(', ');
  const starts = [...line.main.map(({ rank }) => `at_${rank}`), 'side_at'].join(', ');
  const mains = line.main.length;
  const create = (name: string, query: Sql): Sql =>
    among === undefined
      ? sql`CREATE OR REPLACE TABLE ${identifier(name)} AS ${query}`
      : sql`INSERT INTO ${identifier(name)} ${query}`;
  const all = lineEvents(line, days, duckdb).map(([name, query]): Table =>
    name === 'line_raw' && among !== undefined
      ? [name, sql`SELECT * FROM (${query}) WHERE entity IN (${among})`]
      : [name, query],
  );
  const tables = (names: readonly string[]): Table[] => all.filter(([name]) => names.includes(name));
  const rest = sql`SELECT entity FROM line_firsts WHERE NOT plain`;
  const others = all.map(([name, query]): Table =>
    name === 'line_raw' ? [name, sql`SELECT * FROM (${query}) WHERE entity IN (${rest})`] : [name, query],
  );
  const none = raw('SELECT entity FROM line_firsts WHERE false');
  const unknown = sql`SELECT entity FROM ${identifier(names.unknown)}${among === undefined ? raw('') : sql` WHERE entity IN (${among})`}`;
  return [
    ...(among === undefined
      ? []
      : [names.journeys, names.events, names.unknown, names.strangers].map(
          (name) => sql`DELETE FROM ${identifier(name)} WHERE entity IN (${among})`,
        )),
    sql`CREATE OR REPLACE TEMP TABLE line_firsts AS ${
      inRows === undefined
        ? withTables(tables(['line_stages', 'line_raw']), firsts(line, firstsByEvents(line)))
        : firsts(line, firstsInRows(line, inRows))
    }`,
    sql`CREATE OR REPLACE TEMP TABLE line_all AS ${withTables(others, sql`SELECT * FROM line_events`)}`,
    sql`CREATE OR REPLACE TEMP TABLE line_fitting AS SELECT entity FROM line_all GROUP BY entity
      HAVING ${FITS} AND count(*) FILTER (visit AND rank >= ${mains}) <= 1`,
    // Nearly every entity is another one, and looking for repetitions among them costs more than it gains.
    ...(among === undefined
      ? [
          sql`CREATE OR REPLACE TABLE ${identifier(names.journeys)} (entity VARCHAR USING COMPRESSION uncompressed,
      ${raw(line.main.map(({ rank }) => `at_${rank} BIGINT`).join(', '))}, side INTEGER, side_at BIGINT, opportunity VARCHAR)`,
        ]
      : []),
    sql`INSERT INTO ${identifier(names.journeys)} SELECT * FROM (SELECT * EXCLUDE (plain) FROM line_firsts WHERE plain UNION ALL
      SELECT entity, ${raw(columns)}, max(rank) FILTER (rank >= ${mains}) AS side,
      min(instant) FILTER (rank >= ${mains}) AS side_at, any_value(opportunity) AS opportunity
      FROM line_all WHERE entity IN (FROM line_fitting) GROUP BY entity) ORDER BY least(${raw(starts)})`,
    create(names.events, sql`SELECT * FROM line_all WHERE entity NOT IN (FROM line_fitting) ORDER BY entity, seq`),
    create(
      names.unknown,
      inRows !== undefined && knowsAll(line, inRows)
        ? none
        : withTables(tables(['line_stages', 'line_raw']), unknownEvents()),
    ),
    // Each row is a record.
    create(
      names.strangers,
      inRows === undefined ? strangers(line, sql`(SELECT entity FROM line_firsts UNION ALL ${unknown})`, among) : none,
    ),
    sql`DROP TABLE line_firsts`,
    sql`DROP TABLE line_all`,
    sql`DROP TABLE line_fitting`,
  ];
}

/** Whether an entity's whole history fits one journeys row: each stage once, in order, a side state only last. */
const FITS = sql`bool_and(NOT several AND (before IS NULL OR before <= rank))`;

/**
 * A journeys row for each entity, and whether it is `plain`: timed events only, no stage twice, all
 * in order. Most are, and need no order to be made; the others are looked at event by event.
 *
 * @param rows what is known of each entity's events, without their order.
 */
function firsts(line: Line, rows: Sql): Sql {
  const reached = [...line.main.map(({ rank }) => `at_${rank}`), 'side_at'];
  const once = reached.map((column) => `(${column} IS NOT NULL)::INTEGER`).join(' + ');
  const inOrder = reached.slice(1).map((column, i) => {
    const before = reached
      .slice(0, i + 1)
      .toReversed()
      .join(', ');
    return `coalesce(${column} >= coalesce(${before}), true)`;
  });
  const plain = `events = timed AND events = ${once} AND opportunity IS NOT DISTINCT FROM other AND ${inOrder.join(' AND ')}`;
  return sql`SELECT * EXCLUDE (other, events, timed), ${raw(plain)} AS plain FROM (${rows})`;
}

function firstsByEvents(line: Line): Sql {
  const mains = line.main.length;
  const first = line.main.map(({ rank }) => `min(at_ms) FILTER (rank = ${rank}) AS at_${rank}`).join(', ');
  return sql`SELECT entity, ${raw(first)}, max(rank) FILTER (rank >= ${mains}) AS side, min(at_ms) FILTER (rank >= ${mains}) AS side_at,
      max(opportunity) AS opportunity, min(opportunity) AS other, count(*) AS events, count(at_ms) AS timed
    FROM line_raw JOIN line_stages USING (stage) GROUP BY entity`;
}
