import { randomUUID } from 'node:crypto';
import { unwatchFile, watchFile } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ImportReport } from '@sama/metrics/contracts';
import { fillFromChunks, type RecordChunk } from './chunks.ts';
import { connect, withScratch } from './duck.ts';
import { messageOf, StoreError } from './errors.ts';
import { readIfThere, replaceFile, sync } from './files.ts';
import { dataVersionOf, readGeneration, type CurrentGeneration } from './generation.ts';
import { layerSource, type LayerSource } from './layer-source.ts';
import { inspectLayer, writeLayer, type LayerFacts } from './layer-writer.ts';
import { batchName, readLayers, type BatchInfo } from './layers.ts';
import { layoutOf, type Layout } from './layout.ts';
import { takeLock } from './lock.ts';
import { writeGeneration, type GenerationOptions, type LayerChange } from './next-generation.ts';
import { StoreReader, type ReaderOptions } from './reader.ts';
import { DRAFT_EVENTS, LAYER_TABLES } from './schema.ts';
import { NEW_SETTINGS, readSettings, SCHEMA_VERSION, writeSettings } from './settings.ts';

/** How a store is opened. @beta */
export interface StoreOptions extends GenerationOptions {
  /** DuckDB's memory while a batch is written, such as `1GB`, else `700MB`; more goes to the store's temporary folder. */
  memoryLimit?: string;
  threads?: number;
  reader?: Omit<ReaderOptions, 'afterBuild'>;
  /** Milliseconds to wait for another writer before giving up. Default 2000. */
  lockPatience?: number;
}

/** What a batch is before its rows are known. */
export interface NewBatch {
  /** Shown as the batch's origin. */
  file: string;
  /** SHA-256, hexadecimal, of the content and of all that decides how it is read. */
  contentHash: string;
  mappingHash: string;
  demo?: boolean;
}

/** Where a layer is written: scratch tables to fill: `records`, `stage_events`, `activity_events` and `figures`. */
export interface LayerDraft {
  connection: DuckDBConnection;
  batch: string;
  /** A folder that is removed afterwards. */
  temporary: string;
}

/** What the writer of a layer says of it; `undefined` when nothing shall be kept. */
export interface LayerContent extends Pick<LayerSource, 'histories'> {
  rows: BatchInfo['rows'];
  /** Of `inspectLayer`, where the writer has called it. */
  facts?: LayerFacts;
  /** Kept with the layer. */
  report?: ImportReport;
}

export interface AddedLayer {
  info: BatchInfo;
  /** The same content was there before; `info` is that batch's and nothing was written. */
  unchanged: boolean;
}

/** Opens the store in a folder, which need not exist. Cleans up after a writer that was killed. @beta */
export async function openStore(folder: string, options: StoreOptions = {}): Promise<Store> {
  const store = new Store(layoutOf(folder), options);
  await store.recover();
  return store;
}

/** A folder of layers (the truth) and generations (built from them, for reading). @beta */
export class Store {
  readonly #layout: Layout;
  readonly #options: StoreOptions;
  readonly #reader: StoreReader;
  readonly #listeners = new Set<(current: CurrentGeneration | null) => void>();
  #current: CurrentGeneration | null = null;
  #watching = false;
  #closed = false;

