import { postgresql, readingFrom, type Warehouse } from '@sama/sql';
import { Client, DatabaseError, Pool, types } from 'pg';
import type { Row, SqlReader } from './counter.ts';
import { MOST_ROWS, outOfReach, outOfTime, tablesOf, tooManyRows, type Sessions } from './sql-engine.ts';

/** A PostgreSQL whose tables are read. */
export interface PostgresOptions {
  /** Where the canonical tables are. Default: the search path of the user. */
  schema?: string | undefined;
  /** How the company's own tables become the canonical ones. Default: they are there. */
  warehouse?: Warehouse | undefined;
  /** Milliseconds a statement may take, for the server to stop by itself when nobody else does. */
  timeLimitMs: number;
  /** Rows that one statement may give. Default: {@link MOST_ROWS}. */
  rows?: number | undefined;
  /** Hears what the reader must not see. */
  log: (error: unknown) => void;
}

const BIGINT = 20;
const NUMERIC = 1700;
/** Whole and decimal numbers come as text, and all that are read here fit a JavaScript number. */
const NUMBERS: typeof types = {
  ...types,
  getTypeParser: (oid: number, ...rest: []) =>
    oid === BIGINT || oid === NUMERIC ? Number : types.getTypeParser(oid, ...rest),
};

/** Questions to a PostgreSQL: each in a transaction that reads one state of the data and can write nothing. */
export function postgresSessions(
  url: string,
  { schema, warehouse, timeLimitMs, rows: most = MOST_ROWS, log }: PostgresOptions,
): Sessions {
  const pool = new Pool({ connectionString: url, max: 4, application_name: 'sama', types: NUMBERS });
  pool.on('error', log);
  return {
    use: async (work, said) => {
      const rewrite = readingFrom({ warehouse, said }, postgresql);
      const client = await pool.connect().catch((error: unknown) => {
        log(error);
        throw outOfReach();
      });
      let broken = false;
      try {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
        await client.query(`SET LOCAL statement_timeout = ${Math.ceil(timeLimitMs)}`);
        // All rows of a cursor are wanted, not the first ones soon.
        await client.query('SET LOCAL cursor_tuple_fraction = 1');
        if (schema !== undefined) await client.query("SELECT set_config('search_path', $1, true)", [quoted(schema)]);
        const { rows: [me] = [] } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        // Several statements of a question may be under way.
        let cursors = 0;
        const reader: SqlReader = {
          ...(warehouse === undefined ? {} : { tables: tablesOf(warehouse) }),
          all: async (statement, signal) => {
            signal?.throwIfAborted();
            const { text, params } = rewrite(statement);
            const cancel = (): void => void cancelStatement(url, me?.pid ?? 0).catch(log);
            signal?.addEventListener('abort', cancel, { once: true });
            try {
              const cursor = `question_${(cursors += 1)}`;
              await client.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${text}`, [...params]);
              const { rows } = await client.query<Row>(`FETCH ${most + 1} FROM ${cursor}`);
              await client.query(`CLOSE ${cursor}`);
              if (rows.length > most) throw tooManyRows(most);
              return rows;
            } catch (error) {
              signal?.throwIfAborted();
              throw isCancelled(error) ? outOfTime(timeLimitMs) : error;
            } finally {
              signal?.removeEventListener('abort', cancel);
            }
          },
        };
        return await work(reader);
      } finally {
        await client.query('ROLLBACK').catch((error: unknown) => {
          broken = true;
          log(error);
        });
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}

/** Whether the server stopped the statement because its time was up. */
const isCancelled = (error: unknown): boolean => error instanceof DatabaseError && error.code === '57014';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Stops what a connection is doing, from another one. */
async function cancelStatement(url: string, pid: number): Promise<void> {
  const other = new Client({ connectionString: url, application_name: 'sama' });
  await other.connect();
  try {
    await other.query('SELECT pg_cancel_backend($1)', [pid]);
  } finally {
    await other.end();
  }
}
