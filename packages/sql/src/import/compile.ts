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

export interface ImportOptions extends FieldOptions {
  batch: string;
  /** When the file was read, epoch milliseconds. */
  fetchedAtMs: number;
}

/** A mapping that does not fit the file or the definitions. */
export class MappingError extends Error {
  readonly problems: readonly MappingProblem[];
  constructor(problems: readonly MappingProblem[]) {
    super(problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
    this.name = 'MappingError';
    this.problems = problems;
  }
}

/**
 * An import as SQL. It runs on a DuckDB connection with a table `staged` (columns `c0` … in the
 * order of the file, all VARCHAR, in file order so that `rowid` counts the rows from 0) and with
 * the tables `records` and `stage_events` of a layer to fill.
 */
export interface ImportPlan {
  /** Creates `parsed` (typed columns, `ok`, `row`) and `dropped` (`row`, `first`, `same`). */
  prepare: string[];
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
   * stand, so that constant columns are never stored on the way.
   */
  fill: string[];
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

/** One thing a reader must know. */
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
 */
export function compileImport(mapping: Mapping, columns: readonly string[], options: ImportOptions): ImportPlan {
  const problems = checkMapping(mapping, columns, options.knownStages);
  if (problems.length > 0) throw new MappingError(problems);
  const { texts, values, products, fields, checks, dates } = compileFields(mapping, columns, options);
  const list = (named: readonly Field[]): string => named.map(({ name, sql }) => `, ${sql} AS ${name}`).join('');
  const failing = checks.map(({ test }) => test).join(' OR ');
  // Each level reads the one within, so that a text is trimmed once however often it is used.
  const inner = (where: string): string =>
    [values, products, fields].reduce(
      (from, level) => (level.length === 0 ? from : `SELECT *${list(level)} FROM (${from})`),
      `SELECT rowid AS row, *${list(texts)} FROM staged${where}`,
    );
  const kept = [...fields.map(({ name }) => name), ...dates.flatMap(({ day, ms }) => [day, ms])].join(', ');
  const found = notes(mapping, columns, dates);
  return {
    prepare: [
      `CREATE TABLE parsed AS SELECT row, NOT (${failing}) AS ok, ${kept} FROM (${inner('')})`,
      mapping.rows === 'records' ? repeatedRecords(mapping, columns) : repeatedEvents(),
    ],
    refused: refusedSql(
      checks,
      columns,
      inner(' SEMI JOIN (SELECT row AS bad FROM parsed WHERE NOT ok) ON staged.rowid = bad'),
    ),
    repeated: `SELECT d.row, d.first, p.id AS value FROM dropped d JOIN parsed p ON p.row = d.row WHERE NOT d.same ORDER BY d.row`,
    counts:
      'SELECT (SELECT count(*) FROM parsed WHERE ok) AS ok, (SELECT count(*) FROM dropped WHERE same) AS merged, ' +
      '(SELECT count(*) FROM dropped WHERE NOT same) AS repeated',
    takeAll: 'CREATE VIEW taken AS SELECT * FROM parsed',
    takeSome: 'CREATE VIEW taken AS SELECT * FROM parsed ANTI JOIN dropped ON parsed.row = dropped.row WHERE ok',
    fill:
      mapping.rows === 'records' ? fillRecords(mapping, columns, dates, options) : fillEvents(mapping, dates, options),
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

/** Rows that are in, beside what the file says in them. */
const WITH_TEXT = '(SELECT staged.*, taken.* FROM taken JOIN staged ON staged.rowid = taken.row)';

function refusedSql(checks: readonly Check[], columns: readonly string[], bad: string): string {
  const reasons = checks.map(({ column, test, reason }) => {
    const raw = staged(columns, column);
    return `CASE WHEN ${test} THEN {'field': ${text(column)}, 'reason': ${text(reason)}, 'value': ${raw}} END`;
  });
  return (
    `SELECT row, reason.field AS field, reason.reason AS reason, reason.value AS value ` +
    `FROM (SELECT row, unnest([${reasons.join(', ')}]) AS reason FROM (${bad})) WHERE reason IS NOT NULL ORDER BY row`
  );
}

function repeatedRecords(mapping: Mapping, columns: readonly string[]): string {
  const used = [...new Set(mappedColumns(mapping).map(({ column }) => staged(columns, column)))];
  const same = used.map((column) => `a.${column} IS NOT DISTINCT FROM b.${column}`).join(' AND ');
  return (
    `CREATE TABLE dropped AS WITH again AS (SELECT id FROM parsed WHERE ok GROUP BY id HAVING count(*) > 1), ` +
    `named AS (SELECT row, min(row) OVER (PARTITION BY id) AS first FROM parsed SEMI JOIN again USING (id) WHERE ok) ` +
    `SELECT n.row AS row, n.first AS first, (${same}) AS same FROM named n JOIN staged a ON a.rowid = n.row JOIN staged b ON b.rowid = n.first WHERE n.row <> n.first`
  );
}

/** Events equal in entity, stage, moment and source are one (rule 1.2 of `how-sama-counts`). */
function repeatedEvents(): string {
  return (
    `CREATE TABLE dropped AS WITH again AS (SELECT id, stage, d0, m0, record_id, min(row) AS first FROM parsed WHERE ok GROUP BY ALL HAVING count(*) > 1) ` +
    `SELECT p.row AS row, again.first AS first, true AS same FROM parsed p JOIN again ON p.id = again.id AND p.stage = again.stage ` +
    `AND p.d0 IS NOT DISTINCT FROM again.d0 AND p.m0 IS NOT DISTINCT FROM again.m0 AND p.record_id = again.record_id WHERE p.ok AND p.row <> again.first`
  );
}

const EVENT_COLUMNS =
  'entity_type, entity_id, stage, at_ms, at_day, system, record_id, field, cause, reason, actor_team, fetched_at_ms, batch, supersedes';
const RECORD_COLUMNS =
  'entity_type, id, account_id, person_id, campaign_id, amount, currency, owner, current_stage, attributes, batch';

function dated(mapping: Mapping, dates: readonly DateField[]): string[] {
  return (mapping.stages ?? []).map((rule, index) => {
    const date = dates.find((field) => field.column === rule.at);
    return date === undefined ? 'false' : `(w${index} AND (${date.day} IS NOT NULL OR ${date.ms} IS NOT NULL))`;
  });
}

function fillRecords(
  mapping: Mapping,
  columns: readonly string[],
  dates: readonly DateField[],
  options: ImportOptions,
): string[] {
  const held = dated(mapping, dates);
  const hasDate = held.length === 0 ? 'false' : `(${held.join(' OR ')})`;
  const type = text(mapping.entityType);
  const selects = (mapping.stages ?? []).flatMap((rule, index) => {
    const date = dates.find((field) => field.column === rule.at);
    const condition = held[index];
    if (date === undefined || condition === undefined) return [];
    return [
      `SELECT id, ${integer(index)}::UTINYINT AS rule, ${date.ms} AS ms, ${date.day} AS day, ${reasonSql(columns, rule)} AS reason FROM taken WHERE ${condition}`,
    ];
  });
  const byRule = (value: (rule: NonNullable<Mapping['stages']>[number]) => string): string =>
    `CASE rule ${(mapping.stages ?? []).map((rule, index) => `WHEN ${integer(index)} THEN ${value(rule)}`).join(' ')} END`;
  return [
    'DROP TABLE records',
    `CREATE VIEW records AS SELECT ${type} AS entity_type, id, account_id, person_id, campaign_id, amount, currency, owner, ` +
      `CASE WHEN ${hasDate} THEN NULL ELSE state END AS current_stage, attributes, ${text(options.batch)} AS batch FROM taken`,
    ...(selects.length === 0
      ? []
      : [
          // Sorted while narrow.
          `CREATE TABLE entered AS SELECT * FROM (${selects.join(' UNION ALL ')}) ORDER BY id`,
          'DROP TABLE stage_events',
          `CREATE VIEW stage_events AS SELECT ${type} AS entity_type, id AS entity_id, ${byRule((rule) => text(rule.stage))} AS stage, ms AS at_ms, day AS at_day, ` +
            `${text(mapping.source)} AS system, id AS record_id, ${byRule((rule) => text(rule.at))} AS field, NULL::VARCHAR AS cause, reason, NULL::VARCHAR AS actor_team, ` +
            `${integer(options.fetchedAtMs)}::BIGINT AS fetched_at_ms, ${text(options.batch)} AS batch, NULL::VARCHAR AS supersedes FROM entered`,
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
    const state = mapping.currentStage?.column ?? mapping.stages?.find((rule) => rule.when !== undefined)?.when?.column;
    const column = state === undefined ? undefined : staged(columns, state);
    found.push({
      code: 'zero-amount',
      field: mapping.amount.column,
      ...counted('amount = 0'),
      ...(column === undefined
        ? {}
        : {
            detail: `SELECT coalesce(${column}, '(none)') || ' ' || count(*) AS detail FROM ${WITH_TEXT} WHERE amount = 0 GROUP BY ${column} ORDER BY count(*) DESC LIMIT 5`,
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
    const date = dates.find((field) => field.column === rule.at);
    if (rule.when === undefined || date === undefined) return;
    found.push({
      code: 'undated',
      field: rule.at,
      ...counted(`w${index} AND ${date.day} IS NULL AND ${date.ms} IS NULL`),
      text: `"${rule.when.column}" says ${rule.when.in.join(' or ')}, but there is no date for the stage ${rule.stage}`,
    });
  });
  return found;
}