  /** Use `openStore`. */
  constructor(layout: Layout, options: StoreOptions) {
    this.#layout = layout;
    this.#options = options;
    this.#reader = new StoreReader(() => this.#refresh(), {
      ...options.reader,
      ...(options.afterBuild === undefined ? {} : { afterBuild: options.afterBuild }),
    });
  }

  get folder(): string {
    return this.#layout.folder;
  }

  /** Where the rows a batch refused are listed. */
  rejectsFile(batch: string): string {
    return join(this.#layout.folder, 'rejects', `${batch}.csv`);
  }

  /** The generation readers see now; null in an empty store. */
  current(): CurrentGeneration | null {
    return this.#current;
  }

  /** Calls back when the data changed, in this process or another (looked for every half second). */
  onChange(changed: (current: CurrentGeneration | null) => void): () => void {
    this.#listeners.add(changed);
    if (!this.#watching) {
      this.#watching = true;
      watchFile(this.#layout.current, { interval: 500, persistent: false }, this.#look);
    }
    return () => {
      this.#listeners.delete(changed);
    };
  }

  /** The pooled reader of this store; the same one every time. */
  reader(): StoreReader {
    return this.#reader;
  }

  /** The batches, oldest first. */
  async batches(): Promise<BatchInfo[]> {
    return readLayers(this.#layout);
  }

  /**
   * Adds one batch, all or nothing: `write` fills the scratch tables; then the layer, the next
   * generation and CURRENT follow. Whatever fails before leaves the store as it was.
   */
  async addLayer(
    batch: NewBatch,
    write: (draft: LayerDraft) => Promise<LayerContent | undefined>,
  ): Promise<AddedLayer | undefined> {
    return this.#write(async (temporary, layers) => {
      const same = layers.find(
        ({ contentHash, mappingHash }) => contentHash === batch.contentHash && mappingHash === batch.mappingHash,
      );
      if (same !== undefined) return { info: same, unchanged: true };
      const settings = await this.#number();
      const name = batchName(settings.batch, batch.contentHash);
      return withScratch(this.#scratch(temporary), async (connection, instance) => {
        for (const statement of LAYER_TABLES) await connection.run(statement);
        const content = await write({ connection, batch: name, temporary });
        if (content === undefined) return undefined;
        const { report, histories } = content;
        const facts = content.facts ?? (await inspectLayer(connection));
        const info: BatchInfo = {
          schemaVersion: SCHEMA_VERSION,
          batch: name,
          seq: settings.batch,
          file: batch.file,
          importedAt: new Date().toISOString(),
          contentHash: batch.contentHash,
          mappingHash: batch.mappingHash,
          demo: batch.demo ?? false,
          rows: content.rows,
          ...facts,
          ...(report === undefined ? {} : { report }),
        };
        const folder = join(temporary, 'layer');
        await mkdir(folder);
        const added: LayerSource = {
          info,
          records: 'memory.main.records',
          events: DRAFT_EVENTS,
          activities: 'memory.main.activity_events',
          figures: 'memory.main.figures',
          ...(histories === undefined ? {} : { histories: { ...histories, from: `memory.main.${histories.from}` } }),
        };
        const change = { before: layers, after: [...this.#sources(layers), added], changed: added };
        // The layer is written while the generation is built, since neither keeps all processors busy.
        const beside = await connect(instance);
        const written = writeLayer(beside, folder, info);
        // Waited for below, whatever becomes of it.
        written.catch(() => undefined);
        try {
          await this.#publish(connection, temporary, settings.generation, change, async () => {
            await written;
            await rename(folder, this.#layout.layer(name));
          });
        } finally {
          await written.catch(() => undefined);
          beside.closeSync();
        }
        return { info, unchanged: false };
      });
    });
  }

  /** Adds canonical records, events, activities and figures as one batch. Rejects on a value that is no day or instant. */
  async importChunks(
    batch: NewBatch,
    chunks: Iterable<RecordChunk> | AsyncIterable<RecordChunk>,
    options: { onProgress?: (rows: number) => void; signal?: AbortSignal } = {},
  ): Promise<AddedLayer> {
    let rows = 0;
    const added = await this.addLayer(batch, async ({ connection, batch: name, temporary }) => {
      await fillFromChunks(connection, temporary, name, chunks, (more) => {
        options.signal?.throwIfAborted();
        rows += more;
        options.onProgress?.(rows);
      });
      return { rows: { read: rows, kept: rows, merged: 0, refused: 0 } };
    });
    if (added === undefined) throw new StoreError('unreadable', 'the batch holds nothing');
    return added;
  }

  /** Takes a batch out again; the rest is rebuilt from the layers that remain. Throws `unknown-batch`. */
  async undo(batch: string): Promise<BatchInfo> {
    return this.#write(async (temporary, layers) => {
      const info = layers.find((layer) => layer.batch === batch);
      if (info === undefined) {
        const known = layers.map((layer) => `${layer.batch} (${layer.file})`).join(', ');
        throw new StoreError(
          'unknown-batch',
          `there is no batch "${batch}"; there ${layers.length === 1 ? 'is' : 'are'} ${known === '' ? 'none' : known}`,
        );
      }
      const rest = layers.filter((layer) => layer !== info);
      const change = { before: layers, after: this.#sources(rest), changed: layerSource(this.#layout, info) };
      await this.#rebuild(temporary, change, () => rename(this.#layout.layer(batch), join(temporary, 'undone')));
      await rm(this.rejectsFile(batch), { force: true });
      return info;
    });
  }

  /** Builds a new generation from the layers, as after a change of what `afterBuild` adds. */
  async rebuild(): Promise<void> {
    await this.#write((temporary, layers) => this.#rebuildAll(temporary, layers));
  }

  /** Stops watching and closes the reader once its statements have ended. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#listeners.clear();
    if (this.#watching) unwatchFile(this.#layout.current, this.#look);
    await this.#reader.close();
  }

  /** Brings the folder to a state that can be read. Called by `openStore`. */
  async recover(): Promise<void> {
    const settings = await readSettings(this.#layout);
    if (settings === undefined && (await readLayers(this.#layout)).length === 0) {
      await this.#refresh();
      return;
    }
    const layers = await readLayers(this.#layout);
    const state = await this.#examine(layers);
    const left = await this.#leftovers();
    if (state === 'good' && !left) return;
    try {
      await this.#write(async (temporary, now) => {
        if ((await this.#examine(now)) !== 'good') await this.#rebuildAll(temporary, now);
      });
    } catch (error) {
      // Another writer is at work: it will leave the store in order, and until then there is something to read.
      const busy = error instanceof StoreError && error.code === 'locked';
      if (!busy || state === 'bad') throw error;
    }
  }

  /** `good` = current for these layers, `old` = readable but of other layers or schema, `bad` = not readable. */
  async #examine(layers: readonly BatchInfo[]): Promise<'good' | 'old' | 'bad'> {
    const current = await this.#refresh().catch(() => null);
    if (current === null)
      return layers.length === 0 && (await readIfThere(this.#layout.current)) === undefined ? 'good' : 'bad';
    return current.dataVersion === dataVersionOf(layers) ? 'good' : 'old';
  }

  async #leftovers(): Promise<boolean> {
    return (await readdir(this.#layout.temporary).catch(() => [])).length > 0;
  }

  /** Reads CURRENT, and tells listeners when it names another generation than before. */
  async #refresh(): Promise<CurrentGeneration | null> {
    const name = (await readIfThere(this.#layout.current))?.trim();
    const path = name === undefined || name === '' ? undefined : this.#layout.generation(name);
    if (path === this.#current?.path) return this.#current;
    const next = path === undefined ? null : await readGeneration(path);
    // Another look may have found it meanwhile.
    if (this.#current?.path === next?.path) return this.#current;
    this.#current = next;
    for (const listener of this.#listeners) listener(next);
    return next;
  }

  readonly #look = (): void => {
    if (this.#closed) return;
    // A generation replaced while it is looked at is seen at the next look.
    this.#refresh().catch(() => undefined);
  };

  #scratch(temporary: string): { memoryLimit?: string; threads?: number; spillTo: string } {
    const { memoryLimit, threads } = this.#options;
    return {
      spillTo: join(temporary, 'spill'),
      ...(memoryLimit === undefined ? {} : { memoryLimit }),
      ...(threads === undefined ? {} : { threads }),
    };
  }

  /** Runs one writer under the lock, in a temporary folder of its own. */
  async #write<T>(work: (temporary: string, layers: BatchInfo[]) => Promise<T>): Promise<T> {
    if (this.#closed) throw new StoreError('closed', 'the store is closed');
    const layout = this.#layout;
    const lock = await takeLock(layout, this.#options.lockPatience ?? 2000);
    const temporary = join(layout.temporary, randomUUID());
    try {
      await rm(layout.temporary, { recursive: true, force: true });
      for (const folder of [layout.layers, layout.generations, temporary]) await mkdir(folder, { recursive: true });
      const settings = await readSettings(layout);
      if (settings === undefined) await writeSettings(layout, await this.#startingSettings());
      return await work(temporary, await readLayers(layout));
    } catch (error) {
      if (error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EROFS')) {
        throw new StoreError('unreadable', `${layout.folder} cannot be written: ${messageOf(error)}`, { cause: error });
      }
      throw error;
    } finally {
      await rm(temporary, { recursive: true, force: true });
      await lock.release();
    }
  }

  /** For a folder whose `store.json` was lost: numbers above all that stand there. */
  async #startingSettings(): Promise<typeof NEW_SETTINGS> {
    const layers = await readLayers(this.#layout);
    const generations = await readdir(this.#layout.generations);
    return {
      ...NEW_SETTINGS,
      nextBatch: Math.max(0, ...layers.map(({ seq }) => seq)) + 1,
      nextGeneration: Math.max(0, ...generations.map((name) => Number.parseInt(name, 10) || 0)) + 1,
    };
  }

  /** Takes the next numbers, on disk before they are used. */
  async #number(): Promise<{ batch: number; generation: number }> {
    const settings = (await readSettings(this.#layout)) ?? NEW_SETTINGS;
    await writeSettings(this.#layout, {
      ...settings,
      nextBatch: settings.nextBatch + 1,
      nextGeneration: settings.nextGeneration + 1,
    });
    return { batch: settings.nextBatch, generation: settings.nextGeneration };
  }

  #sources(layers: readonly BatchInfo[]): LayerSource[] {
    return layers.map((layer) => layerSource(this.#layout, layer));
  }

  #rebuildAll(temporary: string, layers: readonly BatchInfo[]): Promise<void> {
    return this.#rebuild(temporary, { before: layers, after: this.#sources(layers) }, async () => undefined);
  }

  async #rebuild(temporary: string, change: LayerChange, commit: () => Promise<void>): Promise<void> {
    const { generation } = await this.#number();
    await withScratch(this.#scratch(temporary), (connection) =>
      this.#publish(connection, temporary, generation, change, commit),
    );
  }

  /** Builds a generation, commits the change of layers, and only then lets readers see both. */
  async #publish(
    connection: DuckDBConnection,
    temporary: string,
    number: number,
    change: LayerChange,
    commit: () => Promise<void>,
  ): Promise<void> {
    const layout = this.#layout;
    const name = `${number}.duckdb`;
    const draft = join(temporary, name);
    const current = change.changed === undefined ? null : await this.#refresh().catch(() => null);
    await writeGeneration(connection, draft, current, change, this.#options);
    await sync(draft);
    await rename(draft, layout.generation(name));
    await sync(layout.generations);
    try {
      await commit();
    } catch (error) {
      await rm(layout.generation(name), { force: true });
      throw error;
    }
    await sync(layout.layers);
    await replaceFile(layout.current, `${name}\n`);
    await this.#refresh();
    await this.#collect(name);
  }

  /** Removes generations nobody is led to any more. On Linux their readers may go on reading. */
  async #collect(current: string): Promise<void> {
    for (const name of await readdir(this.#layout.generations)) {
      // A system that forbids it while the file is read leaves it to the next writer.
      if (name !== current) await rm(this.#layout.generation(name), { force: true }).catch(() => undefined);
    }
  }
}
