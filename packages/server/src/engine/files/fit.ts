import type { DuckDBConnection } from '@duckdb/node-api';
import { InputError } from '@sama/metrics';
import {
  identifier,
  joinSql,
  warehouseColumns,
  raw,
  sql,
  tableName,
  type ColumnUse,
  type MappedColumn,
  type Warehouse,
  type Within,
} from '@sama/sql';
import * as z from 'zod/mini';
import { messageOf } from '../../store/errors.ts';
import { queryRows } from '../../store/rows.ts';

const Described = z.object({ column_name: z.string(), column_type: z.string() });
const Counted = z.object({ counts: z.array(z.number()) });
const Named = z.object({ name: z.string() });
/** Names that are said when one is missing. */
const MOST_NAMES = 20;

const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*|BIGNUM)$/;
const MOMENT = /^(TIMESTAMP.*|DATE)$/;
const TEXT = /^(VARCHAR|ENUM\(.*|UUID)$/;
const SEVERAL = /(\]|^(STRUCT|MAP|UNION)\(.*)$/;

/** What a column has to be, where not every type will do, and the SQL type that its texts are read as. */
const NEEDS: Readonly<Partial<Record<ColumnUse, { what: string; types: RegExp; as: string; remedy: string }>>> = {
  number: { what: 'a number', types: NUMBER, as: 'DOUBLE', remedy: 'name a column of numbers' },
  decimal: { what: 'an amount', types: NUMBER, as: 'DECIMAL(28, 8)', remedy: 'name a column of numbers' },
  milliseconds: {
    what: 'milliseconds since 1970',
    types: NUMBER,
    as: 'BIGINT',
    remedy: 'leave "as" out where it is a moment already',
  },
  instant: {
    what: 'a moment',
    types: MOMENT,
    as: 'TIMESTAMPTZ',
    remedy: 'name a column of moments, or say "as": "milliseconds" where it holds numbers',
  },
  day: { what: 'a day', types: MOMENT, as: 'DATE', remedy: 'name a column of days' },
};

/** All that a mapping asks of tables which these have not, setting by setting. Reads no row. */
export async function misfits(
  connection: DuckDBConnection,
  warehouse: Warehouse,
  within: Within,
): Promise<InputError[]> {
  const types = new Map<string, ReadonlyMap<string, string> | Error>();
  const found: InputError[] = [];
  for (const one of warehouseColumns(warehouse)) {
    const known = types.get(one.table) ?? (await typesOf(connection, one.table, within));
    const isNew = !types.has(one.table);
    types.set(one.table, known);
    if (known instanceof Error) {
      if (isNew)
        found.push(
          new InputError(
            `engine.warehouse.${sourceOf(one)}.table`,
            known.message,
            await tablesSaid(connection, within),
          ),
        );
      continue;
    }
    const type = known.get(folded(one.column));
    const fault = type === undefined ? missing(one, known) : wrongType(one, type);
    if (fault !== undefined) found.push(new InputError(`engine.warehouse.${one.setting}`, ...fault));
  }
  return found;
}

/** Values that are not what a mapping takes them for, setting by setting. Reads the rows that are chosen. */
export async function unreadable(
  connection: DuckDBConnection,
  warehouse: Warehouse,
  within: Within,
): Promise<InputError[]> {
  const found: InputError[] = [];
  const all = warehouseColumns(warehouse);
  for (const source of new Set(all.map(sourceOf))) {
    const columns = all.filter((one) => sourceOf(one) === source);
    const read = columns.flatMap((one) => {
      const needs = NEEDS[one.use];
      return needs === undefined ? [] : [{ ...one, needs }];
    });
    const [first] = read;
    if (first === undefined) continue;
    const counts = read.map(({ column, needs }) => {
      const name = identifier(column);
      return sql`count(*) FILTER (${name} IS NOT NULL AND try_cast(CAST(${name} AS VARCHAR) AS ${raw(needs.as)}) IS NULL)`;
    });
    const chosen = columns.map(({ column, values }) =>
      values === undefined
        ? raw('true')
        : sql`${identifier(column)} IN (${joinSql(
            values.map((value) => sql`${value}`),
            ', ',
          )})`,
    );
    const rows = sql`FROM ${tableName(first.table, within)} WHERE ${joinSql(chosen, ' AND ')}`;
    const { text, params } = sql`SELECT [${joinSql(counts, ', ')}] AS counts ${rows}`.statement();
    const { counts: wrong } = z.parse(Counted, (await queryRows(connection, text, params))[0]);
    for (const [i, { setting, column, table, needs }] of read.entries()) {
      const count = wrong[i] ?? 0;
      if (count === 0) continue;
      const said = `${count} ${count === 1 ? 'value' : 'values'} of ${column} in ${table} ${count === 1 ? 'is' : 'are'} not ${needs.what}`;
      found.push(new InputError(`engine.warehouse.${setting}`, said, 'mend them, or read a view that leaves them out'));
    }
  }
  return found;
}

type Fault = readonly [reason: string, remedy: string];

function missing({ table, column }: MappedColumn, known: ReadonlyMap<string, string>): Fault {
  return [`${table} has no column ${column}`, `it has ${someOf([...known.keys()])}`];
}

function wrongType({ column, table, use, values = [] }: MappedColumn, type: string): Fault | undefined {
  const is = `${column} of ${table} is ${type}`;
  const needs = NEEDS[use];
  if (needs !== undefined) {
    const fits = needs.types.test(type) || type === 'VARCHAR';
    return fits ? undefined : [`${is}, which is not ${needs.what}`, needs.remedy];
  }
  if (use !== 'chosen')
    return SEVERAL.test(type) ? [`${is}, which is more than one value`, 'read a view that takes it apart'] : undefined;
  const odd = values.find((value) => !isLike(value, type));
  return odd === undefined
    ? undefined
    : [`${is}, and ${JSON.stringify(odd)} is none of its values`, 'write values as the column has them'];
}

function isLike(value: string | number | boolean, type: string): boolean {
  if (typeof value === 'boolean') return type === 'BOOLEAN';
  return typeof value === 'number' ? NUMBER.test(type) : TEXT.test(type) || MOMENT.test(type);
}

async function typesOf(
  connection: DuckDBConnection,
  table: string,
  within: Within,
): Promise<ReadonlyMap<string, string> | Error> {
  try {
    const { text } = sql`DESCRIBE SELECT * FROM ${tableName(table, within)}`.statement();
    const rows = (await queryRows(connection, text)).map((row) => z.parse(Described, row));
    return new Map(rows.map(({ column_name, column_type }) => [folded(column_name), column_type]));
  } catch (error) {
    const [said = ''] = messageOf(error).split('\n', 1);
    return new Error(/does not exist/.test(said) ? `there is no table ${table}` : `${table} cannot be read: ${said}`);
  }
}

async function tablesSaid(connection: DuckDBConnection, [catalog]: Within): Promise<string> {
  const of = (kind: 'table' | 'view'): string =>
    `SELECT CASE schema_name WHEN 'main' THEN '' ELSE schema_name || '.' END || ${kind}_name AS name FROM duckdb_${kind}s() WHERE NOT internal AND database_name = ?`;
  const rows = await queryRows(connection, `${of('table')} UNION ALL ${of('view')} ORDER BY name`, [catalog, catalog]);
  const names = rows.map((row) => z.parse(Named, row).name);
  return names.length === 0 ? 'it has no tables' : `it has ${someOf(names)}`;
}

const sourceOf = ({ setting }: MappedColumn): string => setting.split('.').slice(0, 2).join('.');
/** Names are the same for DuckDB whatever their case. */
const folded = (name: string): string => name.toLowerCase();
const someOf = (names: readonly string[]): string =>
  names.slice(0, MOST_NAMES).join(', ') + (names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '');
