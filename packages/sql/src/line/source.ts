import type { Line } from '@sama/metrics/funnel';
import { identifier, raw, sql, withTables, type Sql } from '../statement/index.ts';
import { lineEvents } from './events.ts';
import { lineTables } from './names.ts';

export type Table = readonly [name: string, query: Sql];

/**
 * Where a question reads a line from. Every source offers the tables `journeys` (may be empty),
 * `line_events`, `line_unknown` and `line_strangers` under these names.
 */
export interface LineSource {
  line: Line;
  /** Whether the store keeps it. */
  kept: boolean;
  tables: readonly Table[];
}

/** The line as the store keeps it. Right for any `asOf` on whose local day no date-only event lies. */
export function keptLine(line: Line): LineSource {
  const names = lineTables(line);
  const from = (name: string): Sql => sql`SELECT * FROM ${identifier(name)}`;
  return {
    line,
    kept: true,
    tables: [
      ['journeys', from(names.journeys)],
      ['line_events', from(names.events)],
      ['line_unknown', from(names.unknown)],
      ['line_strangers', from(names.strangers)],
    ],
  };
}

/** The line derived from the events anew, for a time zone, definition or `asOf` that is not kept. */
export function freshLine(line: Line, days: readonly string[], asOf: number): LineSource {
  const noJourneys = line.main.map(({ rank }) => `CAST(0 AS BIGINT) AS at_${rank}`).join(', ');
  return {
    line,
    kept: false,
    tables: [
      ...lineEvents(line, days, asOf),
      [
        'journeys',
        sql`SELECT '' AS entity, ${raw(noJourneys)}, 0 AS side, CAST(0 AS BIGINT) AS side_at, '' AS opportunity WHERE false`,
      ],
      ['line_unknown', unknownEvents()],
      ['line_strangers', strangers(line)],
    ],
  };
}

function unknownEvents(): Sql {
  return sql`SELECT entity FROM line_raw WHERE stage NOT IN (SELECT stage FROM line_stages)`;
}

function strangers(line: Line): Sql {
  return sql`SELECT DISTINCT entity FROM line_raw WHERE entity NOT IN (SELECT id FROM records WHERE entity_type = ${line.grain})`;
}

/** Whether an entity's whole history fits one journeys row: each stage once, in order, a side state only last. */
const FITS = sql`bool_and(NOT several AND (before IS NULL OR before <= rank))`;

/**
 * The statements that keep a line in a store, to be run in order. Histories that fit one row become
 * rows of the journeys table, sorted by their start so that a period reads few of them. `keepFacts`
 * of the funnel comes after them.
 */
export function keepLine(line: Line, days: readonly string[]): Sql[] {
  const names = lineTables(line);
  const mains = line.main.length;
  const columns = line.main.map(({ rank }) => `min(instant) FILTER (rank = ${rank}) AS at_${rank}`).join(', ');
  const starts = [...line.main.map(({ rank }) => `at_${rank}`), 'side_at'].join(', ');
  const create = (name: string, query: Sql): Sql => sql`CREATE OR REPLACE TABLE ${identifier(name)} AS ${query}`;
  const all = lineEvents(line, days);
  const tables = (names: readonly string[]): Table[] => all.filter(([name]) => names.includes(name));
  return [
    sql`CREATE OR REPLACE TEMP TABLE line_all AS ${withTables(all, sql`SELECT * FROM line_events`)}`,
    sql`CREATE OR REPLACE TEMP TABLE line_fitting AS SELECT entity FROM line_all GROUP BY entity
      HAVING ${FITS} AND count(*) FILTER (visit AND rank >= ${mains}) <= 1`,
    create(
      names.journeys,
      sql`SELECT * FROM (SELECT entity, ${raw(columns)}, max(rank) FILTER (rank >= ${mains}) AS side,
      min(instant) FILTER (rank >= ${mains}) AS side_at, any_value(opportunity) AS opportunity
      FROM line_all WHERE entity IN (FROM line_fitting) GROUP BY entity) ORDER BY least(${raw(starts)})`,
    ),
    create(names.events, sql`SELECT * FROM line_all WHERE entity NOT IN (FROM line_fitting) ORDER BY entity, seq`),
    create(names.unknown, withTables(tables(['line_stages', 'line_raw']), unknownEvents())),
    create(names.strangers, withTables(tables(['line_raw']), strangers(line))),
    sql`DROP TABLE line_all`,
    sql`DROP TABLE line_fitting`,
  ];
}
