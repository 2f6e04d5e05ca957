import { randomUUID } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { connectPostgres, type Postgres, PostgresShelf, type Shelf } from '../ledger/index.ts';

/** A PostgreSQL for ledgers: each opening stands for a server of its own. */
export interface LedgerPlace {
  /** By which its connections are known. */
  name: string;
  postgres(): Postgres;
  open(): Promise<Shelf>;
  close(): Promise<void>;
}

const placeOf = (name: string, postgres: () => Postgres, close: () => Promise<void>): LedgerPlace => ({
  name,
  postgres,
  open: () => PostgresShelf.open(postgres()),
  close,
});

/** One in this process. */
export async function inProcess(): Promise<LedgerPlace> {
  const database = await PGlite.create();
  return placeOf(
    'in process',
    () => ({
      query: async (text, params = []) => (await database.query<Record<string, unknown>>(text, [...params])).rows,
      whole: (work) =>
        database.transaction((within) =>
          work(async (text, params = []) => (await within.query<Record<string, unknown>>(text, [...params])).rows),
        ),
      listen: async (channel, heard) => void (await database.listen(channel, heard)),
      close: () => Promise.resolve(),
    }),
    () => database.close(),
  );
}

/** A server, in a schema that is gone afterwards. */
export async function onServer(url: string): Promise<LedgerPlace> {
  const { schema, at, drop } = await schemaOn(url);
  return placeOf(schema, () => connectPostgres(at, () => undefined), drop);
}

/** Makes a schema on a server, with the address that works in it; it also names the connections. */
export async function schemaOn(url: string): Promise<{ schema: string; at: string; drop: () => Promise<void> }> {
  const schema = `ledger_${randomUUID().replaceAll('-', '')}`;
  const at = new URL(url);
  const admin = connectPostgres(at.href, () => undefined);
  await admin.query(`CREATE SCHEMA ${schema}`);
  at.searchParams.set('options', `-c search_path=${schema}`);
  at.searchParams.set('application_name', schema);
  const drop = async (): Promise<void> => {
    await admin.query(`DROP SCHEMA ${schema} CASCADE`);
    await admin.close();
  };
  return { schema, at: at.href, drop };
}
