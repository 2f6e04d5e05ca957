import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
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
 * disk before it is said to be done (WAL with `synchronous = FULL`), and what is deleted is overwritten. On a disk that can only be read, what is there can
 * be read.
 *
 * @throws Error for a file of a newer version, naming both, and for one that has to be written before it can be read.
 */
export function openDatabase(path: string, steps: readonly string[] = STEPS): DatabaseSync {
  if (isReadOnly(path)) return openToRead(path, steps);
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  try {
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON;',
    );
    migrate(database, path, steps);
    return database;
  } catch (error) {
    database.close();
    throw damage(path, error, ' Bring a backup back (sama restore), or put the right file there.') ?? error;
  }
}

/** What SQLite says of a file that is damaged or none of its own, which it does not name; of all else nothing. */
export function damage(path: string, error: unknown, remedy = ''): Error | undefined {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) % 256 : 0;
  if (code !== CORRUPT && code !== NOT_A_DATABASE) return undefined;
  const why = error instanceof Error ? error.message : '';
  return new Error(`${path} is damaged, or is something else (${why}).${remedy}`, { cause: error });
}

const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/** Whether a file, or the folder it would be made in, cannot be written. */
function isReadOnly(path: string): boolean {
  const place = existsSync(path) ? path : dirname(path);
  if (!existsSync(place)) return false;
  try {
    accessSync(place, constants.W_OK);
    return false;
  } catch {
    return true;
  }
}

/** Nobody else writes there either, so the file is read as it is. */
function openToRead(path: string, steps: readonly string[]): DatabaseSync {
  if (!existsSync(path))
    throw new Error(`${path} is not there, and its disk can only be read. Make the disk writable.`);
  if (existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0)
    throw new Error(
      `${path} was not closed, and its disk can only be read. Make the disk writable once, so that ${path}-wal is taken in.`,
    );
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  const database = new DatabaseSync(url, { readOnly: true });
  const found = versionOf(database);
  if (found === steps.length) return database;
  database.close();
  if (found > steps.length) throw newer(path, found, steps.length);
  throw new Error(`${path} is of an older Sama, and its disk can only be read. Make the disk writable once.`);
}

const versionOf = (database: DatabaseSync): number =>
  Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);

const newer = (path: string, found: number, known: number): Error =>
  new Error(
    `${path} was written by a newer Sama (version ${found} of its tables; this one reads up to ${known}). Update Sama, or use another folder with --store.`,
  );

function migrate(database: DatabaseSync, path: string, steps: readonly string[]): void {
  // Under the lock, so that of two servers that start one brings it forward.
  database.exec('BEGIN IMMEDIATE');
  try {
    const found = versionOf(database);
    if (found > steps.length) throw newer(path, found, steps.length);
    for (const step of steps.slice(found)) database.exec(step);
    if (found < steps.length) database.exec(`PRAGMA user_version = ${steps.length}`);
    database.exec('COMMIT');
  } catch (error) {
    // A full disk has ended it already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
