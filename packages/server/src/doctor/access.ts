import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASES, KEYS_FILE, OUTBOX_FILE, readDatabase, tablesVersion } from '../backup/databases.ts';
import { channelsOf, type EscalationConfig } from '../escalation/config.ts';
import { examine, fail, ok, warn, type Finding } from './finding.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const RESTORE = 'bring a backup back: sama restore BACKUP --store FOLDER';
const WEEK_SECONDS = 7 * 86_400;

/** Who gets in, and whether others of this machine can read the keys. `now` in milliseconds. */
export function examineKeys(folder: string, now: number): Promise<Finding[]> {
  const path = join(folder, KEYS_FILE);
  return examine('keys', RESTORE, () => {
    const development = warn(
      'keys',
      'there are none, so the server runs in development mode: everybody on this machine reads and acts',
      'make one: sama token key NAME',
    );
    if (!existsSync(path)) return [development];
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
    if (newer !== undefined) return [modes, newer];
    const keys = readDatabase(path, (database) =>
      database.prepare('SELECT id, expires FROM keys WHERE revoked IS NULL').all(),
    );
    const used = readDatabase(path, (database) => database.prepare('SELECT 1 FROM keys LIMIT 1').all().length > 0);
    if (!used) return [modes, development];
    const seconds = now / 1000;
    const holding = keys.filter(({ expires }) => expires === null || Number(expires) > seconds);
    const soon = holding.filter(({ expires }) => expires !== null && Number(expires) < seconds + WEEK_SECONDS);
    if (holding.length === 0)
      return [modes, fail('keys', 'none holds any more, so nobody gets in', 'make one: sama token key NAME')];
    if (soon.length > 0)
      return [
        modes,
        warn(
          'keys',
          `${soon.map(({ id }) => String(id)).join(', ')} will expire within a week`,
          'make its successor: sama token key NAME',
        ),
      ];
    return [modes, ok('keys', `${holding.length} ${holding.length === 1 ? 'holds' : 'hold'}`)];
  });
}

/** Whether notices have somewhere to go, and get there. `now` in milliseconds. */
export async function examineNotices(
  folder: string,
  config: EscalationConfig | undefined,
  environment: Environment,
  now: number,
): Promise<Finding[]> {
  const channels = await examine(
    'escalation',
    'set the variable for the server, or take the channel out of the configuration',
    () => {
      const names = channelsOf(config, environment);
      return [
        ok('escalation', names.length === 0 ? 'nobody is told of overdue hand-offs' : `${names.length} channels`),
      ];
    },
  );
  const notices = await examine('notices', RESTORE, () => [waitingNotices(folder, now)]);
  return [...channels, ...notices];
}

const HOUR_MS = 3_600_000;

function waitingNotices(folder: string, now: number): Finding {
  const path = join(folder, OUTBOX_FILE);
  if (!existsSync(path)) return ok('notices', 'none were made yet');
  const newer = newerTables(folder, OUTBOX_FILE);
  if (newer !== undefined) return newer;
  const count = (where: string, ...values: number[]): number =>
    readDatabase(path, (database) => {
      const row = database.prepare(`SELECT count(*) AS n FROM deliveries WHERE ${where}`).get(...values);
      return Number(row?.['n']);
    });
  const failing = count("state = 'waiting' AND attempts > 0");
  const late = count("state = 'waiting' AND attempts = 0 AND next < ?", now - HOUR_MS);
  const lost = count("state = 'given-up'");
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
