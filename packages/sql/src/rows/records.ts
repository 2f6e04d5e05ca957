import type { RecordRow, RowPlan } from '@sama/metrics/engine';
import { criteriaSql, recordFields } from '../criteria.ts';
import type { Dialect } from '../dialect/index.ts';
import { derivedTables, reachedStages, subjects } from '../funnel/subjects.ts';
import type { LineSource, Table } from '../line/index.ts';
import { joinSql, raw, sql, withTables, type SqlStatement } from '../statement/index.ts';
import { valueColumns, valuesOf, type Batch } from '../values.ts';

/** Compiles the reading of records one by one. @param source the line of `plan.line`. @beta */
export function compileRows(plan: RowPlan, source: LineSource | undefined, dialect: Dialect): SqlStatement {
  const field = recordFields(dialect);
  const columns = plan.fields.map((name, i) => valueColumns(`v${i}`, field(name)));
  const where = plan.where === undefined ? raw('true') : criteriaSql(plan.where, field, { ...plan, dialect });
  const { line } = plan;
  const tables: Table[] =
    line === undefined || source === undefined
      ? [['subjects', sql`SELECT * FROM records WHERE entity_type = ${plan.of}`]]
      : [...source.tables, subjects(plan.of), ...derived(plan, line, dialect)];
  const from = raw(
    line === undefined || source === undefined
      ? 'subjects r'
      : 'subjects r LEFT JOIN standing_or_current d ON d.entity = r.id',
  );
  const body = sql`SELECT r.id AS id ${joinSql(columns, '')} FROM ${from} WHERE ${where} ORDER BY ${dialect.byCodePoint(raw('r.id'))}`;
  return withTables(tables, body, dialect.once).statement(dialect.placeholder);
}

function derived(plan: RowPlan, line: NonNullable<RowPlan['line']>, dialect: Dialect): Table[] {
  const reached = reachedStages(JSON.stringify([plan.where, plan.fields]));
  return derivedTables(line, reached, plan.asOf, dialect);
}

/** The records of an engine's rows. @beta */
export function decodeRows(plan: RowPlan, batches: readonly Batch[]): RecordRow[] {
  const columns = plan.fields.map((_, i) => valuesOf(batches, `v${i}`));
  return textsOf(batches, 'id').map((id, row) => ({
    id: id ?? '',
    values: columns.map((column) => column[row] ?? null),
  }));
}

/** The texts of a column, null where there is none. */
export function textsOf(batches: readonly Batch[], name: string): (string | null)[] {
  return batches.flatMap((batch) => {
    const read = batch.column(name);
    return Array.from({ length: batch.rows }, (_, row) => {
      const value = read?.(row);
      return typeof value === 'string' ? value : null;
    });
  });
}
