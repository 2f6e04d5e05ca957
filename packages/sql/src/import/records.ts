import type { Mapping } from '@sama/metrics/contracts';
import type { Histories } from '../line/index.ts';
import { counted, mappedNames, planOf, type ImportOptions, type ImportPlan, type NoteTest } from './plan.ts';
import { integer, text } from './quote.ts';
import { reasonSql, recordFields } from './record-fields.ts';
import { staged, type DateField } from './row-fields.ts';

/** The import of records or of their stage changes. */
export function planRecords(mapping: Mapping, columns: readonly string[], options: ImportOptions): ImportPlan {
  const fields = recordFields(mapping, columns, options);
  const { dates } = fields;
  const state = mapping.amount === undefined ? undefined : stateColumn(mapping);
  return planOf(mapping, columns, fields, {
    ascending: ASCENDING,
    again: mapping.rows === 'records' ? REPEATED_RECORDS : REPEATED_EVENTS,
    dropSome: (from) => (mapping.rows === 'records' ? dropRecords(mappedNames(mapping, columns), from) : [DROP_EVENTS]),
    key: mapping.id,
    conflict: (line) => `the id stands already in line ${line} with other values`,
    fill: (ascending) =>
      mapping.rows === 'records'
        ? fillRecords(mapping, columns, dates, options, ascending)
        : fillEvents(mapping, dates, options),
    ...(mapping.rows === 'records' ? { histories: historiesOf(mapping, dates) } : {}),
    facts: { unique: true, distinct: distinctRules(mapping), sorted: true, activities: true, figures: true },
    notes: notes(mapping, columns, dates),
    // The state of zero amounts.
    noted: state === undefined ? [] : [state],
  });
}

/** Ids are unique, so two events can be one only by two rules of the same stage and date. */
function distinctRules(mapping: Mapping): boolean {
  const rules = (mapping.stages ?? []).map(({ stage, at }) => JSON.stringify([stage, at]));
  return new Set(rules).size === rules.length;
}

/** The column that says where a record stands. */
function stateColumn(mapping: Mapping): string | undefined {
  return mapping.currentStage?.column ?? mapping.stages?.find((rule) => rule.when !== undefined)?.when?.column;
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

function historiesOf(mapping: Mapping, dates: readonly DateField[]): Histories {
  const held = dated(mapping, dates);
  const entries = (mapping.stages ?? []).map(({ stage, at }, index) => ({
    stage,
    held: held[index] ?? 'false',
    ms: dateOf(dates, at).ms,
  }));
  return { entityType: mapping.entityType, from: 'taken', id: 'id', entries };
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
