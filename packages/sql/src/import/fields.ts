import type { AttributeRule, Mapping } from '@sama/metrics/contracts';
import { whenSql } from './dates.ts';
import { currencyDigits, exactSql, minorSql, minorUnitsSql, numberSql, roundedSql } from './money.ts';
import { integer, oneOf, text } from './quote.ts';

/** A column of the parsed table. */
export interface Field {
  name: string;
  sql: string;
  /** The same in every row, so that it need not be kept for each. */
  constant?: boolean;
}

/** A reason to refuse a row. `test` is SQL that is true or false, never null, over raw and parsed columns. */
export interface Check {
  /** The file's column the reason is about. */
  column: string;
  test: string;
  reason: string;
}

export interface FieldOptions {
  knownStages: readonly string[];
  /** IANA zone of times without an offset. */
  timeZone: string;
  /** The last day that is not in the future, `YYYY-MM-DD`, and its last millisecond. */
  today: string;
  endOfTodayMs: number;
}

/** A date column read once, whatever the number of rules that use it. */
export interface DateField {
  column: string;
  day: string;
  ms: string;
}

/** The columns of `values` a date is read into. */
interface DateCell {
  day: string;
  ms: string;
}

export interface Fields {
  /** Trimmed texts, `t0` … of `c0` …, null where there is nothing; everything below reads these. */
  texts: Field[];
  /** What is read out of the texts once, however often it is used: numbers, days, instants. */
  values: Field[];
  /** What is computed from the values once. */
  products: Field[];
  fields: Field[];
  checks: Check[];
  dates: DateField[];
}

/** Columns of the staged table are `c0`, `c1` …: no name from a file is ever part of a statement. */
export function staged(columns: readonly string[], column: string): string {
  const index = columns.indexOf(column);
  if (index < 0) throw new RangeError(`no column "${column}"`);
  return `c${index}`;
}

/** Longest identifier, as in the record contract. */
const ID_LENGTH = 512;

/** Bytes first: characters are counted only where there may be too many. */
function tooLong(column: string): string {
  return `coalesce(strlen(${column}) > ${ID_LENGTH} AND length(${column}) > ${ID_LENGTH}, false)`;
}

/** A text without spaces around it, null when nothing is left. Most have none, and need no new text. */
function trimmedSql(column: string): string {
  return `CASE WHEN starts_with(${column}, ' ') OR ends_with(${column}, ' ') THEN nullif(trim(${column}), '') ELSE nullif(${column}, '') END`;
}

/** A column of which nothing is known. */
function noText(name: string): Field {
  return { name, sql: 'CAST(NULL AS VARCHAR)', constant: true };
}

/** Compiles every mapped column into typed columns of `parsed` and the checks a row must pass. */
export function compileFields(mapping: Mapping, columns: readonly string[], options: FieldOptions): Fields {
  const fields: Field[] = [];
  const checks: Check[] = [];
  const dates: DateField[] = [];
  const values: Field[] = [];
  const products: Field[] = [];
  const used = new Set<string>();
  const raw = (column: string): string => {
    const name = staged(columns, column).replace('c', 't');
    used.add(name);
    return name;
  };

  const id = staged(columns, mapping.id);
  fields.push({ name: 'id', sql: id });
  checks.push({ column: mapping.id, test: `${raw(mapping.id)} IS NULL`, reason: 'the id is empty' });
  checks.push({
    column: mapping.id,
    test: tooLong(id),
    reason: `the id is longer than ${ID_LENGTH} characters`,
  });

  const plain = (name: string, column: string | undefined, limited: boolean): void => {
    fields.push(column === undefined ? noText(name) : { name, sql: raw(column) });
    if (column !== undefined && limited) {
      checks.push({
        column,
        test: tooLong(name),
        reason: `the id is longer than ${ID_LENGTH} characters`,
      });
    }
  };
  plain('account_id', mapping.links?.accountId, true);
  plain('person_id', mapping.links?.personId, true);
  plain('campaign_id', mapping.links?.campaignId, true);
  plain('owner', mapping.owner, false);

  const format = mapping.dates?.format ?? 'iso';
  const cells = new Map<string, DateCell>();
  const cell = (column: string, source: string): DateCell => {
    const known = cells.get(source);
    if (known !== undefined) return known;
    const made = { day: `d${cells.size}`, ms: `m${cells.size}` };
    const sql = whenSql(source, format, options.timeZone);
    values.push({ name: made.day, sql: sql.day }, { name: made.ms, sql: sql.ms });
    checks.push({
      column,
      test: `(${raw(column)} IS NOT NULL AND ${made.day} IS NULL AND ${made.ms} IS NULL)`,
      reason: `not a date written ${format}, such as ${sql.example}`,
    });
    cells.set(source, made);
    return made;
  };
  const date = (column: string): void => {
    if (dates.some((field) => field.column === column)) return;
    const { day, ms } = cell(column, raw(column));
    checks.push({
      column,
      test: `coalesce(${day} > CAST(${text(options.today)} AS DATE), ${ms} > ${integer(options.endOfTodayMs)}, false)`,
      reason: `the date is in the future, after ${options.today}`,
    });
    dates.push({ column, day, ms });
  };
  for (const rule of mapping.stages ?? []) date(rule.at);
  if (mapping.event !== undefined) date(mapping.event.at);

  amountFields(mapping, raw, { values, products, fields, checks });
  stageFields(mapping, columns, raw, options.knownStages, fields, checks);
  fields.push({
    name: 'attributes',
    sql: attributesSql(mapping, columns, raw, cell, values, checks),
    constant: Object.keys(mapping.attributes ?? {}).length === 0,
  });
  const texts = [...used].map((name) => ({ name, sql: trimmedSql(name.replace('t', 'c')) }));
  return { texts, values, products, fields, checks, dates };
}

