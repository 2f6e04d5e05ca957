import type { FunnelPlan } from '@sama/metrics/funnel';
import type { Dialect } from '../dialect/index.ts';
import { before, type Table } from '../line/index.ts';
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
    : sql`least(${entry} + ${plan.windowMs}, CAST(${plan.asOf} AS BIGINT))`;
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
export function trialTables(plan: FunnelPlan, everyPeriod: boolean, dialect: Dialect): Table[] {
  return [
    ['row_entries', rowEntries(plan, everyPeriod)],
    ['row_trials', rowTrials(plan)],
    ...eventTrialTables(plan, everyPeriod, dialect),
    ['trials', sql`SELECT ${TRIAL} FROM row_trials UNION ALL SELECT ${TRIAL} FROM event_trials`],
  ];
}

const TRIAL = raw('entity, entry, cutoff, reached, explicit, rest, won_at, last_at, opportunity');

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
    FROM (SELECT *, CAST(${reachedMask(plan, ranks, reachedAt)} AS BIGINT) AS reached, CAST(${explicit} AS BIGINT) AS explicit,
      coalesce(side_at <= cutoff, false) AS ended FROM row_entries) AS t`;
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
function eventTrialTables(plan: FunnelPlan, everyPeriod: boolean, dialect: Dialect): Table[] {
  const period = everyPeriod ? sql`` : inPeriod(plan, sql`entry`);
  const joins = plan.line.grain !== 'opportunity';
  return [
    ['past_events', sql`SELECT * FROM line_events WHERE instant <= ${plan.asOf}${onlyPassing(plan.where)}`],
    [
      'entries',
      sql`SELECT *, ${cutoff(plan, sql`entry`)} AS cutoff FROM (${entries(plan, dialect)}) AS e WHERE true${period}`,
    ],
    ...(joins ? opportunityTables(dialect) : []),
    ['trial_visits', joins ? sql`${loneVisits(plan)} UNION ALL ${chosenVisits()}` : loneVisits(plan)],
    ...(plan.skipPolicy === 'strict' && dialect.chain === undefined ? chainTables(plan) : []),
    ['event_trials', eventTrials(plan, dialect)],
  ];
}

/** Where and when each trial enters, and the sequence number its scope ends before. */
function entries(plan: FunnelPlan, dialect: Dialect): Sql {
  const anchor = plan.anchorRank;
  const entering =
    plan.skipPolicy === 'impute'
      ? sql`visit AND rank BETWEEN ${anchor} AND ${plan.line.main.length - 1}`
      : sql`visit AND rank = ${anchor}`;
  const none = raw('CAST(NULL AS BIGINT) AS scope_end');
  if (plan.unit === 'visit') {
    return sql`SELECT entity, seq AS entry_seq, instant AS entry, lead(CASE WHEN visit THEN seq END) OVER (PARTITION BY entity ORDER BY seq) AS scope_end
      FROM past_events WHERE visit AND rank = ${anchor}`;
  }
  if (plan.entryPolicy === 'first') {
    return sql`SELECT entity, min(seq) AS entry_seq, min(instant) AS entry, ${none} FROM past_events WHERE ${entering} GROUP BY entity`;
  }
  const byCycle = sql`SELECT entity, cycle, min(seq) FILTER (WHERE ${entering}) AS inferred, min(instant) FILTER (WHERE ${entering}) AS inferred_at,
    max(seq) FILTER (WHERE visit AND rank = ${anchor}) AS latest, max(instant) FILTER (WHERE visit AND rank = ${anchor}) AS latest_at,
    max(seq) + 1 AS ends FROM past_events GROUP BY entity, cycle`;
  if (plan.entryPolicy === 'every') {
    return sql`SELECT entity, inferred AS entry_seq, inferred_at AS entry, ends AS scope_end FROM (${byCycle}) AS c WHERE inferred IS NOT NULL`;
  }
  const lastly = (value: Sql): Sql => dialect.atLast(value, [sql`cycle`]);
  return sql`SELECT entity, ${lastly(sql`coalesce(latest, inferred)`)} AS entry_seq, ${lastly(sql`coalesce(latest_at, inferred_at)`)} AS entry, ${none}
    FROM (${byCycle}) AS c WHERE inferred IS NOT NULL GROUP BY entity`;
}

const VISIT = raw(
  't.entity AS entity, t.entry_seq AS entry_seq, t.entry AS entry, t.scope_end AS scope_end, t.cutoff AS cutoff, e.seq AS seq, e.rank AS rank, e.instant AS instant',
);

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
  return sql`SELECT ${VISIT}, e.leaves AS leaves, ${opportunity} AS opportunity
    FROM entries t JOIN past_events e ON e.entity = t.entity AND e.seq >= t.entry_seq${join} WHERE e.visit AND NOT e.several`;
}

const ENTRY = raw(
  't.entity AS entity, t.entry_seq AS entry_seq, t.entry AS entry, t.scope_end AS scope_end, t.cutoff AS cutoff',
);

/** Which of several opportunities each trial sees (rule 1.5). */
function opportunityTables(dialect: Dialect): Table[] {
  const least = (text: Sql): Sql => sql`min(${dialect.byCodePoint(text)})`;
  return [
    [
      'several_entries',
      sql`SELECT ${ENTRY}, e.rank AS entry_rank FROM entries t JOIN past_events e ON e.entity = t.entity AND e.seq = t.entry_seq WHERE e.several`,
    ],
    [
      'created',
      sql`SELECT entity, opportunity, min(instant) AS instant FROM past_events WHERE several AND opportunity IS NOT NULL GROUP BY entity, opportunity`,
    ],
    [
      'created_counts',
      sql`SELECT entity, count(*) AS opportunities, ${least(sql`opportunity`)} AS only_one FROM created GROUP BY entity`,
    ],
    [
      'own_entry',
      sql`SELECT t.entity AS entity, t.entry_seq AS entry_seq, CASE WHEN count(e.opportunity) = count(*) THEN ${least(sql`e.opportunity`)} END AS opportunity
      FROM several_entries t JOIN past_events e ON e.entity = t.entity AND e.instant = t.entry AND e.rank = t.entry_rank GROUP BY t.entity, t.entry_seq`,
    ],
    [
      'next_created',
      sql`SELECT t.entity AS entity, t.entry_seq AS entry_seq, ${dialect.atFirst(sql`c.opportunity`, [sql`c.instant`, dialect.byCodePoint(sql`c.opportunity`)])} AS opportunity
      FROM several_entries t JOIN created c ON c.entity = t.entity AND c.instant >= t.entry GROUP BY t.entity, t.entry_seq`,
    ],
    [
      'chosen',
      sql`SELECT ${ENTRY}, CASE WHEN s.opportunities > 1 THEN coalesce(o.opportunity, n.opportunity) ELSE s.only_one END AS opportunity
      FROM several_entries t LEFT JOIN created_counts s ON s.entity = t.entity
      LEFT JOIN own_entry o ON o.entity = t.entity AND o.entry_seq = t.entry_seq
      LEFT JOIN next_created n ON n.entity = t.entity AND n.entry_seq = t.entry_seq`,
    ],
  ];
}

/** The visits of trials on lines with several opportunities, formed again without the events of the others. */
function chosenVisits(): Sql {
  return sql`SELECT entity, entry_seq, entry, scope_end, cutoff, seq, rank, instant,
      lead(CASE WHEN instant IS NOT NULL THEN instant END) OVER (PARTITION BY entity, entry_seq ORDER BY seq) AS leaves, opportunity FROM
    (SELECT ${VISIT}, t.opportunity AS opportunity, ${before(sql`e.rank`)} OVER (PARTITION BY t.entity, t.entry_seq ORDER BY e.seq) AS before
    FROM chosen t JOIN past_events e ON e.entity = t.entity AND e.seq >= t.entry_seq AND (e.opportunity IS NULL OR e.opportunity IS NOT DISTINCT FROM t.opportunity)) AS v
    WHERE before IS NULL OR before <> rank`;
}

/** The visits in which a trial may succeed. */
export const IN_SCOPE = raw('instant <= cutoff AND (scope_end IS NULL OR seq < scope_end)');

/**
 * The chains of strict trials: each next stage at the first visit after the one before it. One table
 * for each stage, and `chains(entity, entry_seq, r, a)` with the last link of each trial.
 */
function chainTables(plan: FunnelPlan): Table[] {
  const final = plan.line.main.length - 1;
  const ranks = Array.from({ length: final - plan.anchorRank + 1 }, (_, i) => plan.anchorRank + i);
  const links = ranks.map((rank): Table => {
    const before =
      rank === plan.anchorRank
        ? raw('')
        : raw(` JOIN chain_${rank - 1} b ON b.entity = v.entity AND b.entry_seq = v.entry_seq AND v.seq > b.seq`);
    return [
      `chain_${rank}`,
      sql`SELECT v.entity AS entity, v.entry_seq AS entry_seq, min(v.seq) AS seq, min(v.instant) AS instant FROM trial_visits v${before}
        WHERE ${IN_SCOPE_OF_V} AND v.rank = ${rank} GROUP BY v.entity, v.entry_seq`,
    ];
  });
  const all = ranks.map((rank) =>
    raw(`SELECT entity, entry_seq, CAST(${rank} AS INTEGER) AS r, instant FROM chain_${rank}`),
  );
  return [
    ...links,
    [
      'chains',
      sql`SELECT entity, entry_seq, max(r) AS r, max(instant) AS a FROM (${joinSql(all, ' UNION ALL ')}) AS c GROUP BY entity, entry_seq`,
    ],
  ];
}

const IN_SCOPE_OF_V = raw('v.instant <= v.cutoff AND (v.scope_end IS NULL OR v.seq < v.scope_end)');

function eventTrials(plan: FunnelPlan, dialect: Dialect): Sql {
  const mains = plan.line.main.length;
  const final = mains - 1;
  const anchorBit = 2 ** plan.anchorRank;
  const strict = plan.skipPolicy === 'strict';
  // Sums of powers of two: not every database has operators on bits.
  const bits = (ranks: readonly number[]): Sql =>
    joinSql(
      ranks.map((rank) => sql`max(CASE WHEN rank = ${rank} THEN ${2 ** rank} ELSE 0 END)`),
      ' + ',
    );
  const explicit = sql`CAST(${bits(plan.line.main.map((s) => s.rank))} AS BIGINT)`;
  const upTo = shownRanks(plan).map((rank) => sql`WHEN ${rank} THEN ${2 ** (rank + 1) - anchorBit}`);
  const own = strict ? dialect.chain?.(plan.anchorRank, mains) : undefined;
  const [furthest, furthestAt] = own
    ? [own.stage(sql`t.chain`), own.instant(sql`t.chain`)]
    : strict
      ? [raw('c.r'), raw('c.a')]
      : [raw('t.furthest'), raw('t.first_final')];
  const reached =
    plan.skipPolicy === 'open'
      ? sql`t.explicit + CASE WHEN t.has_anchor = 1 THEN 0 ELSE ${anchorBit} END`
      : sql`CASE ${furthest} ${joinSql(upTo, ' ')} END`;
  const won = sql`CASE WHEN ${furthest} = ${final} THEN ${furthestAt} END`;
  const chains =
    strict && own === undefined ? raw(' JOIN chains c ON c.entity = t.entity AND c.entry_seq = t.entry_seq') : raw('');
  return sql`SELECT t.entity AS entity, t.entry AS entry, t.cutoff AS cutoff, CAST(${reached} AS BIGINT) AS reached, t.explicit AS explicit, ${restOf(plan, sql`t.last_rank`)} AS rest,
      ${won} AS won_at, t.last_at AS last_at, t.opportunity AS opportunity
    FROM (SELECT entity, entry_seq, entry, cutoff, ${explicit} AS explicit,
        max(CASE WHEN rank = ${plan.anchorRank} THEN 1 ELSE 0 END) AS has_anchor,${own === undefined ? sql`` : sql` ${own.pair} AS chain,`}
        greatest(max(rank) FILTER (WHERE rank < ${mains}), ${plan.anchorRank}) AS furthest,
        min(instant) FILTER (WHERE rank = ${final}) AS first_final, ${dialect.atLast(sql`rank`, [sql`seq`])} AS last_rank,
        max(instant) AS last_at, min(opportunity) AS opportunity
      FROM trial_visits WHERE ${IN_SCOPE} GROUP BY entity, entry_seq, entry, cutoff) AS t${chains}`;
}
