import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { parseJson, readIfThere, replaceFile } from '../store/files.ts';

const Counts = z.record(z.string(), z.int());

/** How complete a field is: rows that have a value, and all. */
const Completeness = z.object({ table: z.string(), field: z.string(), filled: z.int(), rows: z.int() });

/** What was seen of a source beside its rows. */
const Health = z.object({
  fields: z.array(Completeness),
  /** Stages of the source that are no stage here, and how often they were entered. */
  unsupported: Counts,
  /** Rows that belong to nobody who is known here. */
  unmatched: Counts,
});
export type Health = z.infer<typeof Health>;

/** A reading that has begun and whose rows are not yet in the store. */
const Run = z.object({
  from: z.optional(z.string()),
  until: z.string(),
  /** What was read, of a reading that is to go on as it began. */
  reads: z.array(z.string()),
  /** Where to go on; absent before the first page. */
  position: z.optional(z.string()),
  /** The source has no more. */
  complete: z.boolean(),
  pages: z.int(),
  records: z.int(),
  /** Bytes of each table's file that belong to finished pages; what stands behind them is of a page that broke off. */
  bytes: Counts,
  rows: Counts,
  health: Health,
});
export type Run = z.infer<typeof Run>;

const StreamState = z.object({
  /** The moment up to which everything is in the store. */
  through: z.optional(z.string()),
  /** What was read last, by name. */
  reads: z.optional(z.array(z.string())),
  run: z.optional(Run),
});
export type StreamState = z.infer<typeof StreamState>;

/** What a sync remembers of a source: no secret, and nothing of a record. */
const SyncState = z.object({ v: z.literal(1), streams: z.record(z.string(), StreamState) });
export type SyncState = z.infer<typeof SyncState>;

export const emptyHealth = (): Health => ({ fields: [], unsupported: {}, unmatched: {} });

/** The memory of one source in a folder of its own. */
export class StateFile {
  readonly folder: string;
  readonly #path: string;

  constructor(folder: string) {
    this.folder = folder;
    this.#path = join(folder, 'state.json');
  }

  async read(): Promise<SyncState> {
    const text = await readIfThere(this.#path);
    return text === undefined ? { v: 1, streams: {} } : parseJson(SyncState, this.#path, text);
  }

  /** On the disk when it returns. */
  async write(state: SyncState): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await replaceFile(this.#path, `${JSON.stringify(state, undefined, 2)}\n`);
  }
}
