import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportReport } from '@sama/metrics/contracts';
import * as z from 'zod/mini';
import { ImportError } from '../import/errors.ts';
import { importFile } from '../import/index.ts';
import { readJson, type Read } from '../http/read-question.ts';
import { sync } from '../store/files.ts';
import type { Store } from '../store/index.ts';
import { Seen } from './seen.ts';
import { UploadRefused } from './uploads.ts';

/** Messages of one batch at most, and their bytes together; a single one may have more. */
const MOST = 1000;
const MOST_BYTES = 32 * 2 ** 20;
/** Bytes that may wait, each message counted as what it takes on the disk at least. */
const MOST_WAITING = 2 ** 30;
const LEAST_BYTES = 4096;
/** Milliseconds for which a message is known: longer than its signature is taken, on either side of now. */
const KNOWN_MS = 11 * 60_000;

const List = z.optional(z.array(z.unknown()));
/** What a message may hold: lists of Sama's own shape. Each element is checked by the import. */
const Message = z.strictObject({ records: List, events: List, activities: List, figures: List });

export interface ArrivalOptions {
  store: Store;
  stages: readonly string[];
  timeZone: string;
  log: (error: unknown) => void;
  /** Runs an import when no other is running. */
  inTurn: (work: () => Promise<void>) => Promise<void>;
  onImported?: (report: ImportReport) => Promise<unknown>;
  /** Milliseconds messages are gathered before they become a batch. Default: 5 s. */
  gatherMs?: number;
  /** Bytes that may wait for the import. Default: 1 GB. */
  maxWaiting?: number;
}

/**
 * Messages other programs send as things happen. Each is on the disk before it is acknowledged, and
 * those of a few seconds become one batch, since a batch for each would be thousands in a day.
 */
export class Arrivals {
  readonly #options: ArrivalOptions;
  readonly #folder: string;
  readonly #seen: Seen;
  /** Messages that are being kept, by their signatures. */
  readonly #keeping = new Map<string, Promise<number>>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #closed = false;
  /** Messages of this process so far, and the millisecond of the last: clocks may go back. */
  #count = 0;
  #last = 0;
  /** Bytes that wait. */
  #bytes = 0;

  private constructor(options: ArrivalOptions, seen: Seen) {
    this.#options = options;
    this.#folder = join(options.store.folder, 'arrivals');
    this.#seen = seen;
  }

  /** Messages an earlier process did not come to are imported first. */
  static async open(options: ArrivalOptions): Promise<Arrivals> {
    const seen = await Seen.open(join(options.store.folder, 'arrivals.seen'), KNOWN_MS);
    const arrivals = new Arrivals(options, seen);
    const waiting = await arrivals.#waiting();
    for (const { bytes } of waiting) arrivals.#bytes += bytes;
    if (waiting.length > 0) arrivals.#plan(0);
    return arrivals;
  }

  /**
   * Keeps a message, once for each signature: what was overheard and is sent again is answered as before, and changes
   * nothing. Returns how many elements it has, or what is wrong with it. Throws UploadRefused where too much waits.
   */
  async keep(body: Uint8Array, signature: string): Promise<Read<{ received: number }>> {
    const text = decoded(body);
    if (text === undefined) return wrong('The message is not UTF-8.');
    const read = readJson(text, 'The message');
    if (!read.ok) return read;
    const parsed = Message.safeParse(read.value);
    if (!parsed.success)
      return wrong('The message: only lists "records", "events", "activities" and "figures" are read.');
    const elements = Object.values(parsed.data).reduce((sum, list) => sum + (list?.length ?? 0), 0);
    if (elements === 0) return wrong('The message: it holds nothing.');
    const keeping =
      this.#keeping.get(signature) ??
      this.#keepOnce(text, signature, elements).finally(() => this.#keeping.delete(signature));
    this.#keeping.set(signature, keeping);
    return { ok: true, value: { received: await keeping } };
  }

  async #keepOnce(text: string, signature: string, elements: number): Promise<number> {
    const known = this.#seen.get(signature);
    if (known !== undefined) return known;
    const bytes = Math.max(LEAST_BYTES, Buffer.byteLength(text));
    if (this.#bytes + bytes > (this.#options.maxWaiting ?? MOST_WAITING))
      throw new UploadRefused('rate-limited', 'Too many messages wait to be imported. Come again later.');
    this.#bytes += bytes;
    try {
      await this.#write(text);
    } catch (error) {
      this.#bytes -= bytes;
      throw error;
    }
    await this.#seen.add(signature, elements);
    this.#plan(this.#options.gatherMs ?? 5000);
    return elements;
  }

