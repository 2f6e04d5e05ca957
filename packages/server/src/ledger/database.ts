import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The statements that lead from the version before to each version. They are never changed once released. */
export const STEPS: readonly string[] = [
  `CREATE TABLE events (
     seq INTEGER PRIMARY KEY,
     kind TEXT NOT NULL,
     target TEXT NOT NULL,
     version INTEGER NOT NULL,
     command_id TEXT NOT NULL UNIQUE,
     at TEXT NOT NULL,
     body TEXT NOT NULL,
     UNIQUE (kind, target, version)
   ) STRICT;
   CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
   CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
   CREATE TABLE leads (person TEXT PRIMARY KEY, card TEXT NOT NULL) STRICT;`,
  // From here on events may be of annotations and decisions, which an older Sama cannot read.
  'SELECT 1',
];

/** The version of a ledger's tables. */
export const LEDGER_VERSION = STEPS.length;

/**
 * Opens the file of a ledger, made when there is none and brought forward when it is older. Every commit reaches the
 * disk before it is said to be done (WAL with `synchronous = FULL`).
 *
 * @throws Error for a file of a newer version, naming both.
 */
export function openDatabase(path: string, steps: readonly string[] = STEPS): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;');
    migrate(database, path, steps);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: DatabaseSync, path: string, steps: readonly string[]): void {
  // Under the lock, so that of two servers that start one brings it forward.
  database.exec('BEGIN IMMEDIATE');
  try {
    const found = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
    if (found > steps.length)
      throw new Error(
        `${path} was written by a newer Sama (version ${found} of its tables; this one reads up to ${steps.length}). Update Sama, or use another folder with --store.`,
      );
    for (const step of steps.slice(found)) database.exec(step);
    if (found < steps.length) database.exec(`PRAGMA user_version = ${steps.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
