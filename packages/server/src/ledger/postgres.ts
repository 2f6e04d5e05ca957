import { Client, Pool, types, type PoolConfig } from 'pg';

/** Runs a statement and gives its rows. */
export type Query = (
  text: string,
  params?: readonly unknown[],
) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** What a ledger asks of PostgreSQL. */
export interface Postgres {
  query: Query;
  /** Work in one transaction; any error takes all of it back. */
  whole<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Calls with the payload of each notification of a channel, and with undefined when some may have been missed. */
  listen(channel: string, heard: (payload: string | undefined) => void): Promise<void>;
  close(): Promise<void>;
}

/** Whole numbers of eight bytes come as numbers: seconds, milliseconds and counts are all within those. */
const BIGINT = 20;
const numbers: PoolConfig['types'] = {
  getTypeParser: (oid, format) => (oid === BIGINT ? Number : types.getTypeParser(oid, format)),
};

const AGAIN_MS = 1_000;
/** A server that takes no connection within this time counts as away. */
const PATIENCE_MS = 5_000;

/** Connects to a server; `log` hears of connections that break and are made again. */
export function connectPostgres(
  url: string,
  log: (error: unknown) => void,
  options: Pick<PoolConfig, 'connectionTimeoutMillis'> = {},
): Postgres {
  const pool = new Pool({
    connectionString: url,
    max: 4,
    application_name: 'sama',
    keepAlive: true,
    connectionTimeoutMillis: PATIENCE_MS,
    types: numbers,
    ...options,
  });
  pool.on('error', log);
  let listener: Client | undefined;
  let again: NodeJS.Timeout | undefined;
  let closed = false;

  async function listen(channel: string, heard: (payload: string | undefined) => void): Promise<void> {
    const client = new Client({ connectionString: url, application_name: 'sama', keepAlive: true });
    listener = client;
    client.on('notification', ({ payload }) => heard(payload));
    client.on('error', log);
    client.on('end', () => {
      if (closed || listener !== client) return;
      again = setTimeout(() => void retry(), AGAIN_MS);
    });
    const retry = async (): Promise<void> => {
      try {
        await listen(channel, heard);
        heard(undefined);
      } catch (error) {
        log(error);
        if (!closed) again = setTimeout(() => void retry(), AGAIN_MS);
      }
    };
    await client.connect();
    await client.query(`LISTEN ${channel}`);
  }

  return {
    query: async (text, params = []) => (await pool.query<Record<string, unknown>>(text, [...params])).rows,
    whole: async (work) => {
      const client = await pool.connect();
      let broken = false;
      try {
        await client.query('BEGIN');
        const done = await work(
          async (text, params = []) => (await client.query<Record<string, unknown>>(text, [...params])).rows,
        );
        await client.query('COMMIT');
        return done;
      } catch (error) {
        // With the connection the transaction is gone too.
        await client.query('ROLLBACK').catch(() => {
          broken = true;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    listen,
    close: async () => {
      closed = true;
      clearTimeout(again);
      await Promise.all([listener?.end(), pool.end()]);
    },
  };
}
