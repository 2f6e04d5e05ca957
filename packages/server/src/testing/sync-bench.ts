import { join } from 'node:path';
import type { Connector, ConnectorSettings, Pace, Row, Secrets } from '@sama/connectors';
import { knownStages, loadConfig } from '../config/config.ts';
import type { Store } from '../store/index.ts';
import { openSource, type Environment, type SourceName } from '../sync/sources.ts';
import type { SyncOptions } from '../sync/options.ts';
import { syncConnector, type SyncReport } from '../sync/sync.ts';
import { temporaryFolder, testStore } from './stores.ts';

/** The moment of a test. */
export const NOW = '2026-06-01T12:00:00.000Z';

/** Waits for nobody, and remembers for how long it was asked to. */
export class Clock implements Pace {
  readonly slept: number[] = [];
  async sleep(ms: number): Promise<void> {
    this.slept.push(ms);
  }
  random = (): number => 0.5;
  now = (): number => Date.parse(NOW);
}

/** A source, and what is read of it. */
export class SyncBench {
  readonly clock = new Clock();
  readonly #name: SourceName;
  readonly #environment: Environment;
  secrets: Secrets;
  settings: ConnectorSettings = {};
  #store: Promise<Store> | undefined;

  constructor(name: SourceName, environment: Environment, secrets: Secrets) {
    this.#name = name;
    this.#environment = environment;
    this.secrets = secrets;
  }

  async store(): Promise<Store> {
    this.#store ??= temporaryFolder().then((folder) => testStore(join(folder, 'store')));
    return this.#store;
  }

  async connector(): Promise<Connector> {
    const loaded = await loadConfig({ workingFolder: '/nowhere' });
    const config = { ...loaded, given: { ...loaded.given, connectors: { [this.#name]: this.settings } } };
    return openSource(this.#name, config, this.secrets, this.#environment, this.clock);
  }

  /** Reads everything, without a store. */
  async read(only?: string) {
    const rows: Record<string, Row[]> = {};
    const seen: Record<string, number> = {};
    let pages = 0;
    const { streams, notes } = await (await this.connector()).plan();
    for (const stream of streams) {
      notes.push(...stream.notes);
      if (only !== undefined && stream.name !== only) continue;
      for await (const page of stream.read({ until: NOW }, undefined, undefined)) {
        pages += 1;
        for (const [table, more] of Object.entries(page.rows)) (rows[table] ??= []).push(...more);
        for (const [name, n] of Object.entries({ ...page.unsupported, ...page.unmatched }))
          seen[name] = (seen[name] ?? 0) + n;
      }
    }
    return { rows, seen, notes, pages, streams: streams.map(({ name }) => name) };
  }

  async sync(changes: Partial<SyncOptions> = {}): Promise<SyncReport> {
    const known = [...knownStages((await loadConfig({ workingFolder: '/nowhere' })).definitions)];
    return syncConnector(await this.store(), await this.connector(), {
      stages: known.map(({ key }) => key),
      timeZone: 'UTC',
      now: new Date(NOW),
      ...changes,
    });
  }

  async rows(sql: string): Promise<unknown[]> {
    return (await this.store()).reader().all(sql);
  }

  async events(): Promise<unknown[]> {
    return this.rows(
      `SELECT entity_type AS type, entity_id AS id, stage, strftime(make_timestamp(at_ms * 1000), '%Y-%m-%dT%H:%M') AS at, reason FROM stage_events ORDER BY entity_type, entity_id, at_ms, stage`,
    );
  }
}
