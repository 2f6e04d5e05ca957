import type { FunnelPlan, Span } from '@sama/metrics/funnel';
import type { CriteriaContext } from '../criteria.ts';
import type { Dialect } from '../dialect/index.ts';
import type { LineSource, Table } from '../line/index.ts';
import { partsTable } from '../parts.ts';
import { joinSql, sql, withTables, type Sql, type SqlStatement } from '../statement/index.ts';
import { reasonCounts, reasonTables } from './reasons.ts';
import { factsStatement, pastVisits, presentRanks, scope } from './scope.ts';
import { lastRank, onlyPassing, passing } from './subjects.ts';
import { inPeriod, IN_SCOPE, rowDurations, trialTables } from './trials.ts';

/** The statements of one funnel question. Each is read on its own; `decodeFunnel` joins them. @beta */
export interface FunnelStatements {
  /** Cohort: trials by outcome. Activity and snapshot: entities by rank. */
  counts: SqlStatement;
  /** Visits by rank, duration and code. */
  durations?: SqlStatement;
  conversion?: SqlStatement;
  /** Trials that rest in a loss, by reason. */
  reasons?: SqlStatement;
  /** One row: entities, undated ones by stage, warnings, the ranks that occur and the reach of the data. */
  scope: SqlStatement;
  /** The same row as kept, or none; asked before `scope` where there is one. */
  facts?: SqlStatement;
}

/** The statements of what KPIs read of a funnel in several spans of entries. @beta */
export interface EntryStatements {
  /** As those of a funnel, for each `part`, which is the place of a span. */
  counts: SqlStatement;
  /** One row: the ranks that occur on the whole line up to `asOf`, whatever the plan's filter. */
  present: SqlStatement;
  /** The same as kept, or no row; asked before `present` where there is one. */
  facts?: SqlStatement;
}

/**
 * Compiles the counts of each span, in one statement.
 *
 * @param horizonMs the window, or what {@link horizonStatement} found.
 * @beta
 */
export function compileEntries(
  plan: FunnelPlan,
  spans: readonly Span[],
  source: LineSource,
  horizonMs: number | undefined,
): EntryStatements {
  const { dialect } = source;
  const { from: _, to: __, ...always } = plan;
  // What lies in none of the spans need not be looked at.
  const begins = Math.min(...spans.map(({ from = Number.NEGATIVE_INFINITY }) => from));
  const ends = Math.max(...spans.map(({ to = Number.POSITIVE_INFINITY }) => to));
  const wide: FunnelPlan = {
    ...always,
    ...(Number.isFinite(begins) ? { from: begins } : {}),
    ...(Number.isFinite(ends) ? { to: ends } : {}),
  };
  const parts = partsTable(
    spans.map(({ from = Number.MIN_SAFE_INTEGER, to = Number.MAX_SAFE_INTEGER }) => [from, to] as const),
  );
  const subject = passing(plan.line, plan.where, context(plan, dialect));
  const past = pastVisits(plan);
  const shared = {
    present: finish(source, [past], sql`SELECT ${presentRanks(dialect)} AS present`),
    ...(source.kept ? { facts: factsStatement(plan.line, plan.asOf) } : {}),
  };
  if (plan.view === 'activity') {
    const counted = plan.unit === 'entity' ? sql`count(DISTINCT v.entity)` : sql`count(*)`;
    const body = sql`SELECT p.part AS part, v.rank AS rank, ${counted} AS n FROM past_visits v CROSS JOIN parts p
      WHERE v.instant >= p.begins AND v.instant < p.ends${onlyPassing(plan.where, 'v.entity')} GROUP BY p.part, v.rank`;
    return { ...shared, counts: finish(source, [...subject, past, parts], body) };
  }
  const tables = [...subject, ...trialTables(wide, false, dialect), parts];
  const body = sql`SELECT p.part AS part, t.reached AS reached, t.explicit AS explicit, t.rest AS rest, count(*) AS n, ${followed(plan, horizonMs)} AS followed
    FROM trials t CROSS JOIN parts p WHERE t.entry >= p.begins AND t.entry < p.ends GROUP BY p.part, t.reached, t.explicit, t.rest`;
  return { ...shared, counts: finish(source, tables, body) };
}

function finish(source: LineSource, tables: readonly Table[], body: Sql): SqlStatement {
  const { once, placeholder } = source.dialect;
  return withTables([...source.tables, ...tables], body, once).statement(placeholder);
}

/**
 * The 90th percentile of the time to convert over all periods, as `horizon`: read first when a
 * question has no window of its own.
 * @beta
 */
export function horizonStatement(plan: FunnelPlan, source: LineSource): SqlStatement {
  const { dialect } = source;
  const tables = [...passing(plan.line, plan.where, context(plan, dialect)), ...trialTables(plan, true, dialect)];
  return finish(
    source,
    tables,
    sql`SELECT ${dialect.quantile(sql`won_at - entry`, 0.9)} AS horizon FROM trials WHERE won_at IS NOT NULL`,
  );
}

/**
 * Compiles a funnel question.
 *
 * @param horizonMs the window, or what {@link horizonStatement} found.
 * @beta
 */
