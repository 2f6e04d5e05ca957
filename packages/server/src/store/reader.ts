import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { connect, openGeneration } from './duck.ts';
import { StoreError } from './errors.ts';
import { createTables, type AfterBuild, type CurrentGeneration } from './generation.ts';
import type { Batch } from '@sama/sql';
import { interruptible } from './interruptible.ts';
import { GENERATION, type Laid, type Overlay } from './overlay.ts';
import { queryBatches, queryRows, type Params } from './rows.ts';
import { Turns } from './turns.ts';

export interface ReadOptions {
  /** Interrupts the statement. */
  signal?: AbortSignal;
}

/** Several statements over one unchanging state of the data. */
export interface ReadSession {
  readonly dataVersion: string;
  /** Tables not to be read: what lies over the generation is not in them. */
  readonly stale: ReadonlySet<string>;
  all(sql: string, params?: Params, options?: ReadOptions): Promise<Record<string, unknown>[]>;
  /** Reads a long answer column by column. */
  batches(sql: string, params?: Params, options?: ReadOptions): Promise<readonly Batch[]>;
}

const NONE: ReadonlySet<string> = new Set();

/** A connection to read on, through an overlay or not. */
interface Taken {
  connection: DuckDBConnection;
  laid?: Laid;
}

/** One opened generation with its idle connections. */
class Opened {
  readonly key: string;
  readonly dataVersion: string;
  readonly #instance: DuckDBInstance;
  /** By what lies over the generation. */
  readonly #idle = new Map<Overlay | undefined, DuckDBConnection[]>();
  readonly #laid = new Map<Overlay, Promise<Laid>>();
  #busy = 0;
  #retired = false;

  constructor(key: string, dataVersion: string, instance: DuckDBInstance) {
    this.key = key;
    this.dataVersion = dataVersion;
    this.#instance = instance;
  }

  /** Counted at once, so that a generation in use cannot be closed while a connection is made. */
  async take(overlay: Overlay | undefined): Promise<Taken> {
    this.#busy += 1;
    try {
      if (overlay === undefined) return { connection: await this.#connection(undefined, GENERATION) };
      const laid = await this.#layer(overlay);
      await laid.follow();
      const connection = await this.#connection(overlay, laid.path);
      // All statements see one state of the overlay, whatever is laid over meanwhile.
      await connection.run('BEGIN TRANSACTION READ ONLY');
      return { connection, laid };
    } catch (error) {
      this.#leave();
      throw error;
    }
  }

  async give({ connection }: Taken, overlay: Overlay | undefined): Promise<void> {
    try {
      if (overlay !== undefined) await connection.run('ROLLBACK');
      this.#idle.set(overlay, [...(this.#idle.get(overlay) ?? []), connection]);
    } catch {
      // What a fatal error left of a transaction cannot be used again.
      connection.closeSync();
    } finally {
      this.#leave();
    }
  }

  /** Closes as soon as nobody reads it. */
  retire(): void {
    this.#retired = true;
    this.#closeWhenIdle();
  }

  async #connection(overlay: Overlay | undefined, path: string): Promise<DuckDBConnection> {
    const idle = this.#idle.get(overlay)?.pop();
    if (idle !== undefined) return idle;
    const connection = await connect(this.#instance);
    await connection.run(`SET search_path = '${path}'`);
    return connection;
  }

  /** Lays an overlay once; one that failed is tried again. */
  #layer(overlay: Overlay): Promise<Laid> {
    const laid = this.#laid.get(overlay) ?? connect(this.#instance).then((connection) => overlay.lay(connection));
    this.#laid.set(overlay, laid);
    laid.catch(() => this.#laid.delete(overlay));
    return laid;
  }

  #leave(): void {
    this.#busy -= 1;
    this.#closeWhenIdle();
  }

