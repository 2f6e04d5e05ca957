import { DatabaseSync } from 'node:sqlite';
import { OUTBOX } from '../escalation/outbox.ts';
import { damage, LEDGER_VERSION } from '../ledger/database.ts';
import { KEYS } from '../sign-in/keyring.ts';
import { SNAPSHOTS } from '../snapshots/store.ts';

/** The file of the ledger in a store's folder. */
export const LEDGER_FILE = 'ledger.sqlite';
/** The file of the keys. */
export const KEYS_FILE = 'access.sqlite';
/** The file of the notices. */
export const OUTBOX_FILE = 'outbox.sqlite';

/** The databases beside the layers of a store, with the version of tables this Sama reads up to. */
export const DATABASES: Readonly<Record<string, number>> = {
  [LEDGER_FILE]: LEDGER_VERSION,
  [KEYS_FILE]: KEYS.file.length,
  [OUTBOX_FILE]: OUTBOX.file.length,
  'snapshots.sqlite': SNAPSHOTS.file.length,
};

/** Reads a database that others may write meanwhile, without changing it. */
export function readDatabase<T>(path: string, read: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
  try {
    return read(database);
  } catch (error) {
    throw damage(path, error) ?? error;
  } finally {
    database.close();
  }
}

/** The version of the tables of an open database. */
export function tablesVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}
