import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Desk, type DeskEvent } from '@sama/metrics/desk';
import { LEDGER_FILE, readDatabase, tablesVersion } from '../backup/databases.ts';
import { connectPostgres, eventOf, LEDGER_VERSION, SHARED_VERSION, type KeeperSetup } from '../ledger/index.ts';
import { causeOf, examine, fail, ok, type Finding } from './finding.ts';

/** What a ledger says of itself, for what is looked at next. */
export interface FoundLedger {
  findings: Finding[];
  /** Moments others have written, in milliseconds: the last event, the clock of PostgreSQL. */
  moments: { by: string; at: number }[];
}

const RESTORE = 'bring a backup back: sama restore BACKUP --store FOLDER';
const PATIENCE_MS = 5_000;

/** Looks at the ledger of a folder, or at the one in PostgreSQL that `url` names, without changing it. */
export async function examineLedger(folder: string, url: string | undefined, setup: KeeperSetup): Promise<FoundLedger> {
  const moments: FoundLedger['moments'] = [];
  if (url !== undefined && url !== '') {
    const findings = await examine(
      'postgresql',
      'start PostgreSQL, and see that SAMA_LEDGER_URL names its host, database, user and password',
      () => shared(url, setup, moments),
    );
    return { findings, moments };
  }
  const findings = await examine('ledger', RESTORE, () => [embedded(join(folder, LEDGER_FILE), setup, moments)]);
  return { findings, moments };
}

function embedded(path: string, setup: KeeperSetup, moments: FoundLedger['moments']): Finding {
  if (!existsSync(path)) return ok('ledger', 'there is none yet; the server makes it');
  return readDatabase(path, (database) => {
    const version = tablesVersion(database);
    if (version > LEDGER_VERSION)
      return fail(
        'ledger',
        `${path} was written by a newer Sama (version ${version}; this one reads up to ${LEDGER_VERSION})`,
        'update Sama',
      );
    const [damage] = database.prepare('PRAGMA integrity_check(1)').all();
    if (damage?.['integrity_check'] !== 'ok')
      return fail('ledger', `${path} is damaged: ${String(damage?.['integrity_check'])}`, RESTORE);
    const rows = database.prepare('SELECT seq, body FROM events ORDER BY seq').all();
    return replayed(rows, version, setup, moments);
  });
}

/** Events are numbered from 1 without a gap, each can be read, and all can stand where they stand. */
function replayed(
  rows: readonly Readonly<Record<string, unknown>>[],
  version: number,
  setup: KeeperSetup,
  moments: FoundLedger['moments'],
): Finding {
  const gap = rows.findIndex(({ seq }, i) => Number(seq) !== i + 1);
  if (gap !== -1) return fail('ledger', `event ${gap + 1} is missing`, RESTORE);
  const events: DeskEvent[] = [];
  for (const [i, { body }] of rows.entries()) {
    try {
      events.push(eventOf(String(body)));
    } catch {
      return fail('ledger', `event ${i + 1} cannot be read`, RESTORE);
    }
  }
  const last = events.at(-1);
  if (last !== undefined) moments.push({ by: 'the last event of the ledger', at: Date.parse(last.at) });
  try {
    const desk = new Desk({ ...setup, lead: () => undefined }, events);
    return ok('ledger', `version ${version}, ${desk.version} events, all replayed`);
  } catch (error) {
    return fail('ledger', `the events do not fit together: ${causeOf(error)}`, RESTORE);
  }
}

async function shared(url: string, setup: KeeperSetup, moments: FoundLedger['moments']): Promise<Finding[]> {
  if (!/^postgres(ql)?:\/\/[^/]/.test(url))
    return [
      fail('postgresql', 'SAMA_LEDGER_URL is no address', 'write it as postgresql://user:password@host:5432/database'),
    ];
  const postgres = connectPostgres(url, () => undefined, { connectionTimeoutMillis: PATIENCE_MS });
  try {
    const [server] = await postgres.query(
      `SELECT current_setting('server_version') AS version, extract(epoch FROM clock_timestamp()) * 1000 AS now,
        to_regclass('sama_ledger') IS NOT NULL AS made, current_setting('transaction_read_only') AS locked`,
    );
    moments.push({ by: 'the clock of PostgreSQL', at: Number(server?.['now']) });
    const reached =
      server?.['locked'] === 'on'
        ? fail('postgresql', 'it can only be read', 'name the server in SAMA_LEDGER_URL that takes writes')
        : ok('postgresql', `version ${String(server?.['version'])}`);
    if (server?.['made'] !== true) return [reached, ok('ledger', 'there is none yet; the server makes it')];
    const [tables] = await postgres.query('SELECT max(version) AS version FROM sama_ledger');
    const version = Number(tables?.['version'] ?? 0);
    if (version > SHARED_VERSION)
      return [reached, fail('ledger', `it was written by a newer Sama (version ${version})`, 'update Sama')];
    const rows = await postgres.query('SELECT seq, body FROM sama_ledger_events ORDER BY seq');
    return [reached, replayed(rows, version, setup, moments)];
  } finally {
    await postgres.close();
  }
}
