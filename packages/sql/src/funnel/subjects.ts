import type { Criteria } from '@sama/metrics/contracts';
import type { Line } from '@sama/metrics/funnel';
import { criteriaSql, recordFields, type CriteriaContext } from '../criteria.ts';
import type { Dialect } from '../dialect/index.ts';
import type { Table } from '../line/index.ts';
import { identifier, joinSql, raw, sql, type Sql } from '../statement/index.ts';

const COLUMNS = 'account_id, person_id, campaign_id, amount, currency, owner, current_stage, attributes';

/** All entities of a grain: records, and those that only events speak of. */
export function subjects(grain: string): Table {
  const missing = COLUMNS.split(', ')
    .map(() => 'NULL')
    .join(', ');
  return [
    'subjects',
    sql`SELECT id, ${raw(COLUMNS)} FROM records WHERE entity_type = ${grain} UNION ALL SELECT entity, ${raw(missing)} FROM line_strangers`,
  ];
}

/** Derived fields that criteria or measures read: where an entity stands, and its first visits. */
function standing(line: Line, stages: readonly string[], asOf: number, dialect: Dialect): Table {
  const all = [...line.main, ...line.side];
  const known = all.filter((s) => stages.includes(s.key));
  const firsts = stages.map((key) => {
    const rank = known.find((s) => s.key === key)?.rank;
    return sql`, ${rank === undefined ? raw('CAST(NULL AS BIGINT)') : sql`min(instant) FILTER (WHERE rank = ${rank})`} AS ${identifier(`reached_${key}`)}`;
  });
  const names = all.map((s) => sql`(${s.rank}, ${s.key})`);
  return [
    'standing',
    sql`SELECT x.*, n.stage AS stage FROM (SELECT entity, ${lastRank(dialect)} AS last_rank ${joinSql(firsts, '')}
      FROM (${visits(line)}) AS v WHERE instant <= ${asOf} GROUP BY entity) x JOIN (VALUES ${joinSql(names, ', ')}) AS n(rank, stage) ON n.rank = x.last_rank`,
  ];
}

/** Aggregate: the rank of the last of the visits. */
export const lastRank = (dialect: Dialect): Sql => dialect.atLast(sql`rank`, [sql`instant`, sql`rank`]);

/** Every visit of the line, from journeys and events alike. */
export function visits(line: Line): Sql {
  const rows = line.main.map(
    ({ rank }) =>
      sql`SELECT entity, ${rank} AS rank, ${raw(`at_${rank}`)} AS instant FROM journeys WHERE ${raw(`at_${rank}`)} IS NOT NULL`,
  );
  return joinSql(
    [
      ...rows,
      sql`SELECT entity, side, side_at FROM journeys WHERE side IS NOT NULL`,
      sql`SELECT entity, rank, instant FROM line_events WHERE visit`,
    ],
    ' UNION ALL ',
  );
}

/** The stages whose first visit these criteria read. */
export function reachedStages(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(/"reached\.([^"]*)"/g), (m) => m[1] ?? ''))];
}

/**
 * The entities that pass the criteria, as the table `passing(entity)`; none when there are no
 * criteria. A current stage stands in where no event has a date.
 *
 * @param fields what else is read: with derived ones among them or the criteria, `standing_or_current` is a table too.
 */
export function passing(
  line: Line,
  where: Criteria | undefined,
  context: CriteriaContext,
  fields: readonly string[] = [],
): Table[] {
  const reached = reachedStages(JSON.stringify([where, fields]));
  const derived = isDerived(where, fields);
  const from = derived ? sql`subjects r LEFT JOIN standing_or_current d ON d.entity = r.id` : sql`subjects r`;
  return [
    subjects(line.grain),
    ...(derived ? derivedTables(line, reached, context.asOf, context.dialect) : []),
    ...(where === undefined
      ? []
      : [
          [
            'passing',
            sql`SELECT r.id AS entity FROM ${from} WHERE ${criteriaSql(where, recordFields(context.dialect), context)}`,
          ] satisfies Table,
        ]),
  ];
}

/** Whether criteria or fields read what is derived from a line. */
export const isDerived = (where: Criteria | undefined, fields: readonly string[]): boolean =>
  /"(stage|reached\.[^"]*)"/.test(JSON.stringify([where, fields]));

/** `standing_or_current(entity, stage, reached_…)`: derived fields of every subject. */
export function derivedTables(line: Line, reached: readonly string[], asOf: number, dialect: Dialect): Table[] {
  const firsts = reached.map((key) => sql`, s.${identifier(`reached_${key}`)}`);
  return [
    standing(line, reached, asOf, dialect),
    [
      'standing_or_current',
      sql`SELECT r.id AS entity, coalesce(s.stage, r.current_stage) AS stage ${joinSql(firsts, '')} FROM subjects r LEFT JOIN standing s ON s.entity = r.id`,
    ],
  ];
}

/** `AND entity IN passing`, or nothing. */
export function onlyPassing(where: Criteria | undefined, entity = 'entity'): Sql {
  return where === undefined ? sql`` : sql` AND ${raw(entity)} IN (SELECT entity FROM passing)`;
}
