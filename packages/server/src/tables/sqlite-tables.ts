import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { openDatabase } from '../ledger/database.ts';
import { Barred } from './errors.ts';
import type { Databases, Mirror, Plan, Row, Run, Tables, Value } from './tables.ts';

/**
 * The end of what this process is doing in each file: one transaction at a time, since whoever waited for another one of
 * the same thread would keep it from ending.
 */
const turns = new Map<string, Promise<void>>();

/** Tables in a file of a store's folder. Several processes may work in it; what one writes the others see at once. */
class SqliteTables implements Tables {
  readonly prefix = '';
  readonly skipping = '';
  readonly #database: DatabaseSync;
  readonly #holds: string;
  readonly #statements = new Map<string, StatementSync>();
  /** Counts what this process has written, which the file does not tell it. */
  #written = 0;
  readonly #path: string;

  constructor(database: DatabaseSync, path: string, holds: string) {
    this.#database = database;
    this.#path = path;
    this.#holds = holds;
  }

  run: Run = (text, ...values) => this.#inTurn(() => this.#now(text, values));

  whole<T>(work: (run: Run) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const done = await work((text, ...values) => this.#now(text, values));
        this.#database.exec('COMMIT');
        return done;
      } catch (error) {
        // A full disk has ended it already.
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  async change<T>(work: (run: Run) => Promise<T>): Promise<T> {
    try {
      return await this.whole(work);
    } finally {
      this.#written += 1;
    }
  }

  async mirror(texts: readonly string[]): Promise<Mirror> {
    let seen: string | undefined;
    let found: readonly (readonly Row[])[] = [];
    return {
      rows: () => {
        // Changes when another connection commits.
        const version = `${this.#written} ${String(this.#prepared('PRAGMA data_version').get()?.['data_version'])}`;
        if (version !== seen) found = texts.map((text) => this.#prepared(text).all());
        seen = version;
        return found;
      },
      refresh: async () => undefined,
    };
  }

  wipe(): Promise<void> {
    return this.#inTurn(async () => this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
  }

  async close(): Promise<void> {
    await turns.get(this.#path);
    if (this.#database.isOpen) this.#database.close();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = (turns.get(this.#path) ?? Promise.resolve()).then(work);
    const over = mine.then(
      () => undefined,
      () => undefined,
    );
    turns.set(this.#path, over);
    return mine.catch((error: unknown) => {
      throw this.#told(error);
    });
  }

  #told(error: unknown): unknown {
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) % 256 : 0;
    if (code === 8) return new Barred('read-only', { cause: error, of: this.#holds });
    if (code === 13) return new Barred('full', { cause: error, of: this.#holds });
    return error;
  }

  async #now(text: string, values: readonly Value[]): Promise<readonly Row[]> {
    return this.#prepared(text).all(Object.fromEntries(values.map((value, i) => [`$${i + 1}`, value])));
  }

  #prepared(text: string): StatementSync {
    const known = this.#statements.get(text) ?? this.#database.prepare(text);
    this.#statements.set(text, known);
    return known;
  }
}

/** Those of a store's folder, one file for each concern. */
export function fileDatabases(folder: string): Databases {
  return {
    open: async ({ name, holds, secret = false, file }: Plan) => {
      mkdirSync(folder, { recursive: true });
      const path = fileOf(folder, name);
      // Nobody else may read it, nor the files SQLite puts beside it.
      if (secret && !existsSync(path)) closeSync(openSync(path, 'a', 0o600));
      return new SqliteTables(openDatabase(path, file), path, holds);
    },
  };
}

/** The file of a concern in a store's folder. */
export const fileOf = (folder: string, name: string): string => join(folder, `${name}.sqlite`);
