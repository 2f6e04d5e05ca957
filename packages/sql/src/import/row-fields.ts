import type { AmountRule, AttributeRule, DateFormat, DecimalSign, NameRule } from '@sama/metrics/contracts';
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
export interface DateCell {
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
export const ID_LENGTH = 512;

/** Bytes first: characters are counted only where there may be too many. */
export function tooLong(column: string): string {
  return `coalesce(strlen(${column}) > ${ID_LENGTH} AND length(${column}) > ${ID_LENGTH}, false)`;
}

/** A text without spaces around it, null when nothing is left. Most have none, and need no new text. */
function trimmedSql(column: string): string {
  return `CASE WHEN starts_with(${column}, ' ') OR ends_with(${column}, ' ') THEN nullif(trim(${column}), '') ELSE nullif(${column}, '') END`;
}

/** A column of which nothing is known. */
export function noText(name: string): Field {
  return { name, sql: 'CAST(NULL AS VARCHAR)', constant: true };
}

/** Gathers the typed columns of `parsed`, rule by rule, and the checks a row must pass. */
export class RowFields {
  readonly fields: Field[] = [];
  readonly checks: Check[] = [];
  readonly #dates: DateField[] = [];
  readonly #values: Field[] = [];
  readonly #products: Field[] = [];
  readonly #used = new Set<string>();
  readonly #cells = new Map<string, DateCell>();
  readonly #columns: readonly string[];
  readonly #options: FieldOptions;
  readonly #format: DateFormat;

  constructor(columns: readonly string[], options: FieldOptions, format: DateFormat = 'iso') {
    this.#columns = columns;
    this.#options = options;
    this.#format = format;
  }

