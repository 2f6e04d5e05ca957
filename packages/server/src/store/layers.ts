import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ImportReport } from '@sama/metrics/contracts';
import * as z from 'zod/mini';
import { fileErrorCode, StoreError } from './errors.ts';
import { parseJson, readIfThere } from './files.ts';
import { BATCH_FILE, type Layout } from './layout.ts';
import { SCHEMA_VERSION } from './settings.ts';

/** What stands in the `batch.json` of a layer. */
export const BatchInfo = z.object({
  schemaVersion: z.int(),
  batch: z.string(),
  seq: z.int(),
  /** The file's name, or what else the batch is called. */
  file: z.string(),
  importedAt: z.string(),
  /** SHA-256 of the content, and of all that decides how it was read. */
  contentHash: z.string(),
  mappingHash: z.string(),
  demo: z.boolean(),
  rows: z.object({ read: z.int(), kept: z.int(), merged: z.int(), refused: z.int() }),
  records: z.int(),
  events: z.int(),
  /** A layer of the first version has none, and no layer without them has their file. */
  activities: z.prefault(z.int(), 0),
  figures: z.prefault(z.int(), 0),
  /** What a generation built from this layer alone can leave out. */
  traits: z.object({ doubles: z.boolean(), supersedes: z.boolean(), sorted: z.boolean() }),
  report: z.optional(ImportReport),
});
export type BatchInfo = z.infer<typeof BatchInfo>;

/** The layers of a store, oldest first. A layer that cannot be read is an error: it is the truth. */
export async function readLayers(layout: Layout): Promise<BatchInfo[]> {
  let names: string[];
  try {
    names = await readdir(layout.layers);
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return [];
    if (fileErrorCode(error) === 'ENOTDIR')
      throw new StoreError('unreadable', `${layout.folder} is a file; a store is a folder, so name another`);
    throw new StoreError(
      'unreadable',
      `${layout.layers} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
  const found: BatchInfo[] = [];
  for (const name of names) {
    const path = join(layout.layer(name), BATCH_FILE);
    const text = await readIfThere(path);
    if (text === undefined)
      throw new StoreError(
        'unreadable',
        `${path} is missing. Restore it from a backup, or remove the folder to give up that batch.`,
      );
    const info = parseJson(BatchInfo, path, text);
    if (info.schemaVersion > SCHEMA_VERSION)
      throw new StoreError('newer-version', `${path} was written by a newer Sama. Update Sama to read it.`);
    found.push(info);
  }
  return found.sort((a, b) => a.seq - b.seq);
}

/** The name of a batch: its number keeps the order of the batches also by code point. */
export function batchName(seq: number, contentHash: string): string {
  return `b${String(seq).padStart(6, '0')}-${contentHash.slice(0, 8)}`;
}
