import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import * as z from 'zod/mini';
import { Reply, type Request, type Row } from './messages.ts';
import { Barred } from '../tables/errors.ts';
import { type Change, Overtaken, type Shelf } from './shelf.ts';

/** A request without its number. */
type Ask = Request extends infer One ? (One extends { id: number } ? Omit<One, 'id'> : never) : never;

const Texts = z.array(z.string());
/** Milliseconds between two looks at what other processes did, as `sama person erase` beside a server. */
const LOOK_MS = 1_000;

/** `ledger.sqlite` in a store's folder, in a thread of its own, since every commit waits for the disk. */
export class SqliteShelf implements Shelf {
  readonly #worker: Worker;
  readonly #asked = new Map<number, { done: (value: unknown) => void; failed: (error: Error) => void }>();
  #next = 1;
  #gone: Error | undefined;
  #looks: NodeJS.Timeout | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: unknown) => {
      const { id, value, error, overtaken, barred } = Reply.parse(message);
      const asked = this.#asked.get(id);
      this.#asked.delete(id);
      if (error === undefined) asked?.done(value);
      else if (barred !== undefined) asked?.failed(new Barred(barred, { cause: error }));
      else asked?.failed(overtaken === true ? new Overtaken(error) : new Error(error));
    });
    const end = (error: Error): void => {
      this.#gone = error;
      for (const { failed } of this.#asked.values()) failed(error);
      this.#asked.clear();
    };
    worker.on('error', end);
    worker.on('exit', () => end(this.#gone ?? new Error('the ledger is closed')));
  }

  /** @throws Error when it cannot be read, or was written by a newer Sama. */
  static async open(folder: string): Promise<SqliteShelf> {
    const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
    const worker = new Worker(new URL(file, import.meta.url), {
      workerData: { path: join(folder, 'ledger.sqlite') },
      // Those of this process may be of no use to a thread.
      execArgv: [],
    });
    const shelf = new SqliteShelf(worker);
    await new Promise<unknown>((done, failed) => shelf.#asked.set(0, { done, failed }));
    return shelf;
  }

  async append(rows: readonly Row[], after: number): Promise<void> {
    await this.#ask({ does: 'append', rows: [...rows], after });
  }

  async read(after: number): Promise<string[]> {
    return Texts.parse(await this.#ask({ does: 'read', after }));
  }

  async leads(person?: string): Promise<string[]> {
    return Texts.parse(await this.#ask({ does: 'leads', ...(person === undefined ? {} : { person }) }));
  }

  async keep(leads: readonly { person: string; card: string }[]): Promise<void> {
    await this.#ask({ does: 'keep', leads: [...leads] });
  }

  async forget(person: string): Promise<void> {
    await this.#ask({ does: 'forget', person });
  }

  follow(changed: (change: Change) => void): Promise<void> {
    const look = async (): Promise<void> => {
      if (z.parse(z.boolean(), await this.#ask({ does: 'look' }))) changed('all');
    };
    // Without the file there is nothing to look at, which whoever asks next is told.
    this.#looks = setInterval(() => void look().catch(() => undefined), LOOK_MS).unref();
    return Promise.resolve();
  }

  async close(): Promise<void> {
    clearInterval(this.#looks);
    if (this.#gone === undefined) await this.#ask({ does: 'close' });
    await this.#worker.terminate();
  }

  #ask(request: Ask): Promise<unknown> {
    if (this.#gone !== undefined) return Promise.reject(this.#gone);
    const id = this.#next++;
    return new Promise((done, failed) => {
      this.#asked.set(id, { done, failed });
      this.#worker.postMessage({ ...request, id }, []);
    });
  }
}
