import { randomUUID } from 'node:crypto';
import { connectPostgres } from '../ledger/index.ts';
import { type LocalPostgres, localPostgres } from './local-postgres.ts';

/** A PostgreSQL whose databases are nobody else's. */
export interface OwnDatabases {
  /** Makes an empty database and gives its address. */
  another(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Databases on the server of `DATABASE_URL`, else on one of this machine's PostgreSQL; gone afterwards.
 *
 * @throws Error without either.
 */
export async function ownDatabases(): Promise<OwnDatabases> {
  const given = process.env['DATABASE_URL'] ?? '';
  const local: LocalPostgres = given === '' ? await localPostgres() : { url: given, stop: () => Promise.resolve() };
  const admin = connectPostgres(local.url, () => undefined);
  const names: string[] = [];
  return {
    another: async () => {
      const name = `docs_${randomUUID().replaceAll('-', '')}`;
      await admin.query(`CREATE DATABASE ${name}`);
      names.push(name);
      const at = new URL(local.url);
      at.pathname = name;
      return at.href;
    },
    stop: async () => {
      for (const name of names) await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.close();
      await local.stop();
    },
  };
}
