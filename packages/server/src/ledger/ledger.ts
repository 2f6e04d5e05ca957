import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { LeadCard, TermEvent } from '@sama/metrics/contracts';
import { isTermEvent, type DeskEvent } from '@sama/metrics/desk';
import { HandoffEvent } from '@sama/metrics/handoff';
import * as z from 'zod/mini';
import { Kept, Reply, type Request, type Row } from './messages.ts';

/** Events of one commit at most. */
const MOST = 512;
const Event = z.union([HandoffEvent, TermEvent]);

/** A request without its number. */
type Ask = Request extends infer One ? (One extends { id: number } ? Omit<One, 'id'> : never) : never;

interface Waiting {
  row: Row;
  kept: () => void;
  lost: (error: unknown) => void;
}

/** Why an event could not be kept. What was asked for did not happen. */
export class LedgerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LedgerError';
  }
}

/**
 * The events of hand-offs and terms on disk, and beside them the cards of leads. An event is kept once its promise is
 * fulfilled, also when the machine stops then; events that come while the disk is busy are committed together.
 */
export class Ledger {
  readonly #worker: Worker;
  readonly #asked = new Map<number, { done: (value: unknown) => void; failed: (error: Error) => void }>();
  readonly #queue: Waiting[] = [];
  #flushing: Promise<void> | undefined;
  #next = 1;
  #gone: Error | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: unknown) => {
      const { id, value, error } = Reply.parse(message);
      const asked = this.#asked.get(id);
      this.#asked.delete(id);
      if (error === undefined) asked?.done(value);
      else asked?.failed(new LedgerError(error));
    });
    const end = (error: Error): void => {
      this.#gone = error;
      for (const { failed } of this.#asked.values()) failed(error);
      this.#asked.clear();
    };
    worker.on('error', end);
    worker.on('exit', () => end(this.#gone ?? new LedgerError('the ledger is closed')));
  }

  /**
   * Opens `ledger.sqlite` of a store's folder.
   *
   * @throws Error when it cannot be read, or was written by a newer Sama.
   */
  static async open(folder: string): Promise<Ledger> {
    const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
    const worker = new Worker(new URL(file, import.meta.url), {
      workerData: { path: join(folder, 'ledger.sqlite') },
      // Those of this process may be of no use to a thread.
      execArgv: [],
    });
    const ledger = new Ledger(worker);
    await new Promise<unknown>((done, failed) => ledger.#asked.set(0, { done, failed }));
    return ledger;
  }

  /** Everything that is kept. @throws Error naming what cannot be read. */
  async read(): Promise<{ events: DeskEvent[]; leads: LeadCard[] }> {
    const { events, leads } = Kept.parse(await this.#ask({ does: 'read' }));
    return {
      events: events.map((text): DeskEvent => Event.parse(JSON.parse(text))),
      leads: leads.map((text) => LeadCard.parse(JSON.parse(text))),
    };
  }

  /** Keeps an event. Rejects with a LedgerError when it is not kept; those that came after it are not kept either. */
  append(event: DeskEvent): Promise<void> {
    const { target, version, commandId, at } = event;
    const row = {
      kind: isTermEvent(event) ? 'term' : 'handoff',
      target,
      version,
      commandId,
      at,
      body: JSON.stringify(event),
    };
    const kept = new Promise<void>((resolve, reject) => this.#queue.push({ row, kept: resolve, lost: reject }));
    this.#flushing ??= this.#flush();
    return kept;
  }

  /** Waits until everything that was appended so far is kept, or is not. */
  async settled(): Promise<void> {
    await this.#flushing;
  }

  /** Keeps what is known of people, in place of what was known before. */
  async keep(leads: readonly LeadCard[]): Promise<void> {
    await this.#ask({ does: 'keep', leads: leads.map((card) => ({ person: card.id, card: JSON.stringify(card) })) });
  }

  /** Forgets what is known of a person. The log stays whole. */
  async forget(person: string): Promise<void> {
    await this.#ask({ does: 'forget', person });
  }

  async close(): Promise<void> {
    await this.settled();
    if (this.#gone === undefined) await this.#ask({ does: 'close' });
    await this.#worker.terminate();
  }

  async #flush(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, MOST);
      try {
        await this.#ask({ does: 'append', rows: batch.map(({ row }) => row) });
        for (const { kept } of batch) kept();
      } catch (error) {
        // What was decided on events that are not there cannot stand.
        for (const { lost } of [...batch, ...this.#queue.splice(0)]) lost(error);
      }
    }
    this.#flushing = undefined;
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
