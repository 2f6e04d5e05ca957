import { join } from 'node:path';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import * as z from 'zod/mini';
import { openDatabase } from '../ledger/database.ts';
import { OutgoingNotice } from './notice.ts';

/** The statements that lead from the version before to each version. They are never changed once released. */
const STEPS: readonly string[] = [
  `CREATE TABLE notices (key TEXT PRIMARY KEY, body TEXT) STRICT;
   CREATE TABLE deliveries (
     key TEXT NOT NULL,
     channel TEXT NOT NULL,
     state TEXT NOT NULL,
     attempts INTEGER NOT NULL,
     next INTEGER NOT NULL,
     PRIMARY KEY (key, channel)
   ) STRICT;
   CREATE TABLE begun (at INTEGER NOT NULL) STRICT;`,
];
/** The version of these tables. */
export const OUTBOX_VERSION = STEPS.length;

const Waiting = z.object({ key: z.string(), channel: z.string(), attempts: z.int(), body: z.string() });

/** A notice on its way by one channel. */
export interface Delivery {
  key: string;
  channel: string;
  /** Failures so far. */
  attempts: number;
  notice: OutgoingNotice;
}

/** How a delivery ended: it arrived, was no longer true, or was given up. */
export type Ending = 'done' | 'dropped' | 'given-up';

/**
 * Notices that were made and how far they have come, in `outbox.sqlite` of a store's folder. A notice is made once,
 * whatever happens to the server; it is sent until it arrives, so that a receiver may see one twice, by the same id.
 */
export class Outbox {
  readonly #database: DatabaseSync;
  readonly #keys: Set<string>;

  private constructor(database: DatabaseSync) {
    this.#database = database;
    const rows = database.prepare('SELECT key FROM notices').all();
    this.#keys = new Set(rows.map((row) => z.parse(z.object({ key: z.string() }), row).key));
  }

  /** @throws Error when it cannot be read or was written by a newer Sama. */
  static open(folder: string): Outbox {
    return new Outbox(openDatabase(join(folder, 'outbox.sqlite'), STEPS));
  }

  /** Keys of all notices that were made. */
  get keys(): ReadonlySet<string> {
    return this.#keys;
  }

  /** Whether this is a new outbox: what was due before it began is passed over. */
  isNew(): boolean {
    return this.#all('SELECT 1 FROM begun').length === 0;
  }

  /** Begins, with what is passed over. */
  begin(passed: readonly string[], now: number): void {
    this.#whole(() => {
      for (const key of passed) this.#run('INSERT OR IGNORE INTO notices (key) VALUES (?)', key);
      this.#run('INSERT INTO begun (at) VALUES (?)', now);
    });
    for (const key of passed) this.#keys.add(key);
  }

  /** Makes a notice for these channels, not to be sent before an instant in milliseconds. */
  add(key: string, notice: OutgoingNotice, channels: readonly string[], next: number): void {
    this.#whole(() => {
      if (this.#run('INSERT OR IGNORE INTO notices (key, body) VALUES (?, ?)', key, JSON.stringify(notice)) === 0)
        return;
      for (const channel of channels) {
        const text = "INSERT INTO deliveries (key, channel, state, attempts, next) VALUES (?, ?, 'waiting', 0, ?)";
        this.#run(text, key, channel, next);
      }
    });
    this.#keys.add(key);
  }

  /** What is to be sent by now, in milliseconds, oldest first. */
  waiting(now: number, limit = 100): Delivery[] {
    const rows = this.#all(
      `SELECT key, channel, attempts, body FROM deliveries JOIN notices USING (key)
       WHERE state = 'waiting' AND next <= ? ORDER BY next, deliveries.rowid LIMIT ?`,
      now,
      limit,
    );
    return rows.map((row) => {
      const { body, ...rest } = z.parse(Waiting, row);
      return { ...rest, notice: z.parse(OutgoingNotice, JSON.parse(body)) };
    });
  }

  /** Says how a delivery ended. */
  end({ key, channel }: Delivery, state: Ending): void {
    this.#run('UPDATE deliveries SET state = ? WHERE key = ? AND channel = ?', state, key, channel);
  }

  /** Tries a delivery again at an instant in milliseconds. */
  later({ key, channel, attempts }: Delivery, next: number): void {
    const text = 'UPDATE deliveries SET attempts = ?, next = ? WHERE key = ? AND channel = ?';
    this.#run(text, attempts + 1, next, key, channel);
  }

  close(): void {
    this.#database.close();
  }

  #whole(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  #all(text: string, ...values: SQLInputValue[]): unknown[] {
    return this.#database.prepare(text).all(...values);
  }

  #run(text: string, ...values: SQLInputValue[]): number {
    return Number(this.#database.prepare(text).run(...values).changes);
  }
}
