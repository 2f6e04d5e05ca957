import type { FigurePlan, FigureRow } from '@sama/metrics/kpi';
import { compareText } from '@sama/metrics/criteria';
import * as z from 'zod/mini';
import type { Dialect } from '../dialect/index.ts';
import { joinSql, raw, sql, type SqlStatement } from '../statement/index.ts';

/**
 * Supplied figures, each once: `name`, `from_day` and `to_day` (the day after the last), `value`, and where it has
 * them `currency` and `segment`.
 * @beta
 */
export const FIGURES_TABLE = 'figures';

/** Compiles the reading of the figures of one name that touch the days of a plan. @beta */
export function compileFigures({ name, from, to }: FigurePlan, dialect: Dialect): SqlStatement {
  const chosen = [
    sql`name = ${name}`,
    ...(from === undefined ? [] : [sql`to_day > ${dialect.day(from)}`]),
    ...(to === undefined ? [] : [sql`from_day < ${dialect.day(to)}`]),
  ];
  const body = sql`SELECT CAST(from_day AS VARCHAR) AS first_day, CAST(to_day AS VARCHAR) AS end_day,
    CAST(value AS DOUBLE PRECISION) AS value, currency, segment FROM ${raw(FIGURES_TABLE)} WHERE ${joinSql(chosen, ' AND ')}`;
  return body.statement(dialect.placeholder);
}

const Row = z.object({
  first_day: z.string(),
  end_day: z.string(),
  value: z.number(),
  currency: z.nullable(z.string()),
  segment: z.nullable(z.string()),
});

/** The figures of an engine's rows, by first day and segment. @beta */
export function decodeFigures(rows: readonly Readonly<Record<string, unknown>>[]): FigureRow[] {
  return rows
    .map((row) => z.parse(Row, row))
    .map(({ first_day: from, end_day: to, value, currency, segment }): FigureRow => ({
      from,
      to,
      value,
      ...(currency === null ? {} : { currency }),
      ...(segment === null ? {} : { segment }),
    }))
    .sort((a, b) => compareText(a.from, b.from) || compareText(a.segment ?? '', b.segment ?? ''));
}
