import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASES, KEYS_FILE, OUTBOX_FILE, readDatabase, tablesVersion } from '../backup/databases.ts';
import { channelsOf, type EscalationConfig } from '../escalation/config.ts';
import { examine, fail, ok, warn, type Finding } from './finding.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const RESTORE = 'bring a backup back: sama restore BACKUP --store FOLDER';
const WEEK_SECONDS = 7 * 86_400;
const NO_KEYS = warn(
  'keys',
  'there are none, so the server runs in development mode: everybody on this machine reads and acts',
  'make one: sama token key NAME',
);

/** Who gets in, and whether others of this machine can read the keys. `now` in milliseconds. */
export function examineKeys(folder: string, now: number): Promise<Finding[]> {
  const path = join(folder, KEYS_FILE);
  return examine('keys', RESTORE, async () => {
    if (!existsSync(path)) return [NO_KEYS];
    // Systems without such modes say that everybody may read.
    const mode = statSync(path).mode & 0o777;
    const isOpen = process.platform !== 'win32' && (mode & 0o077) !== 0;
    const modes = isOpen
      ? fail(
          'key file',
          `${path} can be read by others (mode ${mode.toString(8)})`,
          `chmod 600 ${path}, and make new keys if others have been on this machine`,
        )
      : ok('key file', `only its owner reads ${KEYS_FILE}`);
    const newer = newerTables(folder, KEYS_FILE);
    return [modes, newer ?? (await keysStanding(inFile(path), now))];
  });
}

/** What there is to ask of a database of this folder, or of one that several servers share. */
export interface Asked {
  /** Before the names of tables. */
  prefix: string;
  ask: (text: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
}

const inFile = (path: string): Asked => ({
  prefix: '',
  ask: async (text) => readDatabase(path, (database) => database.prepare(text).all()),
});

/** Whether there are keys, and whether they hold. `now` in milliseconds. */
export async function keysStanding({ prefix, ask }: Asked, now: number): Promise<Finding> {
  const all = await ask(`SELECT id, expires, revoked FROM ${prefix}keys`);
  if (all.length === 0) return NO_KEYS;
  const seconds = now / 1000;
  const keys = all.filter(({ revoked }) => revoked === null);
  const holding = keys.filter(({ expires }) => expires === null || Number(expires) > seconds);
  const soon = holding.filter(({ expires }) => expires !== null && Number(expires) < seconds + WEEK_SECONDS);
  if (holding.length === 0)
    return fail('keys', 'none holds any more, so nobody gets in', 'make one: sama token key NAME');
  if (soon.length > 0)
    return warn(
      'keys',
      `${soon.map(({ id }) => String(id)).join(', ')} will expire within a week`,
      'make its successor: sama token key NAME',
    );
  return ok('keys', `${holding.length} ${holding.length === 1 ? 'holds' : 'hold'}`);
}

/** Whether notices have somewhere to go. */
export function examineChannels(config: EscalationConfig | undefined, environment: Environment): Promise<Finding[]> {
  return examine('escalation', 'set the variable for the server, or take the channel out of the configuration', () => {
    const names = channelsOf(config, environment);
    return [ok('escalation', names.length === 0 ? 'nobody is told of overdue hand-offs' : `${names.length} channels`)];
  });
}

/** Whether notices get where they go. `now` in milliseconds. */
export function examineNotices(folder: string, now: number): Promise<Finding[]> {
  return examine('notices', RESTORE, async () => {
    const path = join(folder, OUTBOX_FILE);
    if (!existsSync(path)) return [ok('notices', 'none were made yet')];
    return [newerTables(folder, OUTBOX_FILE) ?? (await noticesStanding(inFile(path), now))];
  });
}

const HOUR_MS = 3_600_000;

/** Whether notices wait longer than they should. `now` in milliseconds. */
export async function noticesStanding({ prefix, ask }: Asked, now: number): Promise<Finding> {
  const count = async (where: string): Promise<number> => {
    const [row] = await ask(`SELECT count(*) AS n FROM ${prefix}deliveries WHERE ${where}`);
    return Number(row?.['n']);
  };
  const failing = await count("state IN ('waiting', 'ready') AND attempts > 0");
  const late = await count(`state IN ('waiting', 'ready') AND attempts = 0 AND next < ${Math.floor(now - HOUR_MS)}`);
  const lost = await count("state = 'given-up'");
  if (failing + late + lost === 0) return ok('notices', 'none waits longer than it should');
  return warn(
    'notices',
    `${failing} could not be sent yet, ${late} wait for a server that looks, ${lost} were given up`,
    'see that the receivers answer, and that a server without --no-clocks runs; its log says why a notice failed',
  );
}

function newerTables(folder: string, file: string): Finding | undefined {
  const version = readDatabase(join(folder, file), tablesVersion);
  const known = DATABASES[file] ?? 0;
  if (version <= known) return undefined;
  return fail(
    'store',
    `${join(folder, file)} was written by a newer Sama (version ${version}; this one reads up to ${known})`,
    'update Sama',
  );
}
