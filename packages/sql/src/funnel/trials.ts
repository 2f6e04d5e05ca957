import type { FunnelPlan } from '@sama/metrics/funnel';
import type { Table } from '../line/index.ts';
import { joinSql, raw, sql, type Sql } from '../statement/index.ts';
import { onlyPassing } from './subjects.ts';

/** What a trial that did not advance rests in; the numbers are those of the decoder. */
export const REST = { open: 0, overdue: 1, recycled: 2, lost: 3, disqualified: 4 } as const;

/** Limits an entry to the period. */
export function inPeriod(plan: FunnelPlan, entry: Sql): Sql {
  const from = plan.from === undefined ? sql`` : sql` AND ${entry} >= ${plan.from}`;
  const to = plan.to === undefined ? sql`` : sql` AND ${entry} < ${plan.to}`;
  return sql`${from}${to}`;
}

/** The end of following, `least(entry + window, asOf)`. */
function cutoff(plan: FunnelPlan, entry: Sql): Sql {
  return plan.windowMs === undefined
    ? sql`CAST(${plan.asOf} AS BIGINT)`
    : sql`least(${entry} + ${plan.windowMs}, ${plan.asOf})`;
}

/** The rest of a last visit's rank. */
function restOf(plan: FunnelPlan, rank: Sql): Sql {
  const cases = plan.line.side.map(
    (s) => sql`WHEN ${s.rank} THEN ${s.outcome === 'open' && s.overdue ? REST.overdue : REST[s.outcome]}`,
  );
  return cases.length === 0 ? sql`0` : sql`CASE ${rank} ${joinSql(cases, ' ')} ELSE 0 END`;
}

/**
 * All trials of a plan, whatever their period (section 2 of `docs/how-sama-counts.md`), ending in
 * `trials(entity, entry, cutoff, reached, explicit, rest, won_at, last_at, opportunity)`.
 * `reached` and `explicit` have a bit for each rank; the estimate reads `won_at` and `last_at`.
 */
export function trialTables(plan: FunnelPlan, everyPeriod: boolean): Table[] {
  return [
    ['row_entries', rowEntries(plan, everyPeriod)],
    ['row_trials', rowTrials(plan)],
    ...eventTrialTables(plan, everyPeriod),
    ['trials', sql`SELECT * FROM row_trials UNION ALL BY NAME SELECT * FROM event_trials`],
  ];
}

const stageColumn = (rank: number): Sql => raw(`at_${rank}`);

/** The ranks a plan shows, the anchor first. */
function shownRanks(plan: FunnelPlan): number[] {
  return plan.line.main.map((s) => s.rank).filter((r) => r >= plan.anchorRank);
}

/** Rows with their entry and cutoff. A row has one cycle and each stage once, so every entry policy agrees. */
function rowEntries(plan: FunnelPlan, everyPeriod: boolean): Sql {
  const inferred = plan.skipPolicy === 'impute' && plan.unit !== 'visit';
  const entry = inferred
    ? sql`coalesce(${joinSql(shownRanks(plan).map(stageColumn), ', ')})`
    : stageColumn(plan.anchorRank);
  const period = everyPeriod ? sql`` : inPeriod(plan, entry);
  return sql`SELECT *, ${entry} AS entry, ${cutoff(plan, entry)} AS cutoff FROM journeys WHERE ${entry} <= ${plan.asOf}${period}${onlyPassing(plan.where)}`;
}

/** Trials of histories that fit a row: one comparison for each stage. */
function rowTrials(plan: FunnelPlan): Sql {
  const final = plan.line.main.length - 1;
  const ranks = shownRanks(plan);
  const reachedAt = (rank: number): Sql => sql`(${stageColumn(rank)} IS NOT NULL AND ${stageColumn(rank)} <= cutoff)`;
  const explicit = joinSql(
    ranks.map((r) => sql`(CASE WHEN ${reachedAt(r)} THEN ${2 ** r} ELSE 0 END)`),
    ' + ',
  );
  const won =
    plan.skipPolicy === 'strict' ? sql`reached = ${2 ** (final + 1) - 2 ** plan.anchorRank}` : reachedAt(final);
  return sql`SELECT entity, entry, cutoff, reached, explicit, opportunity,
      CASE WHEN ended THEN ${restOf(plan, sql`side`)} ELSE 0 END AS rest,
      CASE WHEN ended THEN side_at ELSE entry END AS last_at,
      CASE WHEN ${won} THEN ${stageColumn(final)} END AS won_at
    FROM (SELECT *, ${reachedMask(plan, ranks, reachedAt)} AS reached, ${explicit} AS explicit,
      coalesce(side_at <= cutoff, false) AS ended FROM row_entries)`;
}

