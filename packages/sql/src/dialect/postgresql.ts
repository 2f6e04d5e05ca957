import { joinSql, raw, Sql, sql } from '../statement/index.ts';
import { DAY_TEXT, type Dialect, INSTANT_TEXT } from './dialect.ts';

/** PostgreSQL 15 and later, whatever its collation and locale. `records.attributes` is `jsonb`. */
export const postgresql: Dialect = {
  name: 'postgresql',
  placeholder: (n) => `$${n}`,
  byCodePoint: (text) => sql`(${text}) COLLATE "C"`,
  atLast: (value, keys) => nth(value, keys, 'DESC'),
  atFirst: (value, keys) => nth(value, keys, 'ASC'),
  quantile: (value, p) => sql`percentile_cont(CAST(${p} AS DOUBLE PRECISION)) WITHIN GROUP (ORDER BY ${value})`,
  divide: (dividend, divisor) => sql`(${dividend}) / ${divisor}`,
  jsonList(item) {
    if (item instanceof Sql) return sql`CAST(json_agg(${item}) AS TEXT)`;
    const fields = Object.entries(item).flatMap(([name, value]) => [sql`CAST(${name} AS TEXT)`, value]);
    return sql`CAST(json_agg(json_build_object(${joinSql(fields, ', ')})) AS TEXT)`;
  },
  attribute(name) {
    const value = sql`(r.attributes -> CAST(${name} AS TEXT))`;
    const text = sql`(r.attributes ->> CAST(${name} AS TEXT))`;
    const type = sql`jsonb_typeof(${value})`;
    return {
      text: sql`CASE WHEN ${type} = 'string' THEN ${text} END`,
      number: sql`CASE WHEN ${type} = 'number' THEN CAST(${text} AS DOUBLE PRECISION) END`,
      boolean: sql`CASE WHEN ${type} = 'boolean' THEN CAST(${text} AS BOOLEAN) END`,
      present: sql`coalesce(${type} <> 'null', false)`,
    };
  },
  // Its lower() knows only what its locale knows, so the pattern brings both cases of each letter.
  matches: (text, wildcard) => sql`(${text}) ~ CAST(${regularExpression(wildcard)} AS TEXT)`,
  dayNumber: (text) => sql`CASE WHEN ${isDay(text, DAY_TEXT)} THEN ${daysOf(text)} END`,
  instantMs(text) {
    const fraction = sql`coalesce(rpad(substr(substring(${text} from ${raw(String.raw`'\.(\d+)'`)}), 1, 3), 3, '0'), '0')`;
    const second = sql`coalesce(substring(${text} from ${raw(String.raw`'T\d{2}:\d{2}:(\d{2})'`)}), '0')`;
    const zone = sql`substring(${text} from ${raw(String.raw`'[+-]\d{2}:\d{2}$'`)})`;
    const [hour, minute, offHour, offMinute] = [int(text, 12), int(text, 15), int(zone, 2), int(zone, 5)];
    const offset = sql`coalesce((CASE WHEN ${zone} LIKE '-%' THEN -1 ELSE 1 END) * (${offHour} * 60 + ${offMinute}), 0)`;
    const inDay = sql`${hour} * 60 + ${minute} - ${offset}`;
    return sql`CASE WHEN ${isDay(text, INSTANT_TEXT)} THEN CASE WHEN ${hour} < 24 AND ${minute} < 60 AND CAST(${second} AS INTEGER) < 60
      AND coalesce(${offHour} < 24 AND ${offMinute} < 60, true)
      THEN CAST(${daysOf(text)} AS BIGINT) * 86400000 + (${inDay}) * 60000 + CAST(${second} AS INTEGER) * 1000 + CAST(${fraction} AS INTEGER) END END`;
  },
  isoInstant: (ms) =>
    sql`to_char(TIMESTAMP 'epoch' + ${ms} * INTERVAL '1 millisecond', ${raw(`'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`)})`,
};

function nth(value: Sql, keys: readonly Sql[], direction: 'ASC' | 'DESC'): Sql {
  const order = keys.map((key) => sql`${key} ${raw(direction)}`);
  return sql`(array_agg(${value} ORDER BY ${joinSql(order, ', ')}))[1]`;
}

const int = (text: Sql, from: number): Sql => sql`CAST(substr(${text}, ${from}, 2) AS INTEGER)`;

/** Year, month and day of text that begins with a day. */
function parts(text: Sql): { year: Sql; month: Sql; day: Sql } {
  return { year: sql`CAST(substr(${text}, 1, 4) AS INTEGER)`, month: int(text, 6), day: int(text, 9) };
}

/** Whether text has this form and its day is one of the calendar; a cast would end the question with an error. */
function isDay(text: Sql, form: string): Sql {
  const { year, month, day } = parts(text);
  const leap = sql`(${year} % 4 = 0 AND (${year} % 100 <> 0 OR ${year} % 400 = 0))`;
  const length = sql`CASE WHEN ${month} = 2 THEN CASE WHEN ${leap} THEN 29 ELSE 28 END WHEN ${month} IN (4, 6, 9, 11) THEN 30 ELSE 31 END`;
  return sql`CASE WHEN ${text} ~ CAST(${`^(${form})$`} AS TEXT) THEN ${month} BETWEEN 1 AND 12 AND ${day} BETWEEN 1 AND ${length} ELSE false END`;
}

/**
 * Days since 1970 of a day of the proleptic Gregorian calendar, by whole numbers: PostgreSQL's own
 * dates have no year 0. Source: Howard Hinnant, `days_from_civil`, moved by 400 years.
 */
function daysOf(text: Sql): Sql {
  const { year, month, day } = parts(text);
  const y = sql`(${year} + 400 - CASE WHEN ${month} <= 2 THEN 1 ELSE 0 END)`;
  const ofEra = sql`(${y} % 400)`;
  const ofYear = sql`((153 * (${month} + CASE WHEN ${month} > 2 THEN -3 ELSE 9 END) + 2) / 5 + ${day} - 1)`;
  return sql`((${y} / 400 - 1) * 146097 + ${ofEra} * 365 + ${ofEra} / 4 - ${ofEra} / 100 + ${ofYear} - 719468)`;
}

/** A wildcard as a regular expression that holds every character with the same lower case. */
function regularExpression(wildcard: string): string {
  const pieces = Array.from(wildcard, (c) => (c === '*' ? '.*' : c === '?' ? '.' : oneOf(c.toLowerCase())));
  return `^(${pieces.join('')})$`;
}

function oneOf(folded: string): string {
  const same = [...new Set([folded, ...(upperCases().get(folded) ?? [])])];
  return same.length === 1 ? escaped(folded) : `(${same.map(escaped).join('|')})`;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

let uppers: Map<string, string[]> | undefined;

/** Characters by their lower case, where it is another. */
function upperCases(): ReadonlyMap<string, string[]> {
  if (uppers !== undefined) return uppers;
  uppers = new Map();
  for (let code = 0x41; code < 0x1_f000; code += 1) {
    const character = String.fromCodePoint(code);
    const lower = character.toLowerCase();
    if (lower === character) continue;
    const same = uppers.get(lower);
    if (same === undefined) uppers.set(lower, [character]);
    else same.push(character);
  }
  return uppers;
}