export function compileFunnel(plan: FunnelPlan, source: LineSource, horizonMs: number | undefined): FunnelStatements {
  const { dialect } = source;
  const subject = passing(plan.line, plan.where, context(plan, dialect));
  const past = pastVisits(plan);
  const shared = {
    // A row of counts that share tables: ClickHouse 26 loses one of them where the tables are run once.
    scope: withTables([...source.tables, ...subject, past], scope(plan, dialect)).statement(dialect.placeholder),
    ...(source.kept && plan.where === undefined ? { facts: factsStatement(plan.line, plan.asOf) } : {}),
  };
  if (plan.view === 'activity') return { ...shared, counts: finish(source, [...subject, past], activity(plan)) };
  if (plan.view === 'snapshot') {
    const standing: Table = [
      'last_visits',
      sql`SELECT entity, ${lastRank(dialect)} AS rank, max(instant) AS instant FROM past_visits WHERE true${onlyPassing(plan.where)} GROUP BY entity`,
    ];
    const counts = finish(
      source,
      [...subject, past, standing],
      sql`SELECT rank, count(*) AS n FROM last_visits GROUP BY rank`,
    );
    const ages = sql`SELECT rank, ${plan.asOf} - instant AS duration, 0 AS code, count(*) AS n FROM last_visits GROUP BY rank, duration`;
    return {
      ...shared,
      counts,
      ...(plan.time ? { durations: finish(source, [...subject, past, standing], ages) } : {}),
    };
  }
  const tables = [...subject, ...trialTables(plan, false, dialect)];
  return {
    ...shared,
    counts: finish(source, tables, cohort(plan, horizonMs)),
    ...(plan.time ? { durations: finish(source, tables, durations(plan)) } : {}),
    ...(plan.estimate && plan.windowMs !== undefined
      ? { conversion: finish(source, tables, conversion(dialect)) }
      : {}),
    ...(plan.reasons === true
      ? { reasons: finish(source, [...tables, ...reasonTables(plan, source)], reasonCounts()) }
      : {}),
  };
}

const context = (plan: FunnelPlan, dialect: Dialect): CriteriaContext => ({
  asOf: plan.asOf,
  timeZone: plan.line.timeZone,
  dialect,
});

const followed = (plan: FunnelPlan, horizonMs: number | undefined): Sql =>
  horizonMs === undefined ? sql`0` : sql`count(*) FILTER (WHERE entry + ${horizonMs} <= ${plan.asOf})`;

function cohort(plan: FunnelPlan, horizonMs: number | undefined): Sql {
  const head = sql`reached, explicit, rest, count(*) AS n, ${followed(plan, horizonMs)} AS followed`;
  if (plan.measure === 'count') return sql`SELECT ${head} FROM trials GROUP BY reached, explicit, rest`;
  const money =
    plan.line.grain === 'opportunity'
      ? sql`SELECT t.*, p.amount, p.currency FROM trials t LEFT JOIN records p ON p.entity_type = 'opportunity' AND p.id = t.entity`
      : sql`SELECT t.*, CASE WHEN t.opportunity IS NULL THEN p.amount ELSE o.amount END AS amount,
          CASE WHEN t.opportunity IS NULL THEN p.currency ELSE o.currency END AS currency
        FROM trials t LEFT JOIN records p ON p.entity_type = ${plan.line.grain} AND p.id = t.entity
        LEFT JOIN records o ON o.entity_type = 'opportunity' AND o.id = t.opportunity`;
  return sql`SELECT ${head}, sum(amount) AS amount, CASE WHEN amount IS NOT NULL THEN currency END AS code
    FROM (${money}) AS m GROUP BY reached, explicit, rest, code`;
}

function durations(plan: FunnelPlan): Sql {
  const final = plan.line.main.length - 1;
  const fromEvents = sql`SELECT rank, least(coalesce(leaves, cutoff), cutoff) - instant AS duration, coalesce(leaves <= cutoff, false) AS ended
    FROM trial_visits WHERE ${IN_SCOPE} AND rank BETWEEN ${plan.anchorRank} AND ${final - 1}`;
  const fromRows = plan.anchorRank === final ? [] : [rowDurations(plan)];
  return sql`SELECT rank, duration, CAST(ended AS INTEGER) AS code, count(*) AS n
    FROM (${joinSql([...fromRows, fromEvents], ' UNION ALL ')}) AS d GROUP BY rank, duration, ended`;
}

const DAY_MS = 86_400_000;

function conversion(dialect: Dialect): Sql {
  const ms = sql`(CASE code WHEN 1 THEN won_at WHEN 2 THEN last_at ELSE cutoff END - entry)`;
  return sql`SELECT ${dialect.divide(ms, sql`${DAY_MS}`)} AS duration, code, count(*) AS n
    FROM (SELECT *, CASE WHEN won_at IS NOT NULL THEN 1 WHEN rest IN (3, 4) THEN 2 ELSE 0 END AS code FROM trials) AS t GROUP BY duration, code`;
}

function activity(plan: FunnelPlan): Sql {
  const period = inPeriod(plan, sql`instant`);
  const counted = plan.unit === 'entity' ? sql`count(DISTINCT entity)` : sql`count(*)`;
  return sql`SELECT rank, ${counted} AS n FROM past_visits WHERE true${period}${onlyPassing(plan.where)} GROUP BY rank`;
}
