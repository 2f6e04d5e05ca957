import { joinSql, sql, type Sql } from '../statement/index.ts';
import { DAY_TEXT, type Dialect, INSTANT_TEXT } from './dialect.ts';

/** What the arithmetic below needs of a database. */
export interface Arithmetic {
  /** Whether text matches a regular expression as a whole. */
  isForm: (text: Sql, form: string) => Sql;
  /** The whole number that text of digits writes. Only asked of such text, but may be run on any. */
  whole: (text: Sql) => Sql;
  /** The whole part of a quotient of numbers that are not negative. */
  divide: (dividend: Sql, divisor: number) => Sql;
}

/**
 * Days and instants of text by whole numbers, for databases whose own dates begin too late or end the
 * question with an error at a day that the calendar does not have.
 */
export function calendar({ isForm, whole, divide }: Arithmetic): Pick<Dialect, 'dayNumber' | 'instantMs'> {
  const at = (text: Sql, from: number, length = 2): Sql => whole(sql`substr(${text}, ${from}, ${length})`);

  /** Whether text has this form and begins with a day of the calendar. */
  function isDay(text: Sql, form: string): Sql {
    const [year, month, day] = [at(text, 1, 4), at(text, 6), at(text, 9)];
    const leap = sql`(${year} % 4 = 0 AND (${year} % 100 <> 0 OR ${year} % 400 = 0))`;
    const length = sql`CASE WHEN ${month} = 2 THEN CASE WHEN ${leap} THEN 29 ELSE 28 END WHEN ${month} IN (4, 6, 9, 11) THEN 30 ELSE 31 END`;
    return sql`CASE WHEN ${isForm(text, `^(${form})$`)} THEN ${month} BETWEEN 1 AND 12 AND ${day} BETWEEN 1 AND ${length} ELSE false END`;
  }

  /** Days since 1970 in the proleptic Gregorian calendar. Source: Howard Hinnant, `days_from_civil`, moved by 400 years. */
  function daysOf(text: Sql): Sql {
    const [year, month, day] = [at(text, 1, 4), at(text, 6), at(text, 9)];
    const y = sql`(${year} + 400 - CASE WHEN ${month} <= 2 THEN 1 ELSE 0 END)`;
    const ofEra = sql`(${y} % 400)`;
    const ofYear = divide(sql`153 * (${month} + CASE WHEN ${month} > 2 THEN -3 ELSE 9 END) + 2`, 5);
    const terms = [
      sql`(${divide(y, 400)} - 1) * 146097`,
      sql`${ofEra} * 365`,
      divide(ofEra, 4),
      sql`${ofYear} + ${day} - 1 - 719468 - ${divide(ofEra, 100)}`,
    ];
    return sql`(${joinSql(terms, ' + ')})`;
  }

  return {
    dayNumber: (text) => sql`CASE WHEN ${isDay(text, DAY_TEXT)} THEN ${daysOf(text)} END`,
    instantMs(text) {
      const utc = sql`${text} LIKE '%Z'`;
      const zone = sql`CASE WHEN ${utc} THEN '+00:00' ELSE substr(${text}, length(${text}) - 5, 6) END`;
      const [hour, minute, offHour, offMinute] = [at(text, 12), at(text, 15), at(zone, 2), at(zone, 5)];
      const second = sql`CASE WHEN substr(${text}, 17, 1) = ':' THEN ${at(text, 18)} ELSE 0 END`;
      // Three digits after the point, of those before the zone.
      const digits = sql`substr(${text}, 21, length(${text}) - 20 - CASE WHEN ${utc} THEN 1 ELSE 6 END)`;
      const fraction = sql`CASE WHEN substr(${text}, 20, 1) = '.' THEN ${whole(sql`substr(concat(${digits}, '000'), 1, 3)`)} ELSE 0 END`;
      const minutes = sql`(${hour} * 60 + ${minute} - CASE WHEN ${zone} LIKE '-%' THEN -1 ELSE 1 END * (${offHour} * 60 + ${offMinute}))`;
      const exists = sql`${hour} < 24 AND ${minute} < 60 AND ${second} < 60 AND ${offHour} < 24 AND ${offMinute} < 60`;
      return sql`CASE WHEN ${isDay(text, INSTANT_TEXT)} THEN CASE WHEN ${exists}
        THEN CAST(${daysOf(text)} AS BIGINT) * 86400000 + ${minutes} * 60000 + ${second} * 1000 + ${fraction} END END`;
    },
  };
}
