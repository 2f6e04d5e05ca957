import type { Member, MemberPage, MemberPlan } from '@sama/metrics/engine';
import type { FunnelPlan } from '@sama/metrics/funnel';
import { Loss } from '@sama/metrics/contracts';
import * as z from 'zod/mini';
import { recordFields } from '../criteria.ts';
import type { Dialect } from '../dialect/index.ts';
import { reasonTables } from '../funnel/reasons.ts';
import { pastVisits } from '../funnel/scope.ts';
import { isDerived, lastRank, onlyPassing, passing } from '../funnel/subjects.ts';
import { inPeriod, REST, trialTables } from '../funnel/trials.ts';
import type { LineSource, Table } from '../line/index.ts';
import { joinSql, raw, sql, withTables, type Sql, type SqlStatement } from '../statement/index.ts';
import { valueColumns, valuesOf, type Batch } from '../values.ts';

/** The statements for a page of members. @beta */
export interface MemberStatements {
  /** How many there are in all. */
  total: SqlStatement;
  page: SqlStatement;
}

/** What the decoder reads for those who advanced, beside the numbers of `REST`. */
const ADVANCED = 5;

/** Compiles the finding of those whom a funnel counts at a stage. @beta */
export function compileMembers(plan: MemberPlan, source: LineSource): MemberStatements {
  const { dialect } = source;
  const { funnel, fields } = plan;
  const context = { asOf: funnel.asOf, timeZone: funnel.line.timeZone, dialect };
  const tables: Table[] = [
    ...source.tables,
    ...passing(funnel.line, funnel.where, context, fields),
    ...marked(plan, source),
  ];
  const finish = (body: Sql): SqlStatement => withTables(tables, body, dialect.once).statement(dialect.placeholder);
  const field = recordFields(dialect);
  const columns = fields.map((name, i) => valueColumns(`v${i}`, field(name)));
  const derived = raw(isDerived(funnel.where, fields) ? ' LEFT JOIN standing_or_current d ON d.entity = r.id' : '');
  const reason = raw(hasReasons(plan) ? ', m.reason AS reason' : '');
  const read = sql`SELECT m.entity AS id, m.entered AS entered, m.code AS code${reason} ${joinSql(columns, '')}
    FROM marked m JOIN subjects r ON r.id = m.entity${derived}`;
  return {
    total: finish(sql`SELECT count(*) AS n FROM marked`),
    page: finish(
      sql`SELECT * FROM (${read}) AS x ORDER BY ${ordered(plan, dialect)} LIMIT ${plan.limit} OFFSET ${plan.offset}`,
    ),
  };
}

/** `marked(entity, entered, code)`: each of them, with what became of it in a cohort. */
function marked(plan: MemberPlan, source: LineSource): Table[] {
  const { dialect } = source;
  const { funnel, rank } = plan;
  if (funnel.view === 'cohort')
    return [
      ...trialTables(funnel, false, dialect),
      ...(hasReasons(plan) ? reasonTables(funnel, source) : []),
      ['coded', coded(plan, dialect)],
      ['marked', chosen(plan)],
    ];
  const past = pastVisits(funnel);
  if (funnel.view === 'snapshot') {
    return [
      past,
      [
        'last_visits',
        sql`SELECT entity, ${lastRank(dialect)} AS rank, max(instant) AS instant FROM past_visits WHERE true${onlyPassing(funnel.where)} GROUP BY entity`,
      ],
      [
        'marked',
        sql`SELECT entity, instant AS entered, 0 AS code FROM last_visits WHERE rank = ${rank}
          UNION ALL SELECT id, CAST(NULL AS BIGINT), 0 FROM subjects WHERE current_stage = ${keyOf(funnel, rank)}${onlyPassing(funnel.where, 'id')}
          AND id NOT IN (SELECT entity FROM past_visits)`,
      ],
    ];
  }
  const entries = sql`FROM past_visits WHERE rank = ${rank}${inPeriod(funnel, sql`instant`)}${onlyPassing(funnel.where)}`;
  const body =
    funnel.unit === 'entity'
      ? sql`SELECT entity, min(instant) AS entered, 0 AS code ${entries} GROUP BY entity`
      : sql`SELECT entity, instant AS entered, 0 AS code ${entries}`;
  return [past, ['marked', body]];
}

