import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectPostgres } from '../ledger/index.ts';
import { schemaOn } from './postgres-ledgers.ts';

/** A PostgreSQL for as long as it is needed. */
export interface LocalPostgres {
  url: string;
  stop(): Promise<void>;
}

/** Where Debian and its kin keep the programs of each version. */
const VERSIONS = '/usr/lib/postgresql';
/** Nothing that would ease its promises: it waits for the disk as it does by default. */
const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'logging_collector=off'];

/**
 * A schema of the server of `DATABASE_URL`, else one of this machine's PostgreSQL, with files that are gone
 * afterwards.
 *
 * @throws Error without either.
 */
export async function localPostgres(): Promise<LocalPostgres> {
  const url = process.env['DATABASE_URL'];
  if (url !== undefined && url !== '') {
    const { at, drop } = await schemaOn(url);
    return { url: at, stop: drop };
  }
  const newest = newestVersion();
  if (newest === undefined)
    throw new Error('there is no PostgreSQL: name one in DATABASE_URL, or install the package postgresql');
  const program = (name: string): string => join(VERSIONS, newest, 'bin', name);
  const data = mkdtempSync(join(tmpdir(), 'sama-postgres-'));
  // It refuses to run as root.
  const as = process.getuid?.() === 0 ? ownerOf('postgres') : undefined;
  if (as !== undefined) chownSync(data, as.uid, as.gid);
  execFileSync(program('initdb'), ['--pgdata', data, '--username', 'sama', '--auth', 'trust', '--encoding', 'UTF8'], {
    ...as,
    cwd: data,
    stdio: 'ignore',
  });
  const port = await freePort();
  const settings = [`port=${port}`, ...SETTINGS].flatMap((setting) => ['-c', setting]);
  const server = spawn(program('postgres'), ['-D', data, ...settings], { ...as, cwd: data, stdio: 'ignore' });
  const gone = once(server, 'exit');
  const at = `postgresql://sama@127.0.0.1:${port}/postgres`;
  await answering(at);
  return {
    url: at,
    stop: async () => {
      server.kill('SIGINT');
      await gone;
      rmSync(data, { recursive: true });
    },
  };
}

const newestVersion = (): string | undefined =>
  existsSync(VERSIONS) ? readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a))[0] : undefined;

/** Whether there is one to be had. */
export const hasPostgres = (): boolean => (process.env['DATABASE_URL'] ?? '') !== '' || newestVersion() !== undefined;

/** The ids of a user of this machine. */
export function ownerOf(user: string): { uid: number; gid: number } {
  const id = (flag: string): number => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Waits until it takes connections. */
async function answering(url: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const postgres = connectPostgres(url, () => undefined);
    try {
      await postgres.query('SELECT 1');
      return;
    } catch (error) {
      if (tries > 300) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    } finally {
      await postgres.close();
    }
  }
}
