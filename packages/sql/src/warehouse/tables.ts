import type { ColumnSql, Dialect } from '../dialect/index.ts';
import { ACTIVITIES_TABLE } from '../event-funnel/index.ts';
import { FIGURES_TABLE } from '../figures/index.ts';
import type { Table } from '../line/index.ts';
import { identifier, joinSql, raw, sql, withTables, type Sql, type SqlStatement } from '../statement/index.ts';
import type {
  ActivitiesFrom,
  AmountFrom,
  EventsFrom,
  FiguresFrom,
  MomentFrom,
  RecordsFrom,
  StageFrom,
  TextFrom,
  Warehouse,
} from './mapping.ts';

/** Where the canonical tables of a question are. @beta */
export interface ReadFrom {
  /** How a company's own tables become them. Default: they are there. */
  warehouse?: Warehouse | undefined;
  /** What `saidText` gives: further events of persons, which no table has. */
  said?: string | undefined;
  /** Catalog and schema of the company's tables, as far as their names do not say them. Default: as the database takes them. */
  within?: Within | undefined;
}

/** Where tables are whose names do not say it. @beta */
export type Within = readonly [catalog: string, schema: string];

/**
 * Reads statements over the canonical tables from where they are: before each stands what the tables are.
 *
 * @throws RangeError for a dialect that has no way to read them.
 * @beta
 */
export function readingFrom(
  { warehouse, said, within }: ReadFrom,
  dialect: Dialect,
): (statement: SqlStatement) => SqlStatement {
  if (warehouse === undefined && said === undefined) return (statement) => statement;
  const tables = withSaid(
    warehouse === undefined ? OWN_EVENTS : warehouseTables(warehouse, dialect, within),
    said,
    dialect,
  );
  // A table that is there keeps its indexes.
  const each = warehouse === undefined ? columnsOf(dialect).inPlace : raw('');
  return ({ text, params }) => {
    // Not `dialect.once`: ClickHouse looks into a scalar query before what it names is there, and finds nothing.
    const before = withTables(tables, raw(''), each).statement((n, value) =>
      dialect.placeholder(n + params.length, value),
    );
    const rest = text.startsWith('WITH ') ? `, ${text.slice('WITH '.length)}` : ` ${text}`;
    // Values that are bound by their place stand in the order of the text.
    const isByPlace = dialect.placeholder(1, '') === dialect.placeholder(2, '');
    const bound = isByPlace ? [...before.params, ...params] : [...params, ...before.params];
    return { text: before.text.trimEnd() + rest, params: bound };
  };
}

/** The events of a database that holds the canonical tables itself: its own name means them where it is defined. */
const OWN_EVENTS: readonly Table[] = [
  ['stage_events', raw('SELECT entity_type, entity_id, stage, at_ms, at_day, reason FROM stage_events')],
];

function withSaid(tables: readonly Table[], said: string | undefined, dialect: Dialect): readonly Table[] {
  if (said === undefined) return tables;
  const from = columnsOf(dialect);
  const { id, stage, ms, reason, rows } = from.said(said);
  const more = sql`SELECT ${from.constant('person')} AS entity_type, ${id} AS entity_id, ${stage} AS stage, ${ms} AS at_ms,
    ${from.noDay} AS at_day, ${reason} AS reason FROM ${rows}`;
  return tables.map(([name, query]): Table => [
    name,
    name === 'stage_events' ? sql`${query} UNION ALL ${more}` : query,
  ]);
}

function columnsOf(dialect: Dialect): ColumnSql {
  if (dialect.columns === undefined)
    throw new RangeError(`${dialect.name} does not read the tables of a company's own`);
  return dialect.columns;
}

/**
 * The canonical tables as queries of a company's own: `records` and `stage_events` always, the others where they are
 * mapped.
 *
 * @throws RangeError for a dialect that has no way to read them.
 * @beta
 */
export function warehouseTables(
  { records = [], events, activities = [], figures = [] }: Warehouse,
  dialect: Dialect,
  within?: Within,
): Table[] {
  const from = { ...columnsOf(dialect), within };
  const optional = (name: string, queries: readonly Sql[]): Table[] =>
    queries.length === 0 ? [] : [[name, joinSql(queries, ' UNION ALL ')]];
  const recordQueries = records.length === 0 ? [noRecord(from)] : records.map((one) => recordSql(one, from));
  return [
    ['records', joinSql(recordQueries, ' UNION ALL ')],
    [
      'stage_events',
      joinSql(
        events.map((one) => eventSql(one, from)),
        ' UNION ALL ',
      ),
    ],
    ...optional(
      ACTIVITIES_TABLE,
      activities.map((one) => activitySql(one, from)),
    ),
    ...optional(
      FIGURES_TABLE,
      figures.map((one) => figureSql(one, from)),
    ),
  ];
}

type Columns = readonly (readonly [name: string, value: Sql])[];
/** How columns are read, and where the tables are. */
type From = ColumnSql & { within: Within | undefined };
/** A column of the table that is read. */
const col = (name: string): Sql => sql`t.${identifier(name)}`;

/** A company's table, by its whole name where it is known: its own tables may be called as the canonical ones are. @beta */
export function tableName(table: string, within: Within | undefined): Sql {
  const said = table.split('.');
  return joinSql([...(within ?? []).slice(0, Math.max(0, 3 - said.length)), ...said].map(identifier), '.');
}

