import type { Mapping } from '@sama/metrics/contracts';
import { checkMapping, mappedColumns, type MappingProblem } from './check.ts';
import {
  compileFields,
  reasonSql,
  staged,
  type Check,
  type DateField,
  type Field,
  type FieldOptions,
} from './fields.ts';
import { integer, text } from './quote.ts';

/** What every imported row is stamped with, and how its fields are read. @beta */
export interface ImportOptions extends FieldOptions {
  batch: string;
  /** When the file was read, epoch milliseconds. */
  fetchedAtMs: number;
}

/** A mapping that does not fit the file or the definitions. @beta */
export class MappingError extends Error {
  readonly problems: readonly MappingProblem[];
  constructor(problems: readonly MappingProblem[]) {
    super(problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
    this.name = 'MappingError';
    this.problems = problems;
  }
}

/**
 * An import as SQL. It runs on a DuckDB connection with the tables `records` and `stage_events` of
 * a layer to fill. Its rows stand behind a `FROM` clause: columns `c0` … in the order of the file,
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
  /** `row, first, value` of rows whose id was taken by a different row. */
  repeated: string;
  /** `ok, merged, repeated`: rows that passed the checks, and of those the dropped ones. */
  counts: string;
  /** Creates `taken`, the rows that are in: when every row is, and when some were refused or dropped. */
  takeAll: string;
  takeSome: string;
  /**
   * Makes `records` and `stage_events`. They are views where the rows can be written as they
   * stand, so that constant columns are never stored on the way. Events need no sorting when all
   * rows are in and their ids ascend.
   */
  fill: (ascending: boolean) => string[];
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

/**
 * Compiles a mapping for a file with these columns.
 * @throws MappingError naming every column the file does not have and every unknown stage.
 * @beta
 */
export function compileImport(mapping: Mapping, columns: readonly string[], options: ImportOptions): ImportPlan {
  const problems = checkMapping(mapping, columns, options.knownStages);
  if (problems.length > 0) throw new MappingError(problems);
  const { texts, values, products, fields, checks, dates } = compileFields(mapping, columns, options);
  const list = (named: readonly Field[]): string => named.map(({ name, sql }) => `, ${sql} AS ${name}`).join('');
  const failing = checks.map(({ test }) => test).join(' OR ');
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
  const noted = notedNames(mapping, columns);
  const found = notes(mapping, columns, dates);
  return {
    parse: (from) =>
      `CREATE OR REPLACE TABLE parsed AS SELECT ${['ok', ...kept, ...noted].join(', ')}, CASE WHEN NOT ok THEN [${mapped.join(', ')}] END AS refused ` +
      `FROM (SELECT *, NOT (${failing}) AS ok FROM ${inner(from)})`,
    ascending: ASCENDING,
    again: mapping.rows === 'records' ? REPEATED_RECORDS : REPEATED_EVENTS,
    dropNone: 'CREATE TABLE dropped (row BIGINT, first BIGINT, same BOOLEAN)',
    dropSome: (from) => (mapping.rows === 'records' ? dropRecords(mapped, from) : [DROP_EVENTS]),
    refused: refusedSql(
      checks,
      columns,
      inner(
        `(SELECT rowid AS row, ${mapped.map((name, index) => `refused[${index + 1}] AS ${name}`).join(', ')} FROM parsed WHERE NOT ok)`,
      ),
    ),
    repeated: `SELECT d.row, d.first, p.id AS value FROM dropped d JOIN parsed p ON p.rowid = d.row WHERE NOT d.same ORDER BY d.row`,
    counts:
      'SELECT (SELECT count(*) FROM parsed WHERE ok) AS ok, (SELECT count(*) FROM dropped WHERE same) AS merged, ' +
      '(SELECT count(*) FROM dropped WHERE NOT same) AS repeated',
    takeAll: `CREATE VIEW taken AS ${taken}`,
    takeSome: `CREATE VIEW taken AS ${taken} ANTI JOIN dropped ON parsed.rowid = dropped.row WHERE ok`,
    fill: (ascending) =>
      mapping.rows === 'records'
        ? fillRecords(mapping, columns, dates, options, ascending)
        : fillEvents(mapping, dates, options),
    forget: noted.map((name) => `ALTER TABLE parsed DROP COLUMN ${name}`),
    facts: { unique: true, distinct: distinctRules(mapping), sorted: true },
    noteCounts: noteCounts(found),
    notes: found.map(({ test: _, ...note }) => note),
  };
}

/** A note with the test of the rows of `taken` it counts. */
interface NoteTest extends NotePlan {
  test: string;
}

function noteCounts(found: readonly NoteTest[]): string {
  if (found.length === 0) return 'SELECT 0 AS none';
  return `SELECT ${found.map(({ test }, index) => `count(*) FILTER (${test}) AS n${index}`).join(', ')} FROM taken`;
}

/** Ids are unique, so two events can be one only by two rules of the same stage and date. */
function distinctRules(mapping: Mapping): boolean {
  const rules = (mapping.stages ?? []).map(({ stage, at }) => JSON.stringify([stage, at]));
  return new Set(rules).size === rules.length;
}

/** The columns a mapping reads, by the names they have in a statement. */
function mappedNames(mapping: Mapping, columns: readonly string[]): string[] {
  return [...new Set(mappedColumns(mapping).map(({ column }) => staged(columns, column)))];
}

/** The columns whose texts only notes read: those not mapped, those with a reference, and the state of zero amounts. */
function notedNames(mapping: Mapping, columns: readonly string[]): string[] {
  const mapped = mappedNames(mapping, columns);
  const state = mapping.amount === undefined ? undefined : stateColumn(mapping);
  const read = [...(mapping.references ?? []).map(({ column }) => column), ...(state === undefined ? [] : [state])];
  const left = columns.map((_, index) => `c${index}`).filter((name) => !mapped.includes(name));
  return [...new Set([...left, ...read.map((column) => staged(columns, column))])];
}

/** The column that says where a record stands. */
function stateColumn(mapping: Mapping): string | undefined {
  return mapping.currentStage?.column ?? mapping.stages?.find((rule) => rule.when !== undefined)?.when?.column;
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

const ASCENDING =
  'SELECT coalesce(bool_and(id > before), true) AS ascending FROM (SELECT id, lag(id) OVER () AS before FROM parsed WHERE ok) WHERE before IS NOT NULL';

const REPEATED_RECORDS = 'CREATE TABLE again AS SELECT id FROM parsed WHERE ok GROUP BY id HAVING count(*) > 1';

/** Rows of an id that is taken are the same when the file says the same in every mapped column. */
function dropRecords(mapped: readonly string[], from: string): string[] {
  const same = mapped.map((column) => `a.${column} IS NOT DISTINCT FROM b.${column}`).join(' AND ');
  return [
    `CREATE TABLE said AS SELECT ${mapped.join(', ')} FROM ${from}`,
    `CREATE TABLE dropped AS WITH named AS (SELECT rowid AS row, min(rowid) OVER (PARTITION BY id) AS first FROM parsed SEMI JOIN again USING (id) WHERE ok) ` +
      `SELECT n.row AS row, n.first AS first, (${same}) AS same FROM named n JOIN said a ON a.rowid = n.row JOIN said b ON b.rowid = n.first WHERE n.row <> n.first`,
    'DROP TABLE said',
  ];
}

/** Events equal in entity, stage, moment and source are one (rule 1.2 of `how-sama-counts`). */
const REPEATED_EVENTS =
  'CREATE TABLE again AS SELECT id, stage, d0, m0, record_id, min(rowid) AS first FROM parsed WHERE ok GROUP BY ALL HAVING count(*) > 1';
const DROP_EVENTS =
  'CREATE TABLE dropped AS SELECT p.rowid AS row, again.first AS first, true AS same FROM parsed p JOIN again ON p.id = again.id AND p.stage = again.stage ' +
  'AND p.d0 IS NOT DISTINCT FROM again.d0 AND p.m0 IS NOT DISTINCT FROM again.m0 AND p.record_id = again.record_id WHERE p.ok AND p.rowid <> again.first';

const EVENT_COLUMNS =
  'entity_type, entity_id, stage, at_ms, at_day, system, record_id, field, cause, reason, actor_team, fetched_at_ms, batch, supersedes';
const RECORD_COLUMNS =
  'entity_type, id, account_id, person_id, campaign_id, amount, currency, owner, current_stage, attributes, batch';

function dateOf(dates: readonly DateField[], column: string): DateField {
  const date = dates.find((field) => field.column === column);
  if (date === undefined) throw new RangeError(`"${column}" is not read as a date`);
  return date;
}

/** For each stage rule, whether a row has entered the stage by it. */
function dated(mapping: Mapping, dates: readonly DateField[]): string[] {
  return (mapping.stages ?? []).map((rule, index) => {
    const { day, ms } = dateOf(dates, rule.at);
    return `(w${index} AND (${day} IS NOT NULL OR ${ms} IS NOT NULL))`;
  });
}

function fillRecords(
  mapping: Mapping,
  columns: readonly string[],
  dates: readonly DateField[],
  options: ImportOptions,
  ascending: boolean,
): string[] {
  const held = dated(mapping, dates);
  const hasDate = held.length === 0 ? 'false' : `(${held.join(' OR ')})`;
  // Names that nearly every event repeats are numbers of a list, so that each is written as a text only once.
  const rules = mapping.stages ?? [];
  const names = [mapping.entityType, mapping.source, options.batch, ...rules.flatMap(({ stage, at }) => [stage, at])];
  const name = (value: string): string => `${text(value)}::name_text`;
  const entered = held.map((test, index) => `CASE WHEN ${test} THEN ${integer(index)}::UTINYINT END`);
  const byRule = (value: (rule: (typeof rules)[number]) => string): string =>
    `CASE rule ${rules.map((rule, index) => `WHEN ${integer(index)} THEN ${value(rule)}`).join(' ')} END`;
  return [
    'DROP TABLE records',
    `CREATE VIEW records AS SELECT ${text(mapping.entityType)} AS entity_type, id, account_id, person_id, campaign_id, amount, currency, owner, ` +
      `CASE WHEN ${hasDate} THEN NULL ELSE state END AS current_stage, attributes, ${text(options.batch)} AS batch FROM taken`,
    ...(held.length === 0
      ? []
      : [
          `CREATE TYPE name_text AS ENUM (SELECT DISTINCT unnest([${names.map(text).join(', ')}]))`,
          `CREATE TABLE origin AS SELECT ${name(mapping.entityType)} AS entity_type, ${name(mapping.source)} AS system, ${name(options.batch)} AS batch`,
          // Sorted while narrow.
          `CREATE TABLE entered AS SELECT id, ${byRule((rule) => name(rule.stage))} AS stage, ${byRule((rule) => name(rule.at))} AS field, ` +
            `${byRule((rule) => dateOf(dates, rule.at).ms)} AS ms, ${byRule((rule) => dateOf(dates, rule.at).day)} AS day, ${byRule((rule) => reasonSql(columns, rule))} AS reason ` +
            `FROM (SELECT *, unnest(list_filter([${entered.join(', ')}], lambda entered: entered IS NOT NULL)) AS rule FROM taken)${ascending ? '' : ' ORDER BY id'}`,
          'DROP TABLE stage_events',
          `CREATE VIEW stage_events AS SELECT entity_type, id AS entity_id, stage, ms AS at_ms, day AS at_day, ` +
            `system, id AS record_id, field, NULL::VARCHAR AS cause, reason, NULL::VARCHAR AS actor_team, ` +
            `${integer(options.fetchedAtMs)}::BIGINT AS fetched_at_ms, batch, NULL::VARCHAR AS supersedes FROM entered, origin`,
        ]),
  ];
}

function fillEvents(mapping: Mapping, dates: readonly DateField[], options: ImportOptions): string[] {
  const date = dates[0];
  if (date === undefined) return [];
  const type = text(mapping.entityType);
  const last = (column: string): string => `arg_max(${column}, row)`;
  const speaksOfRecords =
    mapping.links !== undefined ||
    mapping.owner !== undefined ||
    mapping.amount !== undefined ||
    mapping.attributes !== undefined;
  return [
    `INSERT INTO stage_events (${EVENT_COLUMNS}) SELECT ${type}, id, stage, ${date.ms}, ${date.day}, ${text(mapping.source)}, record_id, NULL, NULL, reason, actor_team, ` +
      `${integer(options.fetchedAtMs)}, ${text(options.batch)}, supersedes FROM taken ORDER BY id`,
    ...(speaksOfRecords
      ? [
          `INSERT INTO records (${RECORD_COLUMNS}) SELECT ${type}, id, ${['account_id', 'person_id', 'campaign_id', 'amount', 'currency', 'owner'].map(last).join(', ')}, ` +
            `NULL, ${last('attributes')}, ${text(options.batch)} FROM taken GROUP BY id`,
        ]
      : []),
  ];
}

function notes(mapping: Mapping, columns: readonly string[], dates: readonly DateField[]): NoteTest[] {
  const found: NoteTest[] = [];
  for (const date of dates) {
    found.push({
      code: 'date-only',
      field: date.column,
      test: `${date.day} IS NOT NULL`,
      text: 'days without a time; a day counts by the rules for days',
    });
  }
  const links = { accountId: 'account_id', personId: 'person_id', campaignId: 'campaign_id' } as const;
  for (const [link, name] of Object.entries(links)) {
    const column =
      link === 'accountId'
        ? mapping.links?.accountId
        : link === 'personId'
          ? mapping.links?.personId
          : mapping.links?.campaignId;
    if (column === undefined) continue;
    const unlinked = link === 'personId' && mapping.entityType === 'opportunity';
    found.push({
      code: unlinked ? 'unlinked' : 'missing-link',
      field: column,
      ...counted(`${name} IS NULL`),
      text: unlinked ? 'opportunities without a person join no person funnel' : `rows without ${link}`,
    });
  }
  if (mapping.amount !== undefined) {
    const state = stateColumn(mapping);
    const column = state === undefined ? undefined : staged(columns, state);
    found.push({
      code: 'zero-amount',
      field: mapping.amount.column,
      ...counted('amount = 0'),
      ...(column === undefined
        ? {}
        : {
            detail: `SELECT coalesce(${column}, '(none)') || ' ' || count(*) AS detail FROM taken JOIN parsed ON parsed.rowid = taken.row WHERE taken.amount = 0 GROUP BY ${column} ORDER BY count(*) DESC LIMIT 5`,
          }),
    });
    found.push({
      code: 'rounded-amount',
      field: mapping.amount.column,
      ...counted('rounded'),
      text: 'amounts finer than the smallest unit of the currency were rounded to it',
    });
  }
  if (mapping.rows === 'records') found.push(...undatedNotes(mapping, dates));
  return found;
}

/** A test over `taken`, with the ids of the first rows it holds for. */
function counted(test: string): Pick<NoteTest, 'test' | 'examples'> {
  return { test, examples: `SELECT id AS example FROM taken WHERE ${test} LIMIT 3` };
}

function undatedNotes(mapping: Mapping, dates: readonly DateField[]): NoteTest[] {
  const held = dated(mapping, dates);
  const none = held.length === 0 ? 'true' : `NOT (${held.join(' OR ')})`;
  const found: NoteTest[] = [];
  if (mapping.currentStage !== undefined) {
    const test = `state IS NOT NULL AND ${none}`;
    found.push({
      code: 'undated',
      field: mapping.currentStage.column,
      ...counted(test),
      detail: `SELECT state || ' ' || count(*) AS detail FROM taken WHERE ${test} GROUP BY state ORDER BY count(*) DESC LIMIT 5`,
      text: 'a state without a date: counted in the snapshot, never in a rate',
    });
  }
  found.push({
    code: 'undated',
    field: mapping.id,
    ...counted(`state IS NULL AND ${none}`),
    text: 'neither a stage with a date nor a state: a record without a place in the funnel',
  });
  (mapping.stages ?? []).forEach((rule, index) => {
    if (rule.when === undefined) return;
    const { day, ms } = dateOf(dates, rule.at);
    found.push({
      code: 'undated',
      field: rule.at,
      ...counted(`w${index} AND ${day} IS NULL AND ${ms} IS NULL`),
      text: `"${rule.when.column}" says ${rule.when.in.join(' or ')}, but there is no date for the stage ${rule.stage}`,
    });
  });
  return found;
}