  #closeWhenIdle(): void {
    if (!this.#retired || this.#busy > 0) return;
    for (const connection of [...this.#idle.values()].flat()) connection.closeSync();
    this.#idle.clear();
    for (const laid of this.#laid.values())
      void laid.then(
        (one) => one.close(),
        () => undefined,
      );
    this.#laid.clear();
    this.#instance.closeSync();
  }
}

export interface ReaderOptions {
  /** Statements at the same time. Default 4. */
  connections?: number;
  /** DuckDB's limit, such as `2GB`. */
  memoryLimit?: string;
  threads?: number;
  afterBuild?: AfterBuild;
}

/**
 * Reads the current generation of a store over a pool of read-only connections. Statements under
 * way finish on the generation they began on; the next ones see the new.
 */
export class StoreReader {
  readonly #current: () => Promise<CurrentGeneration | null>;
  readonly #options: ReaderOptions;
  #opened: Promise<Opened> | undefined;
  #key: string | undefined;
  #closed = false;
  readonly #turns: Turns;

  constructor(current: () => Promise<CurrentGeneration | null>, options: ReaderOptions) {
    this.#current = current;
    this.#options = options;
    this.#turns = new Turns(options.connections ?? 4);
  }

  /** Runs one statement; values are bound to `$1`, `$2` … or by name. Rejects with the signal's reason when aborted. */
  async all(sql: string, params: Params = [], options: ReadOptions = {}): Promise<Record<string, unknown>[]> {
    return this.use((session) => session.all(sql, params, options));
  }

  /** Runs several statements on one connection and one generation, with what lies over it now. */
  async use<T>(work: (session: ReadSession) => Promise<T>, over?: Overlay): Promise<T> {
    if (this.#closed) throw new StoreError('closed', 'the store is closed');
    return this.#turns.take(async () => {
      const opened = await this.#open();
      const overlay = over?.version === 0 ? undefined : over;
      const taken = await opened.take(overlay);
      const { connection, laid } = taken;
      try {
        return await work({
          dataVersion: opened.dataVersion,
          stale: laid?.stale ?? NONE,
          all: (sql, params = [], options = {}) =>
            interruptible(connection, options.signal, () => queryRows(connection, sql, params)),
          batches: (sql, params = [], options = {}) =>
            interruptible(connection, options.signal, () => queryBatches(connection, sql, params)),
        });
      } finally {
        await opened.give(taken, overlay);
      }
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const opened = this.#opened;
    this.#opened = undefined;
    if (opened !== undefined) (await opened).retire();
  }

  async #open(): Promise<Opened> {
    for (let attempt = 0; ; attempt += 1) {
      const current = await this.#current();
      const key = current?.path ?? '';
      if (this.#opened !== undefined && this.#key === key) return this.#opened;
      const before = this.#opened;
      this.#key = key;
      const opening = this.#make(current);
      this.#opened = opening;
      try {
        const opened = await opening;
        if (before !== undefined) (await before).retire();
        return opened;
      } catch (error) {
        if (this.#opened === opening) {
          this.#opened = before;
          this.#key = before === undefined ? undefined : (await before).key;
        }
        // Between reading CURRENT and opening the file another process may have replaced both.
        if (attempt >= 5)
          throw new StoreError(
            'unreadable',
            `${key} cannot be opened: ${error instanceof Error ? error.message : String(error)}`,
            { cause: error },
          );
      }
    }
  }

  async #make(current: CurrentGeneration | null): Promise<Opened> {
    const { memoryLimit, threads, afterBuild } = this.#options;
    const options = {
      ...(memoryLimit === undefined ? {} : { memoryLimit }),
      ...(threads === undefined ? {} : { threads }),
    };
    if (current !== null)
      return new Opened(current.path, current.dataVersion, await openGeneration(current.path, options));
    const instance = await openGeneration(undefined, options);
    const connection = await connect(instance);
    await connection.run(`USE ${GENERATION}`);
    await createTables(connection, []);
    await afterBuild?.(connection, {});
    connection.closeSync();
    return new Opened('', 'empty', instance);
  }
}
