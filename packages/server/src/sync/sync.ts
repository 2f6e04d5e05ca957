import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectorError, type Connector, type Stream, type TablePlan } from '@sama/connectors';
import type { ImportReport } from '@sama/metrics/contracts';
import { ImportError } from '../import/errors.ts';
import { importFile } from '../import/index.ts';
import { takeLock } from '../store/lock.ts';
import { layoutOf } from '../store/layout.ts';
import type { Store } from '../store/index.ts';
import type { SyncOptions } from './options.ts';
import { Reading } from './reading.ts';
import { Spool } from './spool.ts';
import { StateFile, type Health, type StreamState, type SyncState } from './state.ts';

/** What became of one stream. */
export interface StreamReport {
  stream: string;
  /** Changes from this moment on were read; absent when everything was. */
  from?: string;
  until: string;
  /** It went on where an earlier sync had broken off. */
  resumed: boolean;
  /** A dry run that was told to stop early. */
  cut: boolean;
  pages: number;
  records: number;
  /** One for each table with rows. */
  imports: ImportReport[];
  /** Figures that overlap those of another batch: a source may change the days of one, and a batch cannot. */
  notImported: { table: string; reason: string }[];
  health: Health;
  notes: string[];
}

export interface SyncReport {
  system: string;
  dryRun: boolean;
  streams: StreamReport[];
  notes: string[];
}

/**
 * Brings what has changed at a source into the store, stream by stream. Each page is on the disk
 * before the next is asked for, so a sync that is killed goes on after its last page; rows that
 * come twice are one, as in any import.
 *
 * @throws ConnectorError, ImportError or StoreError; streams that ended before stay imported.
 */
export async function syncConnector(store: Store, connector: Connector, options: SyncOptions): Promise<SyncReport> {
  const plan = await connector.plan(options.signal);
  const streams = chosen(plan.streams, options.streams);
  const report = (done: StreamReport[]): SyncReport => ({
    system: connector.system,
    dryRun: options.dryRun === true,
    streams: done,
    notes: plan.notes,
  });
  const folder = join(store.folder, 'sync', connector.system);
  const file = new StateFile(folder);
  if (options.dryRun === true) {
    const temporary = await mkdtemp(join(tmpdir(), 'sama-sync-'));
    try {
      return report(await each(store, connector, streams, await file.read(), undefined, temporary, options));
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }
  await mkdir(folder, { recursive: true });
  const lock = await takeLock(layoutOf(folder), 0);
  try {
    return report(await each(store, connector, streams, await file.read(), file, folder, options));
  } finally {
    await lock.release();
  }
}

function chosen(streams: readonly Stream[], wanted: readonly string[] | undefined): readonly Stream[] {
  if (wanted === undefined) return streams;
  const names = streams.map(({ name }) => name);
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new ConnectorError('settings', `There is no stream "${unknown}". This account has: ${names.join(', ')}.`);
  return streams.filter(({ name }) => wanted.includes(name));
}

async function each(
  store: Store,
  connector: Connector,
  streams: readonly Stream[],
  state: SyncState,
  file: StateFile | undefined,
  folder: string,
  options: SyncOptions,
): Promise<StreamReport[]> {
  const done: StreamReport[] = [];
  for (const stream of streams) {
    options.signal?.throwIfAborted();
    const before = state.streams[stream.name] ?? {};
    const keep = async (next: StreamState): Promise<void> => {
      state.streams[stream.name] = next;
      await file?.write(state);
    };
    done.push(await one(store, connector, stream, before, keep, new Spool(folder, connector.system), options));
  }
  return done;
}

async function one(
  store: Store,
  connector: Connector,
  stream: Stream,
  before: StreamState,
  keep: (state: StreamState) => Promise<void>,
  spool: Spool,
  options: SyncOptions,
): Promise<StreamReport> {
  const reading = new Reading(stream, before, spool, options, connector.overlapMs);
  try {
    await reading.begin();
    await reading.read(keep);
  } finally {
    await spool.close();
  }
  const { run } = reading;
  const imports: ImportReport[] = [];
  const notImported: StreamReport['notImported'] = [];
  for (const table of stream.tables) {
    if ((run.rows[table.name] ?? 0) === 0) continue;
    if (table.newest !== undefined) await spool.keepNewest(table.name, table.newest);
    const report = await importTable(table, () =>
      importFile(store, spool.path(table.name), {
        mapping: table.mapping,
        stages: options.stages,
        timeZone: options.timeZone,
        ...(options.dryRun === true ? { dryRun: true } : {}),
        ...(options.now === undefined ? {} : { now: options.now }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      }),
    );
    if ('reason' in report) {
      notImported.push({ table: table.name, reason: report.reason });
      continue;
    }
    imports.push(report);
    if (!report.dryRun && !report.unchanged && report.rows.kept > 0) await options.onImported?.(report);
  }
  // A crash before this line imports the same files again, which changes nothing.
  await keep({ through: run.until, reads: [...stream.reads] });
  await spool.remove(stream.tables.map(({ name }) => name));
  return {
    stream: stream.name,
    ...(run.from === undefined ? {} : { from: run.from }),
    until: run.until,
    resumed: reading.resumed,
    cut: !run.complete,
    pages: run.pages,
    records: run.records,
    imports,
    notImported,
    health: run.health,
    notes: [...stream.notes, ...reading.notes],
  };
}

/** Imports a table; of figures that cannot be imported it says why, since the rest of the source can. */
async function importTable(
  { mapping }: TablePlan,
  work: () => Promise<ImportReport>,
): Promise<ImportReport | { reason: string }> {
  try {
    return await work();
  } catch (error) {
    if (mapping.rows === 'figures' && error instanceof ImportError) return { reason: error.message };
    throw error;
  }
}