function amountFields(
  mapping: Mapping,
  raw: (column: string) => string,
  { values, products, fields, checks }: Pick<Fields, 'values' | 'products' | 'fields' | 'checks'>,
): void {
  const amount = mapping.amount;
  if (amount === undefined) {
    fields.push({ name: 'amount', sql: 'CAST(NULL AS BIGINT)', constant: true }, noText('currency'), {
      name: 'rounded',
      sql: 'false',
      constant: true,
    });
    return;
  }
  const value = raw(amount.column);
  const fixed = typeof amount.currency === 'string' ? amount.currency : undefined;
  const currency =
    typeof amount.currency === 'string' ? text(amount.currency) : `upper(${raw(amount.currency.column)})`;
  const major = amount.unit !== 'minor';
  const varies = major && fixed === undefined;
  const factor = !major ? '1' : fixed === undefined ? 'units' : String(10 ** currencyDigits(fixed));
  values.push({ name: 'amount_text', sql: numberSql(value, amount.decimal) });
  if (varies) values.push({ name: 'units', sql: minorUnitsSql(currency) });
  products.push({ name: 'exact', sql: exactSql('amount_text', factor) });
  fields.push({ name: 'amount', sql: minorSql('amount_text', 'exact', factor) });
  fields.push({ name: 'rounded', sql: roundedSql('exact') });
  fields.push({ name: 'currency', sql: `CASE WHEN ${value} IS NOT NULL THEN ${currency} END` });
  checks.push({
    column: amount.column,
    test: `(${value} IS NOT NULL AND amount IS NULL)`,
    reason: `not an amount such as 1234${amount.decimal ?? '.'}50 (without a currency sign)`,
  });
  checks.push({
    column: amount.column,
    test: 'coalesce(abs(amount) > 9007199254740991, false)',
    reason: 'the amount is too large',
  });
  if (typeof amount.currency === 'object') {
    checks.push({
      column: amount.currency.column,
      test: `(${value} IS NOT NULL AND NOT coalesce(regexp_full_match(currency, '[A-Z]{3}'), false))`,
      reason: 'an amount needs a currency of three letters, such as EUR',
    });
  }
}

/** SQL of the stage a text names: by `values`, else itself in lower case when it is a known stage. */
function stageSql(raw: string, values: Record<string, string> | undefined, known: readonly string[]): string {
  const itself = known.length === 0 ? 'NULL' : `CASE WHEN ${oneOf(`lower(${raw})`, known)} THEN lower(${raw}) END`;
  const cases = Object.entries(values ?? {}).map(([value, stage]) => `WHEN ${text(value.trim())} THEN ${text(stage)}`);
  return cases.length === 0 ? itself : `CASE ${raw} ${cases.join(' ')} ELSE ${itself} END`;
}

/** SQL of a rule's reason over the parsed table. Rules may share the column, which then stands there once. */
export function reasonSql(columns: readonly string[], { reason }: { reason?: string | undefined }): string {
  return reason === undefined ? 'CAST(NULL AS VARCHAR)' : `reason_${staged(columns, reason)}`;
}