/** Reads the rows of a table that have what they need and are chosen. */
function select(
  { within }: From,
  columns: Columns,
  { table, only = {} }: Pick<EventsFrom, 'table' | 'only'>,
  needs: readonly string[],
): Sql {
  const named = columns.map(([name, value]) => sql`${value} AS ${raw(name)}`);
  const chosen = Object.entries(only).map(([column, values]) => {
    const some = [values].flat().map((value) => sql`${value}`);
    return sql`${col(column)} IN (${joinSql(some, ', ')})`;
  });
  const where = [...needs.map((column) => sql`${col(column)} IS NOT NULL`), ...chosen];
  return sql`SELECT ${joinSql(named, ', ')} FROM ${tableName(table, within)} t${where.length === 0 ? raw('') : sql` WHERE ${joinSql(where, ' AND ')}`}`;
}

const texts = (from: ColumnSql, value: TextFrom | undefined): Sql => {
  if (value === undefined) return from.none;
  return typeof value === 'string' ? from.text(col(value)) : from.constant(value.is);
};

function stages(from: ColumnSql, value: StageFrom, read: (column: Sql) => Sql): Sql {
  if (typeof value === 'string') return read(col(value));
  if ('is' in value) return from.constant(value.is);
  const text = read(col(value.column));
  const cases = Object.entries(value.values).map(([said, key]) => sql`WHEN ${said} THEN ${from.constant(key)}`);
  return cases.length === 0 ? text : sql`CASE ${text} ${joinSql(cases, ' ')} ELSE ${text} END`;
}

const columnOf = (at: MomentFrom): string => (typeof at === 'string' ? at : at.column);

function moment(from: ColumnSql, at: MomentFrom): { ms: Sql; day: Sql } {
  const { column, as = 'instant', timeZone } = typeof at === 'string' ? { column: at } : at;
  if (as === 'day') return { ms: from.noWhole, day: from.day(col(column)) };
  return {
    ms: as === 'milliseconds' ? from.whole(col(column)) : from.instantMs(col(column), timeZone),
    day: from.noDay,
  };
}

const amountSql = (from: ColumnSql, amount: AmountFrom | undefined): Sql =>
  amount === undefined ? from.noWhole : from.minor(col(amount.column), amount.digits);

/** Columns that records and activities share. */
const linked = (
  from: ColumnSql,
  { accountId, personId, campaignId, owner, amount, currency, attributes = {} }: Omit<RecordsFrom, 'entityType' | 'id'>,
): Columns => [
  ['account_id', texts(from, accountId)],
  ['person_id', texts(from, personId)],
  ['campaign_id', texts(from, campaignId)],
  ['owner', texts(from, owner)],
  ['amount', amountSql(from, amount)],
  ['currency', texts(from, currency)],
  ['attributes', from.object(Object.entries(attributes).map(([name, column]) => [name, col(column)]))],
];

function recordSql(one: RecordsFrom, from: From): Sql {
  const columns: Columns = [
    ['entity_type', from.constant(one.entityType)],
    ['id', from.id(col(one.id))],
    ...linked(from, one),
    ['current_stage', one.currentStage === undefined ? from.none : stages(from, one.currentStage, from.text)],
    ['batch', from.constant('warehouse')],
  ];
  return select(from, columns, one, [one.id]);
}

/** Without records there are still all columns that are read. */
const noRecord = (from: ColumnSql): Sql => {
  const columns: Columns = [
    ['entity_type', from.constant('')],
    ['id', from.constant('')],
    ...linked(from, { table: '' }),
    ['current_stage', from.none],
    ['batch', from.none],
  ];
  return sql`SELECT ${joinSql(
    columns.map(([name, value]) => sql`${value} AS ${raw(name)}`),
    ', ',
  )} WHERE false`;
};

function eventSql(one: EventsFrom, from: From): Sql {
  const { ms, day } = moment(from, one.at);
  const columns: Columns = [
    ['entity_type', from.constant(one.entityType)],
    ['entity_id', from.id(col(one.entityId))],
    ['stage', stages(from, one.stage, from.id)],
    ['at_ms', ms],
    ['at_day', day],
    ['reason', texts(from, one.reason)],
  ];
  const stage = typeof one.stage === 'string' ? one.stage : 'is' in one.stage ? undefined : one.stage.column;
  return select(from, columns, one, [one.entityId, columnOf(one.at), ...(stage === undefined ? [] : [stage])]);
}

function activitySql(one: ActivitiesFrom, from: From): Sql {
  const { ms, day } = moment(from, one.at);
  const columns: Columns = [
    ['name', texts(from, one.name)],
    ['at_ms', ms],
    ['at_day', day],
    ...linked(from, one),
    ['opportunity_id', texts(from, one.opportunityId)],
    ['system', from.constant(one.table)],
    ['record_id', from.id(col(one.id))],
    ['field', from.none],
  ];
  return select(from, columns, one, [one.id, columnOf(one.at)]);
}

function figureSql(one: FiguresFrom, from: From): Sql {
  const columns: Columns = [
    ['name', texts(from, one.name)],
    ['from_day', from.day(col(one.from))],
    ['to_day', from.day(col(one.to))],
    ['value', from.number(col(one.value))],
    ['currency', texts(from, one.currency)],
    ['segment', texts(from, one.segment)],
  ];
  return select(from, columns, one, [one.value]);
}
