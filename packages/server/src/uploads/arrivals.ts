import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportReport } from '@sama/metrics/contracts';
import * as z from 'zod/mini';
import { ImportError } from '../import/errors.ts';
import { importFile } from '../import/index.ts';
import { sync } from '../store/files.ts';
import type { Store } from '../store/index.ts';

/** Messages of one batch at most. */
const MOST = 1000;

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
}

/**
 * Messages other programs send as things happen. Each is on the disk before it is acknowledged, and
 * those of a few seconds become one batch, since a batch for each would be thousands in a day.
 */
export class Arrivals {
  readonly #options: ArrivalOptions;
  readonly #folder: string;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(options: ArrivalOptions) {
    this.#options = options;
    this.#folder = join(options.store.folder, 'arrivals');
  }

  /** Messages an earlier process did not come to are imported first. */
  static async open(options: ArrivalOptions): Promise<Arrivals> {
    const arrivals = new Arrivals(options);
    if ((await arrivals.#waiting()).length > 0) arrivals.#plan(0);
    return arrivals;
  }

  /** Keeps a message. Returns how many elements it has, or what is wrong with it. */
  async keep(text: string): Promise<{ received: number } | { wrong: string }> {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return { wrong: 'the body is not JSON' };
    }
    const parsed = Message.safeParse(value);
    if (!parsed.success) return { wrong: 'only lists "records", "events", "activities" and "figures" are read' };
    const received = Object.values(parsed.data).reduce((sum, list) => sum + (list?.length ?? 0), 0);
    if (received === 0) return { wrong: 'the message holds nothing' };
    await mkdir(this.#folder, { recursive: true });
    // In the order of their coming.
    const path = join(this.#folder, `${Date.now().toString().padStart(15, '0')}-${randomUUID()}.json`);
    const handle = await open(path, 'wx');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await sync(this.#folder);
    this.#plan(this.#options.gatherMs ?? 5000);
    return { received };
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

  async #waiting(): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.filter((name) => /^\d+-.*\.json$/.test(name)).sort();
  }

  async #import(): Promise<void> {
    const { log } = this.#options;
    const names = (await this.#waiting()).slice(0, MOST);
    if (names.length === 0 || this.#closed) return;
    try {
      if (!(await this.#importOnce(names))) {
        // One of them keeps the others out: each is tried by itself, and that one is put aside.
        for (const name of names) {
          if (await this.#importOnce([name])) continue;
          await mkdir(join(this.#folder, 'refused'), { recursive: true });
          await rename(join(this.#folder, name), join(this.#folder, 'refused', name));
        }
      }
    } catch (error) {
      log(error);
      this.#plan(60_000);
      return;
    }
    if ((await this.#waiting()).length > 0) this.#plan(0);
  }

  /** Imports messages as one batch, and takes them off. False when they cannot be imported as they are. */
  async #importOnce(names: readonly string[]): Promise<boolean> {
    const { store, stages, timeZone, log, onImported } = this.#options;
    const lists: Required<z.infer<typeof Message>> = { records: [], events: [], activities: [], figures: [] };
    for (const name of names) {
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
      for (const name of names) await rm(join(this.#folder, name), { force: true });
      if (!report.unchanged && report.rows.kept > 0) await onImported?.(report);
      return true;
    } catch (error) {
      if (!(error instanceof ImportError)) throw error;
      if (names.length === 1) log(error);
      return false;
    }
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
