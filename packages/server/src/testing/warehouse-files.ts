import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { MetricsEngine, Question } from '@sama/metrics/contracts';
import { DEFAULT_DEFINITIONS } from '@sama/metrics/definitions';
import { sqlText, type Warehouse } from '@sama/sql';
import { onTestFinished } from 'vitest';
import type { FilesAt, FilesSettings, ParquetAt } from '../config/files.ts';
import { fileSessions, type FileOptions, type FileSessions } from '../engine/files/sessions.ts';
import { OWN_TABLES, ownContext, ownTables } from './warehouse-world.ts';

/** Writes to a DuckDB file as another program does. It is closed afterwards, and whole. */
export async function writeDuckDb(path: string, statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(path, { threads: '1' });
  const connection = await instance.connect();
  try {
    await connection.run(`SET TimeZone = 'UTC'`);
    for (const statement of statements) await connection.run(statement);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** The made-up company's tables in a DuckDB file, in the schema `own`. */
export const writeOwnFile = (path: string): Promise<void> =>
  writeDuckDb(path, ['CREATE SCHEMA own', ...ownTables('duckdb', 'own')]);

/** The same as Parquet files in a folder; each row of the history in one of its own. */
export async function writeOwnParquet(folder: string): Promise<FilesAt> {
  const history = join(folder, 'history');
  await mkdir(history);
  const one = (table: string): string => join(folder, `${table}.parquet`);
  const copy = (rows: string, path: string): string => `COPY (${rows}) TO ${sqlText(path)} (FORMAT parquet)`;
  await writeDuckDb(':memory:', [
    'CREATE SCHEMA own',
    ...ownTables('duckdb', 'own'),
    ...OWN_TABLES.map((table) => copy(`SELECT * FROM own.${table}`, one(table))),
    ...[0, 1, 2, 3, 4].map((i) => copy(`SELECT * FROM own.history LIMIT 1 OFFSET ${i}`, join(history, `${i}.parquet`))),
  ]);
  const parquet = new Map<string, ParquetAt>(OWN_TABLES.map((table) => [table, { path: one(table) }]));
  return { parquet: parquet.set('history', { glob: 'history/*.parquet', from: folder }) };
}

/** Questions to files, ended with the test. */
export function openSessions(settings: Omit<FilesSettings, 'kind'>, options: Partial<FileOptions> = {}) {
  const logged: unknown[] = [];
  const sessions: FileSessions = fileSessions(
    { kind: 'files', ...settings },
    { timeLimitMs: 60_000, log: (error) => logged.push(error), ...options },
  );
  onTestFinished(() => sessions.close());
  return { sessions, logged };
}

/** A mapping that reads persons and their first stage from one table. */
export const personsOf = (table: string): Warehouse => ({
  records: [{ table, entityType: 'person', id: 'id' }],
  events: [{ table, entityType: 'person', entityId: 'id', stage: { is: 'lead' }, at: 'at' }],
});

/** What stands in a folder, byte by byte. */
export async function fingerprints(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const hash = async (path: string) =>
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  return Object.fromEntries(await Promise.all(files.map(async (path) => [path, await hash(path)] as const)));
}

/** A moment, as a column. */
export const AT = `TIMESTAMPTZ '2026-01-05 10:00:00+00' AS at`;
/** How many persons there are. */
export const PEOPLE: Question = { kind: 'measure', measure: { of: 'person', aggregates: ['count'] } };

/** What an engine answers to that, or why not. */
export async function people(engine: MetricsEngine): Promise<unknown> {
  const { data, message } = await engine.answer(PEOPLE, ownContext(DEFAULT_DEFINITIONS));
  return data?.kind === 'measure' ? data.values : message;
}

/** So many. */
export const counted = (n: number) => [{ name: 'count', result: { value: n } }];
