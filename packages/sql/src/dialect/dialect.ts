import type { Param, Sql } from '../statement/index.ts';

/** A field as SQL: its value as text, number or truth, null when it is missing or of another type. @beta */
export interface FieldSql {
  text: Sql;
  number: Sql;
  boolean: Sql;
  present: Sql;
}

/**
 * What databases write differently. Everything else of a compiled question is the SQL they share, so
 * that a dialect is one file. A dialect that cannot do something exactly must throw, never come near.
 * @beta
 */
export interface Dialect {
  readonly name: string;
  /** The mark of the nth bound value, from 1. */
  placeholder(n: number, value: Param): string;
  /** Stands before the query of a named table, where a database would otherwise run it for each use. */
  readonly once: Sql;
  /** Text that is compared by code point, as in memory, whatever the database's collation. */
  byCodePoint(text: Sql): Sql;
  /** Aggregate: the value of the row whose keys are greatest, the first key first. Keys are never null. */
  atLast(value: Sql, keys: readonly Sql[]): Sql;
  /** Aggregate: the value of the row whose keys are least. */
  atFirst(value: Sql, keys: readonly Sql[]): Sql;
  /**
   * Aggregate over visits of columns `rank`, `seq` and `instant`: the pair of the last stage of the
   * chain that begins at `from` and takes each next stage below `to`, and its instant. Absent where
   * the shared SQL, a table for each stage, does as well.
   */
  chain?(from: number, to: number): { pair: Sql; stage: (pair: Sql) => Sql; instant: (pair: Sql) => Sql };
  /** Aggregate: a quantile between the values around it, as `quantile` of `@sama/metrics/stats`. */
  quantile(value: Sql, p: number): Sql;
  /** The whole part of a quotient of two whole numbers that are not negative. */
  divide(dividend: Sql, divisor: Sql): Sql;
  /** Aggregate: JSON text of a list of numbers, or of objects with these columns. */
  jsonList(item: Sql | Readonly<Record<string, Sql>>): Sql;
  /** An attribute of the table `records`, aliased `r`. */
  attribute(name: string): FieldSql;
  /** Whether text matches a wildcard (`*`, `?`), case folded by code point. */
  matches(text: Sql, wildcard: string): Sql;
  /** A day of the calendar, as `stage_events.at_day` holds it, of text that is one. */
  day(text: Sql | string): Sql;
  /** Days since 1970 of text that is a day of the calendar, else null. */
  dayNumber(text: Sql): Sql;
  /** Milliseconds since 1970 of text that is an instant, else null. */
  instantMs(text: Sql): Sql;
  /** An instant as ISO text with milliseconds, as records write it. */
  isoInstant(ms: Sql): Sql;
  /** How a company's own columns are read. Absent where only canonical tables are. */
  readonly columns?: ColumnSql;
}

/** How a column of a company's own table becomes one of a canonical table: null stays null. @beta */
export interface ColumnSql {
  /** The same text in every row. */
  constant(value: string): Sql;
  text(column: Sql): Sql;
  /** Text of a column that is never null where it is read. */
  id(column: Sql): Sql;
  number(column: Sql): Sql;
  whole(column: Sql): Sql;
  /** Milliseconds since 1970 of an instant; one without a zone is of `timeZone`, else as the database takes it. */
  instantMs(column: Sql, timeZone?: string): Sql;
  day(column: Sql): Sql;
  /** Whole minor units of a decimal number, half away from zero. */
  minor(column: Sql, digits: number): Sql;
  /** An object as `records.attributes` holds it. */
  object(fields: readonly (readonly [name: string, column: Sql])[]): Sql;
  /** Rows of `saidText`, and the columns of one. */
  said(text: string): { rows: Sql; id: Sql; stage: Sql; ms: Sql; reason: Sql };
  /** Stands before the query of a named table that only adds to one which is there. */
  readonly inPlace: Sql;
  /** No text, no whole number and no day, each with its type. */
  readonly none: Sql;
  readonly noWhole: Sql;
  readonly noDay: Sql;
}

/** Text of a day and of an instant, as the criteria language knows them. */
export const DAY_TEXT = String.raw`\d{4}-\d{2}-\d{2}`;
export const INSTANT_TEXT = String.raw`${DAY_TEXT}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})`;