  /** The trimmed text of a column. */
  raw(column: string): string {
    const name = staged(this.#columns, column).replace('c', 't');
    this.#used.add(name);
    return name;
  }

  refuse(column: string, test: string, reason: string): void {
    this.checks.push({ column, test, reason });
  }

  /** A text as it is, null where the mapping names no column. */
  text(name: string, column: string | undefined): void {
    this.fields.push(column === undefined ? noText(name) : { name, sql: this.raw(column) });
  }

  /** A text that is an id. */
  id(name: string, column: string | undefined): void {
    this.text(name, column);
    if (column !== undefined) this.refuse(column, tooLong(name), `the id is longer than ${ID_LENGTH} characters`);
  }

  /** What a row is called; `fits` is a pattern for the whole of it. */
  name(rule: NameRule, fits: string, reason: string): void {
    if ('is' in rule) {
      this.fields.push({ name: 'name', sql: text(rule.is), constant: true });
      return;
    }
    const { column } = rule;
    this.fields.push({ name: 'name', sql: replaced(rule, this.raw(column)) });
    this.refuse(column, `${this.raw(column)} IS NULL`, 'the name is empty');
    this.refuse(column, `NOT coalesce(regexp_full_match(name, ${text(fits)}), true)`, reason);
  }

  /** Reads a date out of a source, once however often it is asked for. */
  cell(column: string, source: string): DateCell {
    const known = this.#cells.get(source);
    if (known !== undefined) return known;
    const made = { day: `d${this.#cells.size}`, ms: `m${this.#cells.size}` };
    const sql = whenSql(source, this.#format, this.#options.timeZone);
    this.#values.push({ name: made.day, sql: sql.day }, { name: made.ms, sql: sql.ms });
    this.refuse(
      column,
      `(${this.raw(column)} IS NOT NULL AND ${made.day} IS NULL AND ${made.ms} IS NULL)`,
      `not a date written ${this.#format}, such as ${sql.example}`,
    );
    this.#cells.set(source, made);
    return made;
  }

  /** The date of something that has happened. */
  date(column: string): void {
    if (this.#dates.some((field) => field.column === column)) return;
    const { day, ms } = this.cell(column, this.raw(column));
    const { today, endOfTodayMs } = this.#options;
    this.refuse(
      column,
      `coalesce(${day} > CAST(${text(today)} AS DATE), ${ms} > ${integer(endOfTodayMs)}, false)`,
      `the date is in the future, after ${today}`,
    );
    this.#dates.push({ column, day, ms });
  }

  /** A number, read into a column of its own. */
  number(name: string, column: string, decimal?: DecimalSign): void {
    this.#number(name, column, this.raw(column), decimal);
  }

  #number(name: string, column: string, source: string, decimal?: DecimalSign): void {
    this.#values.push({ name, sql: `TRY_CAST(${numberSql(source, decimal)} AS DOUBLE)` });
    this.refuse(column, `(${this.raw(column)} IS NOT NULL AND ${name} IS NULL)`, 'not a number such as 1234.5');
  }

  /** Money in minor units: `amount`, `currency` and whether a part was `rounded` away. */
  amount(amount: AmountRule | undefined): void {
    if (amount === undefined) {
      this.fields.push({ name: 'amount', sql: 'CAST(NULL AS BIGINT)', constant: true }, noText('currency'), {
        name: 'rounded',
        sql: 'false',
        constant: true,
      });
      return;
    }
    const value = this.raw(amount.column);
    const fixed = typeof amount.currency === 'string' ? amount.currency : undefined;
    const currency =
      typeof amount.currency === 'string' ? text(amount.currency) : `upper(${this.raw(amount.currency.column)})`;
    const major = amount.unit !== 'minor';
    const varies = major && fixed === undefined;
    const factor = !major ? '1' : fixed === undefined ? 'units' : String(10 ** currencyDigits(fixed));
    this.#values.push({ name: 'amount_text', sql: numberSql(value, amount.decimal) });
    if (varies) this.#values.push({ name: 'units', sql: minorUnitsSql(currency) });
    this.#products.push({ name: 'exact', sql: exactSql('amount_text', factor) });
    this.fields.push({ name: 'amount', sql: minorSql('amount_text', 'exact', factor) });
    this.fields.push({ name: 'rounded', sql: roundedSql('exact') });
    this.fields.push({ name: 'currency', sql: `CASE WHEN ${value} IS NOT NULL THEN ${currency} END` });
    this.checks.push({
      column: amount.column,
      test: `(${value} IS NOT NULL AND amount IS NULL)`,
      reason: `not an amount such as 1234${amount.decimal ?? '.'}50 (without a currency sign)`,
    });
    this.checks.push({
      column: amount.column,
      test: 'coalesce(abs(amount) > 9007199254740991, false)',
      reason: 'the amount is too large',
    });
    if (typeof amount.currency === 'object') {
      this.checks.push({
        column: amount.currency.column,
        test: `(${value} IS NOT NULL AND NOT coalesce(regexp_full_match(currency, '[A-Z]{3}'), false))`,
        reason: 'an amount needs a currency of three letters, such as EUR',
      });
    }
  }

  /** All attributes as one object of JSON. */
  attributes(rules: Readonly<Record<string, AttributeRule>> = {}): void {
    this.fields.push({
      name: 'attributes',
      sql: this.#attributes(rules),
      constant: Object.keys(rules).length === 0,
    });
  }

  #attributes(rules: Readonly<Record<string, AttributeRule>>): string {
    const entries = Object.entries(rules);
    if (entries.length === 0) return `CAST('{}' AS JSON)`;
    const parts = entries.map(([name, rule], index) => {
      const type = rule.type ?? 'string';
      if (type === 'string')
        return `${text(name)}, ${replaced(rule, `nullif(${staged(this.#columns, rule.column)}, '')`)}`;
      const source = replaced(rule, this.raw(rule.column));
      if (type === 'date') {
        const { day, ms } = this.cell(rule.column, source);
        // An ISO day that exists is already what is kept.
        const written = this.#format === 'iso' ? source : `strftime(${day}, '%Y-%m-%d')`;
        const instant = `strftime(make_timestamp(${ms} * 1000), '%Y-%m-%dT%H:%M:%S.%gZ')`;
        return `${text(name)}, CASE WHEN ${day} IS NOT NULL THEN ${written} ELSE ${instant} END`;
      }
      const value = `a${index}`;
      if (type === 'number') this.#number(value, rule.column, source);
      else {
        this.#values.push({ name: value, sql: booleanSql(source) });
        this.refuse(rule.column, `(${this.raw(rule.column)} IS NOT NULL AND ${value} IS NULL)`, 'not true or false');
      }
      return `${text(name)}, ${value}`;
    });
    return `json_object(${parts.join(', ')})`;
  }

  all(): Fields {
    const texts = [...this.#used].map((name) => ({ name, sql: trimmedSql(name.replace('t', 'c')) }));
    const { fields, checks } = this;
    return { texts, values: this.#values, products: this.#products, fields, checks, dates: this.#dates };
  }
}

/** SQL of a value after the replacements of its rule. */
function replaced(rule: { values?: Readonly<Record<string, string>> | undefined }, value: string): string {
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