  async #write(text: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    // In the order of their coming.
    this.#last = Math.max(this.#last, Date.now());
    const order = [this.#last.toString().padStart(15, '0'), (this.#count += 1).toString().padStart(10, '0')];
    const path = join(this.#folder, `${order.join('-')}-${randomUUID()}.json`);
    const handle = await open(path, 'wx');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
    await sync(this.#folder);
  }

  /** Imports what has come so far. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = this.#running.then(() => this.#options.inTurn(() => this.#import()));
    await this.#running;
  }

  /** What has come and is not imported stays for the next process. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #plan(ms: number): void {
    if (this.#closed) return;
    this.#timer ??= setTimeout(() => void this.flush(), ms).unref();
  }

  /** The first messages that wait, in the order of their coming. */
  async #waiting(): Promise<Waiting[]> {
    const names = (await readdir(this.#folder).catch(() => [])).filter((name) => /^\d+-.*\.json$/.test(name)).sort();
    return Promise.all(
      names.map(async (name) => ({ name, bytes: Math.max(LEAST_BYTES, (await stat(join(this.#folder, name))).size) })),
    );
  }

  async #import(): Promise<void> {
    if (this.#closed) return;
    try {
      const messages = batchOf(await this.#waiting());
      if (messages.length === 0) return;
      if (!(await this.#importOnce(messages))) {
        // One of them keeps the others out: each is tried by itself, and that one is put aside.
        for (const message of messages) if (!(await this.#importOnce([message]))) await this.#putAside(message);
      }
      if ((await this.#waiting()).length > 0) this.#plan(0);
    } catch (error) {
      this.#options.log(error);
      this.#plan(60_000);
    }
  }

  async #putAside({ name, bytes }: Waiting): Promise<void> {
    await mkdir(join(this.#folder, 'refused'), { recursive: true });
    await rename(join(this.#folder, name), join(this.#folder, 'refused', name));
    this.#bytes -= bytes;
  }

  /** Imports messages as one batch, and takes them off. False when they cannot be imported as they are. */
  async #importOnce(messages: readonly Waiting[]): Promise<boolean> {
    const { store, stages, timeZone, log, onImported } = this.#options;
    const lists: Required<z.infer<typeof Message>> = { records: [], events: [], activities: [], figures: [] };
    for (const { name } of messages) {
      // Written by `keep`, or cut short by the end of a process before it was acknowledged.
      const message = Message.safeParse(parsed(await readFile(join(this.#folder, name), 'utf8')));
      for (const list of ['records', 'events', 'activities', 'figures'] as const)
        lists[list]?.push(...(message.data?.[list] ?? []));
    }
    const file = join(this.#folder, 'arrivals.json');
    await writeFile(file, JSON.stringify(lists));
    try {
      const report = await importFile(store, file, { stages, timeZone });
      if (report.rows.refused > 0) log(new Error(refusedText(report)));
      // A crash before this line imports the same again, which changes nothing.
      for (const { name, bytes } of messages) {
        await rm(join(this.#folder, name), { force: true });
        this.#bytes -= bytes;
      }
      if (!report.unchanged && report.rows.kept > 0) await onImported?.(report);
      return true;
    } catch (error) {
      if (isPassing(error)) throw error;
      if (messages.length === 1) log(error);
      return false;
    }
  }
}

/** A message on the disk, with the bytes it takes there. */
interface Waiting {
  name: string;
  bytes: number;
}

/** The first messages, as many as are imported at once. */
function batchOf(waiting: readonly Waiting[]): Waiting[] {
  let sum = 0;
  return waiting.slice(0, MOST).filter(({ bytes }, i) => (sum += bytes) <= MOST_BYTES || i === 0);
}

/** Whether it may go well another time, as when the store is at work or the disk is full: it is not what was sent. */
const isPassing = (error: unknown): boolean =>
  !(error instanceof ImportError || error instanceof RangeError || error instanceof TypeError);

const wrong = (message: string): Read<never> => ({ ok: false, code: 'invalid-question', message });

/** Undefined where it is not UTF-8. */
function decoded(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusedText({ rows, rejects }: ImportReport): string {
  const [first] = rejects;
  return `${rows.refused} of ${rows.read} elements that were sent were refused, the first since ${first?.field ?? ''}: ${first?.reason ?? ''}`;
}
