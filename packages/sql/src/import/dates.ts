import type { DateFormat } from '@sama/metrics/contracts';
import { text } from './quote.ts';

/** SQL of a date column: its day, or its instant in epoch milliseconds; both null when it is neither. */
export interface WhenSql {
  day: string;
  ms: string;
  /** An example for the message that refuses a value. */
  example: string;
}

const NO_DAY = 'CAST(NULL AS DATE)';

/**
 * Reads a trimmed text column by one date format. A time without an offset is local to `zone`; a
 * day stays a day. Only the exact shape is read, so that `2026-02-30` and `1/2/3` are refused.
 */
export function whenSql(raw: string, format: DateFormat, zone: string): WhenSql {
  const local = (timestamp: string): string => `epoch_ms(timezone(${text(zone)}, ${timestamp}))`;
  switch (format) {
    case 'iso': {
      const shape = String.raw`\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?`;
      const offset = String.raw` ?(Z|[+-]\d{2}(:?\d{2})?)`;
      // Nearly all instants are written so, and need no further look.
      const common = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z`;
      // DuckDB reads an offset only after seconds.
      const full = String.raw`regexp_replace(replace(${raw}, ',', '.'), '^(.{10}[T ]\d{2}:\d{2})( ?)(Z|[+-].*)$', '\1:00\3')`;
      return {
        day: `CASE WHEN strlen(${raw}) = 10 AND regexp_full_match(${raw}, '\\d{4}-\\d{2}-\\d{2}') THEN TRY_CAST(${raw} AS DATE) END`,
        ms:
          `CASE WHEN strlen(${raw}) <= 10 THEN NULL ` +
          `WHEN regexp_full_match(${raw}, '${common}') THEN epoch_ms(TRY_CAST(${raw} AS TIMESTAMPTZ)) ` +
          `WHEN regexp_full_match(${raw}, '${shape}${offset}') THEN epoch_ms(TRY_CAST(${full} AS TIMESTAMPTZ)) ` +
          `WHEN regexp_full_match(${raw}, '${shape}') THEN ${local(`TRY_CAST(replace(${raw}, ',', '.') AS TIMESTAMP)`)} END`,
        example: '2026-07-01 or 2026-07-01T09:30:00+02:00',
      };
    }
    case 'dd/mm/yyyy':
      return written(raw, '%d/%m/%Y', String.raw`\d{1,2}/\d{1,2}/\d{4}`, '31/07/2026', local);
    case 'mm/dd/yyyy':
      return written(raw, '%m/%d/%Y', String.raw`\d{1,2}/\d{1,2}/\d{4}`, '07/31/2026', local);
    case 'dd.mm.yyyy':
      return written(raw, '%d.%m.%Y', String.raw`\d{1,2}\.\d{1,2}\.\d{4}`, '31.07.2026', local);
    case 'epoch-ms':
      return {
        day: NO_DAY,
        ms: `CASE WHEN regexp_full_match(${raw}, '-?\\d{1,15}') THEN TRY_CAST(${raw} AS BIGINT) END`,
        example: '1782864000000 (milliseconds since 1970)',
      };
    case 'epoch-s':
      return {
        day: NO_DAY,
        ms: `CASE WHEN regexp_full_match(${raw}, '-?\\d{1,12}(\\.\\d{1,9})?') THEN CAST(round(TRY_CAST(${raw} AS DECIMAL(24, 9)) * 1000) AS BIGINT) END`,
        example: '1782864000 (seconds since 1970)',
      };
  }
}

function written(
  raw: string,
  pattern: string,
  shape: string,
  example: string,
  local: (timestamp: string) => string,
): WhenSql {
  const time = String.raw`[T ]\d{1,2}:\d{2}`;
  const spaced = `replace(${raw}, 'T', ' ')`;
  return {
    day: `CASE WHEN regexp_full_match(${raw}, '${shape}') THEN CAST(try_strptime(${raw}, '${pattern}') AS DATE) END`,
    ms: `CASE WHEN regexp_full_match(${raw}, '${shape}${time}(:\\d{2})?') THEN ${local(`try_strptime(${spaced}, ['${pattern} %H:%M:%S', '${pattern} %H:%M'])`)} END`,
    example,
  };
}