/** How long row histories stayed at each stage: `rank, duration, ended`. */
export function rowDurations(plan: FunnelPlan): Sql {
  const ranks = shownRanks(plan);
  const stays = ranks.slice(0, -1).map((rank, i) => {
    const leaves = sql`coalesce(${joinSql([...ranks.slice(i + 1).map(stageColumn), raw('side_at')], ', ')})`;
    return sql`SELECT ${rank} AS rank, least(coalesce(${leaves}, cutoff), cutoff) - ${stageColumn(rank)} AS duration, coalesce(${leaves} <= cutoff, false) AS ended
      FROM row_entries WHERE ${stageColumn(rank)} <= cutoff`;
  });
  return joinSql(stays, ' UNION ALL ');
}

function reachedMask(plan: FunnelPlan, ranks: readonly number[], reachedAt: (rank: number) => Sql): Sql {
  const upTo = (rank: number): number => 2 ** (rank + 1) - 2 ** plan.anchorRank;
  if (plan.skipPolicy === 'open')
    return joinSql(
      ranks.map((r) => sql`(CASE WHEN ${reachedAt(r)} THEN ${2 ** r} ELSE 0 END)`),
      ' + ',
    );
  if (plan.skipPolicy === 'impute') {
    const cases = ranks.toReversed().map((r) => sql`WHEN ${reachedAt(r)} THEN ${upTo(r)}`);
    return sql`CASE ${joinSql(cases, ' ')} END`;
  }
  // Strict: the first stage that is missing ends the chain.
  const cases = ranks.slice(1).map((r) => sql`WHEN NOT ${reachedAt(r)} THEN ${upTo(r - 1)}`);
  const all = upTo(ranks.at(-1) ?? 0);
  return cases.length === 0 ? sql`${all}` : sql`CASE ${joinSql(cases, ' ')} ELSE ${all} END`;
}

/** Trials of all other histories, from their ordered events. */
function eventTrialTables(plan: FunnelPlan, everyPeriod: boolean): Table[] {
  const period = everyPeriod ? sql`` : inPeriod(plan, sql`entry`);
  const joins = plan.line.grain !== 'opportunity';
  return [
    ['past_events', sql`SELECT * FROM line_events WHERE instant <= ${plan.asOf}${onlyPassing(plan.where)}`],
    ['entries', sql`SELECT *, ${cutoff(plan, sql`entry`)} AS cutoff FROM (${entries(plan)}) WHERE true${period}`],
    ...(joins ? opportunityTables() : []),
    ['trial_visits', joins ? sql`${loneVisits(plan)} UNION ALL BY NAME ${chosenVisits()}` : loneVisits(plan)],
    ['event_trials', eventTrials(plan)],
  ];
}

/** Where and when each trial enters, and the sequence number its scope ends before. */
function entries(plan: FunnelPlan): Sql {
  const anchor = plan.anchorRank;
  const entering =
    plan.skipPolicy === 'impute'
      ? sql`visit AND rank BETWEEN ${anchor} AND ${plan.line.main.length - 1}`
      : sql`visit AND rank = ${anchor}`;
  const none = raw('CAST(NULL AS BIGINT) AS scope_end');
  if (plan.unit === 'visit') {
    return sql`SELECT entity, seq AS entry_seq, instant AS entry, lead(seq) OVER (PARTITION BY entity ORDER BY seq) AS scope_end
      FROM past_events WHERE visit AND rank = ${anchor}`;
  }
  if (plan.entryPolicy === 'first') {
    return sql`SELECT entity, min(seq) AS entry_seq, min(instant) AS entry, ${none} FROM past_events WHERE ${entering} GROUP BY entity`;
  }
  const byCycle = sql`SELECT entity, cycle, min(seq) FILTER (${entering}) AS inferred, min(instant) FILTER (${entering}) AS inferred_at,
    max(seq) FILTER (visit AND rank = ${anchor}) AS latest, max(instant) FILTER (visit AND rank = ${anchor}) AS latest_at,
    max(seq) + 1 AS ends FROM past_events GROUP BY entity, cycle`;
  if (plan.entryPolicy === 'every') {
    return sql`SELECT entity, inferred AS entry_seq, inferred_at AS entry, ends AS scope_end FROM (${byCycle}) WHERE inferred IS NOT NULL`;
  }
  return sql`SELECT entity, arg_max(coalesce(latest, inferred), cycle) AS entry_seq, arg_max(coalesce(latest_at, inferred_at), cycle) AS entry, ${none}
    FROM (${byCycle}) WHERE inferred IS NOT NULL GROUP BY entity`;
}

/** The visits of trials on lines with at most one opportunity: those of the line itself. */
function loneVisits(plan: FunnelPlan): Sql {
  // Only sums of amounts ask for the opportunity, which may be older than the entry.
  const sums = plan.measure === 'value' && plan.line.grain !== 'opportunity';
  const opportunity = sums ? raw('o.opportunity') : raw('CAST(NULL AS VARCHAR)');
  const join = sums
    ? raw(
        ' LEFT JOIN (SELECT entity, min(opportunity) AS opportunity FROM past_events GROUP BY entity) o ON o.entity = t.entity',
      )
    : raw('');
  return sql`SELECT t.*, e.seq, e.rank, e.instant, e.leaves, ${opportunity} AS opportunity
    FROM entries t JOIN past_events e ON e.entity = t.entity AND e.seq >= t.entry_seq${join} WHERE e.visit AND NOT e.several`;
}

