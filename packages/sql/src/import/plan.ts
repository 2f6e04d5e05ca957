import type { ImportMapping } from '@sama/metrics/contracts';
import type { Histories } from '../line/index.ts';
import { mappedColumns } from './check.ts';
import { text } from './quote.ts';
import { staged, type Check, type Field, type FieldOptions, type Fields } from './row-fields.ts';

/** What every imported row is stamped with, and how its fields are read. @beta */
export interface ImportOptions extends FieldOptions {
  batch: string;
  /** When the file was read, epoch milliseconds. */
  fetchedAtMs: number;
}

/**
 * An import as SQL. It runs on a DuckDB connection with the tables of a layer to fill. Its rows stand behind a `FROM` clause: columns `c0` … in the order of the file,
 * all VARCHAR, in file order. A row's number counts them from 0.
 * @beta
 */
export interface ImportPlan {
  /**
   * Creates or replaces `parsed` from such a clause: typed columns, `ok`, the texts of refused rows
   * and those that only notes read. Its `rowid` is the row's number, so nothing in it may change the
   * order of the rows, as a join would.
   */
  parse: (from: string) => string;
  /** Whether each row that passed the checks has a greater id than the one before, as many exports do: `ascending`. */
  ascending: string;
  /** Creates `again`, the ids that several rows have. Needless for ascending ids. */
  again: string;
  /** Creates `dropped` (`row`, `first`, `same`): when `again` is empty, and from the rows' clause when it is not. */
  dropNone: string;
  dropSome: (from: string) => string[];
  /** `row, field, reason, value` of every refused field, in file order. */
  refused: string;
  /** `row, first, value` of rows whose place was taken by a different row. */
  repeated: string;
  /** The column that tells rows apart, and why a row is refused whose place that on `line` has taken. */
  key: string;
  conflict: (line: number) => string;
  /** `ok, merged, repeated`: rows that passed the checks, and of those the dropped ones. */
  counts: string;
  /** Creates `taken`, the rows that are in: when every row is, and when some were refused or dropped. */
  takeAll: string;
  takeSome: string;
  /**
   * Makes the tables of the layer. They are views where the rows can be written as they
   * stand, so that constant columns are never stored on the way. Events need no sorting when all
   * rows are in and their ids ascend.
   */
  fill: (ascending: boolean) => string[];
  /** The same as the events, each row by itself, where rows are records. */
  histories?: Histories;
  /** Frees the texts that only notes read. */
  forget: string[];
  /** What is true of the filled tables by construction. */
  facts: {
    /** `records` has each id once. */
    unique: boolean;
    /** No two events are one by rule 1.2. */
    distinct: boolean;
    /** `stage_events` stand in the order of their ids. */
    sorted: boolean;
    /** No two activities are one. */
    activities: boolean;
    /** No two figures are of the same name, days and segment. */
    figures: boolean;
  };
  /** Counts of all notes in one row, `n0`, `n1` … in the order of `notes`. */
  noteCounts: string;
  notes: NotePlan[];
}

/** One thing a reader must know. @beta */
export interface NotePlan {
  code: 'date-only' | 'missing-link' | 'unlinked' | 'zero-amount' | 'undated' | 'rounded-amount';
  field: string;
  /** SQL of rows `example`. */
  examples?: string;
  /** SQL of rows `detail`. */
  detail?: string;
  /** A constant explanation. */
  text?: string;
}

/** A note with the test of the rows of `taken` it counts. */
export interface NoteTest extends NotePlan {
  test: string;
}

function noteCounts(found: readonly NoteTest[]): string {
  if (found.length === 0) return 'SELECT 0 AS none';
  return `SELECT ${found.map(({ test }, index) => `count(*) FILTER (${test}) AS n${index}`).join(', ')} FROM taken`;
}

/** What the rows of one kind have of their own. */
export interface OwnPlan extends Pick<
  ImportPlan,
  'ascending' | 'again' | 'dropSome' | 'key' | 'conflict' | 'fill' | 'facts' | 'histories'
> {
  notes: readonly NoteTest[];
  /** Further columns whose texts only notes read. */
  noted?: readonly string[];
  /** SQL of the value that is quoted of a row whose place was taken. Default: its id. */
  place?: string;
}

