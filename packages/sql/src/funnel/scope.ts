import type { Criteria } from '@sama/metrics/contracts';
import type { Line } from '@sama/metrics/funnel';
import { type Dialect, duckdb } from '../dialect/index.ts';
import { keptLine, lineTables, notFuture, type Table } from '../line/index.ts';
import { identifier, joinSql, raw, sql, withTables, type Sql, type SqlStatement } from '../statement/index.ts';
import { onlyPassing, passing, subjects, visits } from './subjects.ts';

/** What the counts about subjects depend on. */
interface Scope {
  line: Line;
  where?: Criteria;
  asOf: number;
}

/** Every visit that has begun by `asOf`: `past_visits(entity, rank, instant)`. */
export function pastVisits({ line, asOf }: Scope): Table {
  return ['past_visits', sql`SELECT * FROM (${visits(line)}) AS v WHERE instant <= ${asOf}`];
}

/** The ranks of past visits, as a JSON list. */
export const presentRanks = (dialect: Dialect): Sql =>
  sql`(SELECT ${dialect.jsonList(sql`rank`)} FROM (SELECT DISTINCT rank FROM past_visits) AS v)`;

/** One row of counts about the subjects and the events left out. */
export function scope(plan: Scope, dialect: Dialect): Sql {
  const { line, where } = plan;
  const entities = where === undefined ? sql`SELECT count(*) FROM subjects` : sql`SELECT count(*) FROM passing`;
  const known = joinSql(
    [...line.main, ...line.side].map((s) => sql`${s.key}`),
    ', ',
  );
  const future = joinSql([futureOwn(plan, known, dialect), ...futureJoined(plan, known, dialect)], ' + ');
  return sql`SELECT (${entities}) AS entities,
    (SELECT count(*) FROM line_unknown WHERE true${onlyPassing(where)}) AS unknown,
    (${future}) AS future, (${unlinked(plan, known, dialect)}) AS unlinked,
    (SELECT max(instant) FROM past_visits WHERE true${onlyPassing(where)}) AS through,
    ${presentRanks(dialect)} AS present,
    (SELECT ${dialect.jsonList({ stage: sql`stage`, n: sql`n` })} FROM (${undated(plan)}) AS u) AS undated`;
}

function futureOwn(plan: Scope, known: Sql, dialect: Dialect): Sql {
  return sql`(SELECT count(*) FROM stage_events e WHERE e.entity_type = ${plan.line.grain} AND NOT ${notFuture(plan.line, plan.asOf, dialect)}
    AND e.stage IN (${known})${onlyPassing(plan.where, 'e.entity_id')})`;
}

function futureJoined(plan: Scope, known: Sql, dialect: Dialect): Sql[] {
  const { grain } = plan.line;
  if (grain === 'opportunity') return [];
  const link = grain === 'person' ? 'o.person_id' : 'o.account_id';
  return [
    sql`(SELECT count(*) FROM stage_events e JOIN records o ON o.entity_type = 'opportunity' AND o.id = e.entity_id
      WHERE e.entity_type = 'opportunity' AND ${raw(link)} IS NOT NULL AND NOT ${notFuture(plan.line, plan.asOf, dialect)} AND e.stage IN (${known})${onlyPassing(plan.where, link)})`,
  ];
}

/** Opportunities that take part and have nobody to join; said only without filters. */
function unlinked(plan: Scope, known: Sql, dialect: Dialect): Sql {
  const { grain } = plan.line;
  if (grain === 'opportunity' || plan.where !== undefined) return sql`SELECT 0`;
  const link = raw(grain === 'person' ? 'person_id' : 'account_id');
  return sql`SELECT count(DISTINCT e.entity_id) FROM stage_events e
    WHERE e.entity_type = 'opportunity' AND e.stage IN (${known}) AND ${notFuture(plan.line, plan.asOf, dialect)}
    AND e.entity_id NOT IN (SELECT id FROM records WHERE entity_type = 'opportunity' AND ${link} IS NOT NULL)`;
}

/** Records with a state but no dated event, by state. */
function undated(plan: Scope): Sql {
  const known = joinSql(
    [...plan.line.main, ...plan.line.side].map((s) => sql`${s.key}`),
    ', ',
  );
  return sql`SELECT current_stage AS stage, count(*) AS n FROM subjects
    WHERE current_stage IN (${known})${onlyPassing(plan.where, 'id')}
    AND id NOT IN (SELECT entity FROM past_visits WHERE entity IN (SELECT id FROM subjects WHERE current_stage IN (${known})))
    GROUP BY current_stage`;
}

/** After every event there can be. */
const END_OF_TIME = Date.UTC(9999, 11, 30);

/** Keeps what {@link scope} says without filters, so that a question need not read every entity for it. @beta */
export function keepFacts(line: Line): Sql {
  const all = { line, asOf: END_OF_TIME };
  const tables = [
    ...keptLine(line, []).tables,
    ...passing(line, undefined, { asOf: END_OF_TIME, timeZone: line.timeZone, dialect: duckdb }),
    pastVisits(all),
  ];
  // A date-only event may last until two days after its UTC midnight, whatever the zone.
  const latest = raw(
    '(SELECT max(coalesce(at_ms, epoch_ms(CAST(at_day AS TIMESTAMP)) + 172800000)) FROM stage_events)',
  );
  return sql`CREATE OR REPLACE TABLE ${identifier(lineTables(line).facts)} AS ${withTables(tables, sql`SELECT *, ${latest} AS latest FROM (${scope(all, duckdb)})`)}`;
}

/**
 * What the kept facts say of some entities alone: `entities, unknown, through, present, undated`. The rest of the facts
 * is of events that no change of theirs can touch.
 *
 * @param among a query of entities.
 * @beta
 */
export function factsAmong(line: Line, among: Sql): SqlStatement {
  const all = { line, asOf: END_OF_TIME };
  const [name, every] = subjects(line.grain);
  const tables: Table[] = [
    ...keptLine(line, []).tables.map(([table, query]): Table => [
      table,
      sql`SELECT * FROM (${query}) AS t WHERE entity IN (${among})`,
    ]),
    [name, sql`SELECT * FROM (${every}) AS t WHERE id IN (${among})`],
    pastVisits(all),
  ];
  return withTables(
    tables,
    sql`SELECT (SELECT count(*) FROM subjects) AS entities, (SELECT count(*) FROM line_unknown) AS unknown,
      (SELECT max(instant) FROM past_visits) AS through, ${presentRanks(duckdb)} AS present,
      (SELECT ${duckdb.jsonList({ stage: sql`stage`, n: sql`n` })} FROM (${undated(all)}) AS u) AS undated`,
  ).statement();
}

/** The latest visit of a kept line: `through`. @beta */
export function throughStatement(line: Line): SqlStatement {
  const tables = [...keptLine(line, []).tables, pastVisits({ line, asOf: END_OF_TIME })];
  return withTables(tables, sql`SELECT max(instant) AS through FROM past_visits`).statement();
}

/** Reads the kept facts; no row when the data goes on after `asOf`. */
export function factsStatement(line: Line, asOf: number): SqlStatement {
  return sql`SELECT * FROM ${identifier(lineTables(line).facts)} WHERE coalesce(latest, 0) <= ${asOf}`.statement();
}
