import { randomUUID } from 'node:crypto';
import { CLICKHOUSE_SETTINGS, clickhouse, readingFrom, type SqlStatement, type Warehouse } from '@sama/sql';
import * as z from 'zod/mini';
import type { Row, SqlReader } from './counter.ts';
import { MOST_ROWS, outOfReach, outOfTime, tablesOf, tooManyRows, type Sessions } from './sql-engine.ts';

/** A ClickHouse whose tables are read over HTTP. */
export interface ClickHouseOptions {
  /** Where the tables are. Default: that of the user. */
  database?: string | undefined;
  /** How the company's own tables become the canonical ones. Default: they are there. */
  warehouse?: Warehouse | undefined;
  timeLimitMs: number;
  /** Rows that one statement may give. Default: {@link MOST_ROWS}. */
  rows?: number | undefined;
  /** Hears what the reader must not see. */
  log: (error: unknown) => void;
  fetch?: typeof fetch;
}

/** Its own codes of what a reader can do something about. */
const TIMEOUT = '159';
const TOO_MANY_ROWS = '396';

/**
 * Questions to a ClickHouse over its HTTP interface, which reads only and stops when the reader leaves. Each statement
 * reads the tables as they then are.
 *
 * @param url with the user and the password, which travel as headers and stand in no address.
 */
export function clickHouseSessions(
  url: string,
  { database, warehouse, timeLimitMs, rows: most = MOST_ROWS, log, fetch: get = fetch }: ClickHouseOptions,
): Sessions {
  const { address, headers } = accessOf(url);
  const settings = {
    ...Object.fromEntries(Object.entries(CLICKHOUSE_SETTINGS).map(([name, value]) => [name, String(value)])),
    ...(database === undefined ? {} : { database }),
    readonly: '2',
    max_execution_time: String(Math.ceil(timeLimitMs / 1000)),
    max_result_rows: String(most),
    result_overflow_mode: 'throw',
    cancel_http_readonly_queries_on_client_close: '1',
    // An error must not come after half of the rows.
    wait_end_of_query: '1',
  };
  const readerWith = (said: string | undefined): SqlReader => ({
    ...(warehouse === undefined ? {} : { tables: tablesOf(warehouse) }),
    all: async (statement, signal) => {
      signal?.throwIfAborted();
      const { text, params } = readingFrom({ warehouse, said }, clickhouse)(statement);
      const target = new URL(address);
      // What is said stands in the text, beside the statement itself.
      const size = { max_query_size: String(CLICKHOUSE_SETTINGS.max_query_size + 2 * (said?.length ?? 0)) };
      const query = { ...settings, ...size, query_id: randomUUID(), ...boundValues(params) };
      for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value);
      const response = await get(target, {
        method: 'POST',
        headers,
        body: `${text} FORMAT JSONEachRow`,
        ...(signal === undefined ? {} : { signal }),
      }).catch((error: unknown) => {
        signal?.throwIfAborted();
        log(error);
        throw outOfReach();
      });
      const answer = await response.text();
      if (!response.ok) throw failure(response, answer, { most, timeLimitMs });
      return rowsOf(answer);
    },
  });
  return { use: (work, said) => work(readerWith(said)), close: async () => undefined };
}

function accessOf(url: string): { address: string; headers: Record<string, string> } {
  const address = new URL(url);
  const [user, password] = [address.username, address.password].map(decodeURIComponent);
  address.username = '';
  address.password = '';
  return {
    address: address.href,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      ...(user === undefined || user === '' ? {} : { 'X-ClickHouse-User': user }),
      ...(password === undefined || password === '' ? {} : { 'X-ClickHouse-Key': password }),
    },
  };
}

/** Values as the parameters `p1`, `p2` … of a statement, in ClickHouse's escaped form. */
function boundValues(params: SqlStatement['params']): Record<string, string> {
  return Object.fromEntries(params.map((value, i) => [`param_p${i + 1}`, value === null ? '\\N' : escaped(value)]));
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0' };
const escaped = (value: string | number | boolean): string =>
  String(value).replaceAll(/[\\\t\n\r\0]/g, (sign) => ESCAPES[sign] ?? sign);

/** What the server of the database says, for the log; what a reader can do something about, for the reader. */
function failure(response: Response, text: string, limits: { most: number; timeLimitMs: number }): Error {
  const code = response.headers.get('X-ClickHouse-Exception-Code') ?? /^Code: (\d+)/.exec(text)?.[1];
  if (code === TOO_MANY_ROWS) return tooManyRows(limits.most);
  if (code === TIMEOUT) return outOfTime(limits.timeLimitMs);
  return new Error(`ClickHouse answered ${response.status}: ${text.slice(0, 500)}`);
}

const Line = z.record(z.string(), z.unknown());

function rowsOf(text: string): Row[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => z.parse(Line, JSON.parse(line)));
}
