import { Loss } from '@sama/metrics/contracts';
import type { FunnelPlan } from '@sama/metrics/funnel';
import { dayBounds, type LineSource, type Table } from '../line/index.ts';
import { joinSql, raw, sql, type Sql } from '../statement/index.ts';
import { REST } from './trials.ts';

const LOSSES = joinSql(
  Loss.options.map((loss) => sql`${REST[loss]}`),
  ', ',
);

/** Whether the trial of a row rests in a loss. */
const IS_LOSS = sql`rest IN (${LOSSES})`;

/**
 * Why trials came to a loss: `loss_reasons(entity, last_at, rest, reason)`, to be joined to `trials`, from the events
 * that came at its instant or on its day (section 14 of `docs/how-sama-counts.md`).
 */
export function reasonTables({ line }: FunnelPlan, { kept, days, dialect }: LineSource): Table[] {
  const stages = line.side
    .filter(({ outcome }) => outcome !== 'open')
    .map(({ key, outcome }) => sql`(${key}, ${REST[outcome]})`);
  const known =
    stages.length === 0
      ? sql`SELECT '' AS stage, 0 AS rest WHERE false`
      : sql`SELECT * FROM (VALUES ${joinSql(stages, ', ')}) AS v(stage, rest)`;
  return [
    // A line that is derived anew has them already.
    ...(kept ? [['line_days', dayBounds(line, days, dialect)] satisfies Table] : []),
    ['loss_stages', known],
    ['losses', sql`SELECT DISTINCT entity, last_at, rest FROM trials WHERE ${IS_LOSS}`],
    ['loss_events', sql`SELECT * FROM (${saying(line.grain)}) AS e WHERE reason <> ''`],
    [
      'loss_reasons',
      sql`SELECT l.entity AS entity, l.last_at AS last_at, l.rest AS rest, min(${dialect.byCodePoint(sql`e.reason`)}) AS reason
        FROM losses l JOIN loss_events e ON e.entity = l.entity JOIN loss_stages s ON s.stage = e.stage AND s.rest = l.rest
        LEFT JOIN line_days y ON y.day = e.at_day
        WHERE coalesce(e.at_ms = l.last_at, l.last_at BETWEEN y.starts AND y.ends) GROUP BY l.entity, l.last_at, l.rest`,
    ],
  ];
}

/** The events of the grain and those of linked opportunities, with what they give as reason. */
function saying(grain: FunnelPlan['line']['grain']): Sql {
  const own = sql`SELECT entity_id AS entity, stage, at_ms, at_day, reason FROM stage_events WHERE entity_type = ${grain}`;
  if (grain === 'opportunity') return own;
  const link = raw(grain === 'person' ? 'o.person_id' : 'o.account_id');
  return sql`${own} UNION ALL SELECT ${link} AS entity, e.stage AS stage, e.at_ms AS at_ms, e.at_day AS at_day, e.reason AS reason
    FROM stage_events e JOIN records o ON o.entity_type = 'opportunity' AND o.id = e.entity_id WHERE e.entity_type = 'opportunity'`;
}

/** How many trials rest in a loss, by reason: `reached, rest, reason, n`. */
export const reasonCounts =
  (): Sql => sql`SELECT t.reached AS reached, t.rest AS rest, r.reason AS reason, count(*) AS n
  FROM trials t LEFT JOIN loss_reasons r ON r.entity = t.entity AND r.last_at = t.last_at AND r.rest = t.rest
  WHERE t.${IS_LOSS} GROUP BY t.reached, t.rest, r.reason`;
