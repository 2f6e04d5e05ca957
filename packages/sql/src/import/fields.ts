import type { AttributeRule, Mapping } from '@sama/metrics/contracts';
import { whenSql } from './dates.ts';
import { currencyDigits, minorSql, minorUnitsSql, numberSql, roundedSql } from './money.ts';
import { integer, text, texts } from './quote.ts';

/** A column of the parsed table. */
export interface Field {
  name: string;
  sql: string;
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

export interface Fields {
  /** Trimmed texts, `t0` … of `c0` …, null where there is nothing; everything below reads these. */
  texts: Field[];
  /** Numbers brought to one way of writing, from the texts. */
  numbers: Field[];
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

/** Compiles every mapped column into typed columns of `parsed` and the checks a row must pass. */
export function compileFields(mapping: Mapping, columns: readonly string[], options: FieldOptions): Fields {
  const fields: Field[] = [];
  const checks: Check[] = [];
  const dates: DateField[] = [];
  const numbers: Field[] = [];
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
    fields.push({ name, sql: column === undefined ? 'CAST(NULL AS VARCHAR)' : raw(column) });
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
  const date = (column: string): DateField => {
    const known = dates.find((field) => field.column === column);
    if (known !== undefined) return known;
    const field = { column, day: `d${dates.length}`, ms: `m${dates.length}` };
    const sql = whenSql(raw(column), format, options.timeZone);
    fields.push({ name: field.day, sql: sql.day }, { name: field.ms, sql: sql.ms });
    checks.push({
      column,
      test: `(${raw(column)} IS NOT NULL AND ${field.day} IS NULL AND ${field.ms} IS NULL)`,
      reason: `not a date written ${format}, such as ${sql.example}`,
    });
    checks.push({
      column,
      test: `coalesce(${field.day} > CAST(${text(options.today)} AS DATE), ${field.ms} > ${integer(options.endOfTodayMs)}, false)`,
      reason: `the date is in the future, after ${options.today}`,
    });
    dates.push(field);
    return field;
  };
  for (const rule of mapping.stages ?? []) date(rule.at);
  if (mapping.event !== undefined) date(mapping.event.at);

  amountFields(mapping, raw, numbers, fields, checks);
  stageFields(mapping, raw, options.knownStages, fields, checks);
  fields.push({ name: 'attributes', sql: attributesSql(mapping, columns, raw, options, checks) });
  const texts = [...used].map((name) => ({ name, sql: trimmedSql(name.replace('t', 'c')) }));
  return { texts, numbers, fields, checks, dates };
}

function amountFields(
  mapping: Mapping,
  raw: (column: string) => string,
  numbers: Field[],
  fields: Field[],
  checks: Check[],
): void {
  const amount = mapping.amount;
  if (amount === undefined) {
    fields.push(
      { name: 'amount', sql: 'CAST(NULL AS BIGINT)' },
      { name: 'currency', sql: 'CAST(NULL AS VARCHAR)' },
      { name: 'rounded', sql: 'false' },
    );
    return;
  }
  const value = raw(amount.column);
  const fixed = typeof amount.currency === 'string' ? amount.currency : undefined;
  const currency =
    typeof amount.currency === 'string' ? text(amount.currency) : `upper(${raw(amount.currency.column)})`;
  const major = amount.unit !== 'minor';
  const factor = !major ? '1' : fixed === undefined ? minorUnitsSql(currency) : String(10 ** currencyDigits(fixed));
  numbers.push({ name: 'amount_text', sql: numberSql(value) });
  fields.push({ name: 'amount', sql: minorSql('amount_text', factor) });
  fields.push({ name: 'rounded', sql: roundedSql('amount_text', factor) });
  fields.push({ name: 'currency', sql: `CASE WHEN ${value} IS NOT NULL THEN ${currency} END` });
  checks.push({
    column: amount.column,
    test: `(${value} IS NOT NULL AND amount IS NULL)`,
    reason: 'not an amount such as 1234.50 (without a currency sign)',
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
  const itself = known.length === 0 ? 'NULL' : `CASE WHEN lower(${raw}) IN ${texts(known)} THEN lower(${raw}) END`;
  const cases = Object.entries(values ?? {}).map(([value, stage]) => `WHEN ${text(value.trim())} THEN ${text(stage)}`);
  return cases.length === 0 ? itself : `CASE ${raw} ${cases.join(' ')} ELSE ${itself} END`;
}

function stageFields(
  mapping: Mapping,
  raw: (column: string) => string,
  known: readonly string[],
  fields: Field[],
  checks: Check[],
): void {
  const unknown = `unknown stage; known: ${known.join(', ')}. Give its meaning under "values" in the mapping, or define the stage`;
  const state = mapping.currentStage;
  fields.push({
    name: 'state',
    sql: state === undefined ? 'CAST(NULL AS VARCHAR)' : stageSql(raw(state.column), state.values, known),
  });
  if (state !== undefined)
    checks.push({
      column: state.column,
      test: `(${raw(state.column)} IS NOT NULL AND state IS NULL)`,
      reason: unknown,
    });
  (mapping.stages ?? []).forEach((rule, index) => {
    const when = rule.when;
    fields.push({
      name: `w${index}`,
      sql:
        when === undefined
          ? 'true'
          : `coalesce(${raw(when.column)} IN ${texts(when.in.map((value) => value.trim()))}, false)`,
    });
    fields.push({ name: `r${index}`, sql: rule.reason === undefined ? 'CAST(NULL AS VARCHAR)' : raw(rule.reason) });
  });
  const event = mapping.event;
  if (event === undefined) return;
  const optional = (column: string | undefined): string =>
    column === undefined ? 'CAST(NULL AS VARCHAR)' : raw(column);
  fields.push({ name: 'stage', sql: stageSql(raw(event.stage.column), event.stage.values, known) });
  fields.push({ name: 'record_id', sql: event.recordId === undefined ? raw(mapping.id) : raw(event.recordId) });
  fields.push({ name: 'reason', sql: optional(event.reason) });
  fields.push({ name: 'actor_team', sql: optional(event.actorTeam) });
  fields.push({ name: 'supersedes', sql: optional(event.supersedes) });
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
  options: FieldOptions,
  checks: Check[],
): string {
  const entries = Object.entries(mapping.attributes ?? {});
  if (entries.length === 0) return `CAST('{}' AS JSON)`;
  const format = mapping.dates?.format ?? 'iso';
  const parts = entries.map(([name, rule]) => {
    const sql = attributeSql(rule, columns, raw, format, options);
    const refuse = sql.example;
    if (refuse !== undefined)
      checks.push({
        column: rule.column,
        test: `(${raw(rule.column)} IS NOT NULL AND (${sql.value}) IS NULL)`,
        reason: refuse,
      });
    return `${text(name)}, ${sql.value}`;
  });
  return `json_object(${parts.join(', ')})`;
}

function attributeSql(
  rule: AttributeRule,
  columns: readonly string[],
  raw: (column: string) => string,
  format: NonNullable<NonNullable<Mapping['dates']>['format']>,
  options: FieldOptions,
): { value: string; example?: string } {
  const replaced = Object.entries(rule.values ?? {});
  const replace = (value: string): string =>
    replaced.length === 0
      ? value
      : `CASE ${value} ${replaced.map(([from, to]) => `WHEN ${text(from)} THEN ${text(to)}`).join(' ')} ELSE ${value} END`;
  switch (rule.type ?? 'string') {
    case 'string':
      return { value: replace(`nullif(${staged(columns, rule.column)}, '')`) };
    case 'number': {
      const source = replaced.length === 0 ? raw(rule.column) : `(${replace(raw(rule.column))})`;
      return { value: `TRY_CAST(${numberSql(source)} AS DOUBLE)`, example: 'not a number such as 1234.5' };
    }
    case 'boolean': {
      const source = `lower(${replace(raw(rule.column))})`;
      return {
        value: `CASE WHEN ${source} IN ('true', 't', 'yes', 'y', '1') THEN true WHEN ${source} IN ('false', 'f', 'no', 'n', '0') THEN false END`,
        example: 'not true or false',
      };
    }
    case 'date': {
      const source = replaced.length === 0 ? raw(rule.column) : `(${replace(raw(rule.column))})`;
      const sql = whenSql(source, format, options.timeZone);
      // An ISO day that exists is already what is kept.
      const day =
        format === 'iso' ? `CASE WHEN (${sql.day}) IS NOT NULL THEN ${source} END` : `strftime(${sql.day}, '%Y-%m-%d')`;
      const instant = `strftime(make_timestamp((${sql.ms}) * 1000), '%Y-%m-%dT%H:%M:%S.%gZ')`;
      return { value: `coalesce(${day}, ${instant})`, example: `not a date written ${format}, such as ${sql.example}` };
    }
  }
}
