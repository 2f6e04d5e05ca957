import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { FUNNEL_FILE, installedElements } from '../http/element-files.ts';
import { fileErrorCode } from '../store/errors.ts';
import { examine, fail, ok, warn, type Finding } from './finding.ts';

const NODE_MAJOR = 24;
const MEGABYTE = 2 ** 20;
/** Less free space than this, and a commit of the ledger may fail any moment. */
const LEAST_BYTES = 100 * MEGABYTE;
const ENOUGH_BYTES = 1024 * MEGABYTE;

/** The Node.js this runs on. */
export function examineNode(version: string = process.versions.node): Finding {
  return Number.parseInt(version, 10) >= NODE_MAJOR
    ? ok('node', `Node.js ${version}`)
    : fail('node', `Node.js ${version}`, `install Node.js ${NODE_MAJOR} or newer`);
}

/** The engine: a native library that npm chose for this machine. */
export function examineEngine(): Promise<Finding[]> {
  return examine(
    'engine',
    'install Sama again on this machine: the engine is a file for one kind of machine',
    async () => {
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      const reader = await connection.runAndReadAll('SELECT version()');
      const [[version] = []] = reader.getRowsJson();
      connection.closeSync();
      instance.closeSync();
      return [ok('engine', `DuckDB ${String(version)}`)];
    },
  );
}

/** The files a browser gets. */
export function examineElements(): Promise<Finding[]> {
  return examine('elements', 'install Sama again, or in a checkout run pnpm build', () => {
    const { version, listed } = installedElements();
    if (!listed.some(({ path }) => path === FUNNEL_FILE))
      return [fail('elements', `${FUNNEL_FILE} is missing`, 'install Sama again, or in a checkout run pnpm build')];
    return [ok('elements', `version ${version}, ${listed.length} files`)];
  });
}

/** Space on the disk of a folder, which need not exist. `largest` is what the next import writes a second time, in bytes. */
export async function examineDisk(folder: string, largest: number): Promise<Finding> {
  const { bavail, bsize } = await spaceOf(resolve(folder));
  const free = bavail * bsize;
  const found = `${Math.floor(free / MEGABYTE)} MB free`;
  if (free < LEAST_BYTES) return fail('disk', found, 'make room: commands and imports fail when the disk is full');
  if (free < Math.max(ENOUGH_BYTES, 2 * largest))
    return warn('disk', found, 'make room: an import writes the data of the questions anew beside the old');
  return ok('disk', found);
}

async function spaceOf(folder: string): Promise<{ bavail: number; bsize: number }> {
  try {
    return await statfs(folder);
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    return spaceOf(dirname(folder));
  }
}

/** Who listens on the port the server would take: nobody, this Sama, or another program. */
export async function examinePort(port: number): Promise<Finding> {
  if (await isFree(port)) return ok('port', `${port} is free: no server is running there`);
  const answered = await fetch(`http://127.0.0.1:${port}/healthz`, {
    signal: AbortSignal.timeout(2000),
    redirect: 'error',
  })
    .then(async (response) => response.ok && (await response.text()).startsWith('{"status":"ok"'))
    .catch(() => false);
  if (answered) return ok('port', `a server of Sama answers on ${port}`);
  return fail(
    'port',
    `another program holds ${port}, or a Sama that does not answer`,
    `stop it, or choose another: PORT=${port + 10}`,
  );
}

function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** The clock of this machine against moments it or others have written, in milliseconds. */
export function examineClock(now: number, written: readonly { by: string; at: number }[]): Finding {
  const ahead = written.filter(({ at }) => at - now > SKEW_MS).sort((a, b) => b.at - a.at)[0];
  if (ahead === undefined) return ok('clock', new Date(now).toISOString());
  return fail(
    'clock',
    `the clock is ${Math.round((ahead.at - now) / 1000)} s behind ${ahead.by}`,
    'set the clock by NTP: tokens, promises and the order of events go by it',
  );
}

/** Clocks that differ by more make tokens invalid. */
const SKEW_MS = 5_000;
