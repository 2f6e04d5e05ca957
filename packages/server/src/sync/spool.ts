import { createReadStream } from 'node:fs';
import { open, rename, rm, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { flattenObject, type Row } from '@sama/connectors';
import { fileErrorCode } from '../store/errors.ts';

/** Rows that wait for their import: one file of NDJSON for each table, to which whole pages are added. */
export class Spool {
  readonly #folder: string;
  readonly #system: string;
  readonly #files = new Map<string, { handle: FileHandle; bytes: number }>();

  constructor(folder: string, system: string) {
    this.#folder = folder;
    this.#system = system;
  }

  /** The name says in the list of batches where the rows are from. */
  path(table: string): string {
    return join(this.#folder, `${this.#system}-${table}.ndjson`);
  }

  /** Cuts each file to its finished pages; without an entry it is to be empty. */
  async resume(tables: readonly string[], bytes: Readonly<Record<string, number>>): Promise<void> {
    for (const table of tables) {
      const keep = bytes[table] ?? 0;
      if (keep === 0) await rm(this.path(table), { force: true });
      else await truncate(this.path(table), keep);
    }
  }

  /** Whether the files still hold their finished pages. */
  async holds(bytes: Readonly<Record<string, number>>): Promise<boolean> {
    for (const [table, expected] of Object.entries(bytes)) {
      if (expected === 0) continue;
      try {
        const handle = await open(this.path(table), 'r');
        const { size } = await handle.stat();
        await handle.close();
        if (size < expected) return false;
      } catch (error) {
        if (fileErrorCode(error) === 'ENOENT') return false;
        throw error;
      }
    }
    return true;
  }

  /** Adds rows and waits until they are on the disk. Returns the bytes the file has then. */
  async add(table: string, rows: readonly Row[]): Promise<number> {
    const file = await this.#open(table);
    if (rows.length > 0) {
      const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
      await file.handle.appendFile(text);
      await file.handle.datasync();
      file.bytes += Buffer.byteLength(text);
    }
    return file.bytes;
  }

  async #open(table: string): Promise<{ handle: FileHandle; bytes: number }> {
    const known = this.#files.get(table);
    if (known !== undefined) return known;
    const handle = await open(this.path(table), 'a');
    const file = { handle, bytes: (await handle.stat()).size };
    this.#files.set(table, file);
    return file;
  }

  /** Leaves of rows with the same value in a column the last, as a source that tells of changes means it. */
  async keepNewest(table: string, column: string): Promise<void> {
    const path = this.path(table);
    const last = new Map<string, number>();
    const named = async (take: (line: string, key: string, at: number) => Promise<void> | void): Promise<void> => {
      let at = 0;
      for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
        const key = flattenObject(line).get(column) ?? '';
        await take(line, key, at);
        at += 1;
      }
    };
    await named((_line, key, at) => void last.set(key, at));
    const beside = `${path}.newest`;
    const target = await open(beside, 'w');
    try {
      await named(async (line, key, at) => {
        if (last.get(key) === at) await target.write(`${line}\n`);
      });
    } finally {
      await target.close();
    }
    await rename(beside, path);
  }

  async close(): Promise<void> {
    for (const { handle } of this.#files.values()) await handle.close();
    this.#files.clear();
  }

  async remove(tables: readonly string[]): Promise<void> {
    for (const table of tables) await rm(this.path(table), { force: true });
  }
}