/** Which of several opportunities each trial sees (rule 1.5). */
function opportunityTables(): Table[] {
  return [
    [
      'several_entries',
      sql`SELECT t.*, e.rank AS entry_rank FROM entries t JOIN past_events e ON e.entity = t.entity AND e.seq = t.entry_seq WHERE e.several`,
    ],
    [
      'created',
      sql`SELECT entity, opportunity, min(instant) AS instant FROM past_events WHERE several AND opportunity IS NOT NULL GROUP BY entity, opportunity`,
    ],
    [
      'created_counts',
      sql`SELECT entity, count(*) AS opportunities, min(opportunity) AS only_one FROM created GROUP BY entity`,
    ],
    [
      'own_entry',
      sql`SELECT t.entity, t.entry_seq, CASE WHEN count(e.opportunity) = count(*) THEN min(e.opportunity) END AS opportunity
      FROM several_entries t JOIN past_events e ON e.entity = t.entity AND e.instant = t.entry AND e.rank = t.entry_rank GROUP BY t.entity, t.entry_seq`,
    ],
    [
      'next_created',
      sql`SELECT t.entity, t.entry_seq, arg_min(c.opportunity, (c.instant, c.opportunity)) AS opportunity
      FROM several_entries t JOIN created c ON c.entity = t.entity AND c.instant >= t.entry GROUP BY t.entity, t.entry_seq`,
    ],
    [
      'chosen',
      sql`SELECT t.*, CASE WHEN s.opportunities > 1 THEN coalesce(o.opportunity, n.opportunity) ELSE s.only_one END AS opportunity
      FROM several_entries t LEFT JOIN created_counts s ON s.entity = t.entity
      LEFT JOIN own_entry o ON o.entity = t.entity AND o.entry_seq = t.entry_seq
      LEFT JOIN next_created n ON n.entity = t.entity AND n.entry_seq = t.entry_seq`,
    ],
  ];
}

/** The visits of trials on lines with several opportunities, formed again without the events of the others. */
function chosenVisits(): Sql {
  return sql`SELECT * EXCLUDE (before, entry_rank), lead(instant) OVER (PARTITION BY entity, entry_seq ORDER BY seq) AS leaves FROM
    (SELECT t.*, e.seq, e.rank, e.instant, lag(e.rank) OVER (PARTITION BY t.entity, t.entry_seq ORDER BY e.seq) AS before
    FROM chosen t JOIN past_events e ON e.entity = t.entity AND e.seq >= t.entry_seq AND (e.opportunity IS NULL OR e.opportunity IS NOT DISTINCT FROM t.opportunity))
    WHERE before IS NULL OR before <> rank`;
}

/** The visits in which a trial may succeed. */
export const IN_SCOPE = raw('instant <= cutoff AND (scope_end IS NULL OR seq < scope_end)');

function eventTrials(plan: FunnelPlan): Sql {
  const mains = plan.line.main.length;
  const final = mains - 1;
  const anchorBit = 2 ** plan.anchorRank;
  const explicit = sql`coalesce(bit_or(CASE WHEN rank < ${mains} THEN CAST(1 AS BIGINT) << rank ELSE 0 END), 0)`;
  // The chain: each visit that is the next stage of the one before it.
  const chain = sql`list_reduce(list({r: rank, a: instant} ORDER BY seq), lambda c, x: CASE WHEN x.r = c.r + 1 AND x.r < ${mains} THEN x ELSE c END)`;
  const reached =
    plan.skipPolicy === 'open'
      ? sql`explicit | ${anchorBit}`
      : plan.skipPolicy === 'strict'
        ? sql`(CAST(2 AS BIGINT) << chain.r) - ${anchorBit}`
        : sql`(CAST(2 AS BIGINT) << furthest) - ${anchorBit}`;
  const won = plan.skipPolicy === 'strict' ? sql`CASE WHEN chain.r = ${final} THEN chain.a END` : raw('first_final');
  return sql`SELECT entity, entry, cutoff, CAST(${reached} AS BIGINT) AS reached, explicit, ${restOf(plan, sql`last_rank`)} AS rest,
      ${won} AS won_at, last_at, opportunity
    FROM (SELECT entity, entry, cutoff, ${explicit} AS explicit,
        greatest(max(rank) FILTER (rank < ${mains}), ${plan.anchorRank}) AS furthest, ${plan.skipPolicy === 'strict' ? chain : raw('NULL')} AS chain,
        min(instant) FILTER (rank = ${final}) AS first_final, arg_max(rank, seq) AS last_rank, max(instant) AS last_at, any_value(opportunity) AS opportunity
      FROM trial_visits WHERE ${IN_SCOPE} GROUP BY entity, entry_seq, entry, cutoff)`;
}