/** Trials that reached the stage, with what became of them there. */
function coded({ funnel, rank }: MemberPlan, dialect: Dialect): Sql {
  const has = (bit: number): Sql => sql`${dialect.divide(sql`reached`, sql`${2 ** bit}`)} % 2 = 1`;
  const final = funnel.line.main.length - 1;
  const code = rank === final ? sql`${ADVANCED}` : sql`CASE WHEN ${has(rank + 1)} THEN ${ADVANCED} ELSE rest END`;
  return sql`SELECT entity, entry AS entered, ${code} AS code, last_at, rest FROM trials WHERE ${has(rank)}`;
}

/** Whether the outcome is a loss, so that each has a reason or none. */
const hasReasons = ({ outcome }: MemberPlan): boolean => Loss.options.some((loss) => loss === outcome);

function chosen(plan: MemberPlan): Sql {
  const { outcome } = plan;
  const codes =
    outcome === undefined
      ? undefined
      : outcome === 'advanced'
        ? [ADVANCED]
        : outcome === 'open'
          ? [REST.open, REST.overdue]
          : [REST[outcome]];
  const only =
    codes === undefined
      ? sql``
      : sql` WHERE code IN (${joinSql(
          codes.map((code) => sql`${code}`),
          ', ',
        )})`;
  if (!hasReasons(plan)) return sql`SELECT * FROM coded${only}`;
  const said =
    plan.reason === undefined
      ? sql``
      : plan.reason === null
        ? sql` AND r.reason IS NULL`
        : sql` AND r.reason = ${plan.reason}`;
  return sql`SELECT c.entity AS entity, c.entered AS entered, c.code AS code, r.reason AS reason FROM (SELECT * FROM coded${only}) AS c
    LEFT JOIN loss_reasons r ON r.entity = c.entity AND r.last_at = c.last_at AND r.rest = c.rest WHERE true${said}`;
}

const keyOf = ({ line }: FunnelPlan, rank: number): string =>
  [...line.main, ...line.side].find((stage) => stage.rank === rank)?.key ?? '';

/** The order every engine gives: numbers before texts before truths, what has no value last. */
function ordered({ sort, fields }: MemberPlan, dialect: Dialect): Sql {
  const way = raw(sort.descending === true ? ' DESC NULLS LAST' : ' ASC NULLS LAST');
  const id = dialect.byCodePoint(sql`x.id`);
  const rest = sql`${id} ASC, x.entered ASC NULLS LAST`;
  if (sort.by === 'id') return sql`${id}${way}, x.entered ASC NULLS LAST`;
  if (sort.by === 'entered') return sql`x.entered${way}, ${rest}`;
  const i = fields.indexOf(sort.by);
  const column = (type: string): Sql => raw(`x.v${i}_${type}`);
  return sql`${column('number')}${way}, ${dialect.byCodePoint(column('text'))}${way}, ${column('boolean')}${way}, ${rest}`;
}

const Total = z.object({ n: z.pipe(z.union([z.number(), z.bigint()]), z.transform(Number)) });
const OUTCOMES = ['open', 'overdue', 'recycled', 'lost', 'disqualified', 'advanced'] as const;

/** The page of an engine's rows. @beta */
export function decodeMembers(
  plan: MemberPlan,
  rows: { total: readonly Readonly<Record<string, unknown>>[]; page: readonly Batch[] },
): MemberPage {
  const columns = plan.fields.map((_, i) => valuesOf(rows.page, `v${i}`));
  const [ids, entries, codes, reasons] = ['id', 'entered', 'code', 'reason'].map((name) => cellsOf(rows.page, name));
  const members = (ids ?? []).map((id, row): Member => {
    const entered = entries?.[row] ?? null;
    const outcome = plan.funnel.view === 'cohort' ? OUTCOMES[Number(codes?.[row])] : undefined;
    return {
      id: String(id),
      entered: entered === null ? null : Number(entered),
      ...(outcome === undefined ? {} : { outcome }),
      ...(hasReasons(plan) ? { reason: textOf(reasons?.[row]) } : {}),
      values: columns.map((column) => column[row] ?? null),
    };
  });
  const [total] = rows.total.map((row) => z.parse(Total, row).n);
  return { total: total ?? 0, members };
}

const textOf = (cell: unknown): string | null => (typeof cell === 'string' ? cell : null);

function cellsOf(batches: readonly Batch[], name: string): unknown[] {
  return batches.flatMap((batch) => {
    const read = batch.column(name);
    return Array.from({ length: batch.rows }, (_, row) => read?.(row));
  });
}