function stageFields(
  mapping: Mapping,
  columns: readonly string[],
  raw: (column: string) => string,
  known: readonly string[],
  fields: Field[],
  checks: Check[],
): void {
  const unknown = `unknown stage; known: ${known.join(', ')}. Give its meaning under "values" in the mapping, or define the stage`;
  const state = mapping.currentStage;
  fields.push(
    state === undefined ? noText('state') : { name: 'state', sql: stageSql(raw(state.column), state.values, known) },
  );
  if (state !== undefined)
    checks.push({
      column: state.column,
      test: `(${raw(state.column)} IS NOT NULL AND state IS NULL)`,
      reason: unknown,
    });
  (mapping.stages ?? []).forEach((rule, index) => {
    const when = rule.when;
    fields.push(
      when === undefined
        ? { name: `w${index}`, sql: 'true', constant: true }
        : {
            name: `w${index}`,
            sql: `coalesce(${oneOf(
              raw(when.column),
              when.in.map((value) => value.trim()),
            )}, false)`,
          },
    );
    if (rule.reason === undefined) return;
    const name = reasonSql(columns, rule);
    if (!fields.some((field) => field.name === name)) fields.push({ name, sql: raw(rule.reason) });
  });
  const event = mapping.event;
  if (event === undefined) return;
  const optional = (name: string, column: string | undefined): Field =>
    column === undefined ? noText(name) : { name, sql: raw(column) };
  fields.push({ name: 'stage', sql: stageSql(raw(event.stage.column), event.stage.values, known) });
  fields.push({ name: 'record_id', sql: event.recordId === undefined ? raw(mapping.id) : raw(event.recordId) });
  fields.push(optional('reason', event.reason));
  fields.push(optional('actor_team', event.actorTeam));
  fields.push(optional('supersedes', event.supersedes));
  checks.push({ column: event.stage.column, test: `${raw(event.stage.column)} IS NULL`, reason: 'the stage is empty' });
  checks.push({
    column: event.stage.column,
    test: `(${raw(event.stage.column)} IS NOT NULL AND stage IS NULL)`,
    reason: unknown,
  });
  checks.push({ column: event.at, test: `${raw(event.at)} IS NULL`, reason: 'the date of the stage change is empty' });
  if (event.recordId !== undefined) {
    checks.push({ column: event.recordId, test: 'record_id IS NULL', reason: 'the record id is empty' });
    checks.push({
      column: event.recordId,
      test: tooLong('record_id'),
      reason: `the id is longer than ${ID_LENGTH} characters`,
    });
  }
}

function attributesSql(
  mapping: Mapping,
  columns: readonly string[],
  raw: (column: string) => string,
  cell: (column: string, source: string) => DateCell,
  values: Field[],
  checks: Check[],
): string {
  const entries = Object.entries(mapping.attributes ?? {});
  if (entries.length === 0) return `CAST('{}' AS JSON)`;
  const format = mapping.dates?.format ?? 'iso';
  const parts = entries.map(([name, rule], index) => {
    const type = rule.type ?? 'string';
    if (type === 'string') return `${text(name)}, ${replaced(rule, `nullif(${staged(columns, rule.column)}, '')`)}`;
    const source = replaced(rule, raw(rule.column));
    if (type === 'date') {
      const { day, ms } = cell(rule.column, source);
      // An ISO day that exists is already what is kept.
      const written = format === 'iso' ? source : `strftime(${day}, '%Y-%m-%d')`;
      const instant = `strftime(make_timestamp(${ms} * 1000), '%Y-%m-%dT%H:%M:%S.%gZ')`;
      return `${text(name)}, CASE WHEN ${day} IS NOT NULL THEN ${written} ELSE ${instant} END`;
    }
    const value = `a${index}`;
    values.push({
      name: value,
      sql: type === 'number' ? `TRY_CAST(${numberSql(source)} AS DOUBLE)` : booleanSql(source),
    });
    checks.push({
      column: rule.column,
      test: `(${raw(rule.column)} IS NOT NULL AND ${value} IS NULL)`,
      reason: type === 'number' ? 'not a number such as 1234.5' : 'not true or false',
    });
    return `${text(name)}, ${value}`;
  });
  return `json_object(${parts.join(', ')})`;
}

/** SQL of a value after the replacements of its rule. */
function replaced(rule: AttributeRule, value: string): string {
  const cases = Object.entries(rule.values ?? {}).map(([from, to]) => `WHEN ${text(from)} THEN ${text(to)}`);
  return cases.length === 0 ? value : `(CASE ${value} ${cases.join(' ')} ELSE ${value} END)`;
}

function booleanSql(source: string): string {
  const lower = `lower(${source})`;
  return (
    `CASE WHEN ${oneOf(lower, ['true', 't', 'yes', 'y', '1'])} THEN true ` +
    `WHEN ${oneOf(lower, ['false', 'f', 'no', 'n', '0'])} THEN false END`
  );
}