/** The plan of a file whose fields are known. */
export function planOf(
  mapping: ImportMapping,
  columns: readonly string[],
  { texts, values, products, fields, checks, dates }: Fields,
  { notes: found, noted: more = [], place = 'p.id', ...own }: OwnPlan,
): ImportPlan {
  const list = (named: readonly Field[]): string => named.map(({ name, sql }) => `, ${sql} AS ${name}`).join('');
  const failing = checks.length === 0 ? 'false' : checks.map(({ test }) => test).join(' OR ');
  // Each level reads the one within, so that a text is trimmed once however often it is used.
  const inner = (from: string): string =>
    [texts, values, products, fields].reduce(
      (within, level) => (level.length === 0 ? within : `(SELECT *${list(level)} FROM ${within})`),
      from,
    );
  const kept = [
    ...fields.filter(({ constant }) => constant !== true).map(({ name }) => name),
    ...dates.flatMap(({ day, ms }) => [day, ms]),
  ];
  const taken = `SELECT rowid AS row, ${kept.join(', ')}${list(fields.filter(({ constant }) => constant === true))} FROM parsed`;
  const mapped = mappedNames(mapping, columns);
  const noted = notedNames(mapping, columns, more);
  return {
    ...own,
    parse: (from) =>
      `CREATE OR REPLACE TABLE parsed AS SELECT ${['ok', ...kept, ...noted].join(', ')}, CASE WHEN NOT ok THEN [${mapped.join(', ')}] END AS refused ` +
      `FROM (SELECT *, NOT (${failing}) AS ok FROM ${inner(from)})`,
    dropNone: 'CREATE TABLE dropped (row BIGINT, first BIGINT, same BOOLEAN)',
    refused: refusedSql(
      checks,
      columns,
      inner(
        `(SELECT rowid AS row, ${mapped.map((name, index) => `refused[${index + 1}] AS ${name}`).join(', ')} FROM parsed WHERE NOT ok)`,
      ),
    ),
    repeated: `SELECT d.row, d.first, ${place} AS value FROM dropped d JOIN parsed p ON p.rowid = d.row WHERE NOT d.same ORDER BY d.row`,
    counts:
      'SELECT (SELECT count(*) FROM parsed WHERE ok) AS ok, (SELECT count(*) FROM dropped WHERE same) AS merged, ' +
      '(SELECT count(*) FROM dropped WHERE NOT same) AS repeated',
    takeAll: `CREATE VIEW taken AS ${taken}`,
    takeSome: `CREATE VIEW taken AS ${taken} ANTI JOIN dropped ON parsed.rowid = dropped.row WHERE ok`,
    forget: noted.map((name) => `ALTER TABLE parsed DROP COLUMN ${name}`),
    noteCounts: noteCounts(found),
    notes: found.map(({ test: _, ...note }) => note),
  };
}

/** The columns a mapping reads, by the names they have in a statement. */
export function mappedNames(mapping: ImportMapping, columns: readonly string[]): string[] {
  return [...new Set(mappedColumns(mapping).map(({ column }) => staged(columns, column)))];
}

/** The columns whose texts only notes read: those not mapped, those with a reference, and some more. */
function notedNames(mapping: ImportMapping, columns: readonly string[], more: readonly string[]): string[] {
  const mapped = mappedNames(mapping, columns);
  const read = [...(mapping.references ?? []).map(({ column }) => column), ...more];
  const left = columns.map((_, index) => `c${index}`).filter((name) => !mapped.includes(name));
  return [...new Set([...left, ...read.map((column) => staged(columns, column))])];
}

function refusedSql(checks: readonly Check[], columns: readonly string[], bad: string): string {
  const reasons = checks.map(({ column, test, reason }) => {
    const raw = staged(columns, column);
    return `CASE WHEN ${test} THEN {'field': ${text(column)}, 'reason': ${text(reason)}, 'value': ${raw}} END`;
  });
  return (
    `SELECT row, reason.field AS field, reason.reason AS reason, reason.value AS value ` +
    `FROM (SELECT row, unnest([${reasons.join(', ')}]) AS reason FROM ${bad}) WHERE reason IS NOT NULL ORDER BY row`
  );
}

/** A test over `taken`, with what the first rows are called it holds for. */
export function counted(test: string, id = 'id'): Pick<NoteTest, 'test' | 'examples'> {
  return { test, examples: `SELECT ${id} AS example FROM taken WHERE ${test} LIMIT 3` };
}
