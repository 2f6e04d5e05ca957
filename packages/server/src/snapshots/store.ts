import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { Envelope } from '@sama/metrics/contracts';
import * as z from 'zod/mini';
import { openDatabase } from '../ledger/database.ts';

/** The statements that lead from the version before to each version. They are never changed once released. */
const STEPS: readonly string[] = [
  `CREATE TABLE snapshots (
     id TEXT PRIMARY KEY,
     link TEXT NOT NULL UNIQUE,
     title TEXT NOT NULL,
     maker TEXT NOT NULL,
     made INTEGER NOT NULL,
     expires INTEGER NOT NULL,
     revoked INTEGER,
     answers TEXT NOT NULL
   ) STRICT;`,
];
/** The version of these tables. */
export const SNAPSHOTS_VERSION = STEPS.length;

const Row = z.object({
  id: z.string(),
  title: z.string(),
  maker: z.string(),
  made: z.int(),
  expires: z.int(),
  revoked: z.nullable(z.int()),
});
/** A snapshot without its answers. Times are Unix seconds. */
export type SnapshotLine = z.infer<typeof Row>;
const Answers = z.array(Envelope);

/** A snapshot as whoever has its link sees it. */
export interface Snapshot {
  title: string;
  /** Unix seconds. */
  made: number;
  answers: Envelope[];
}

const hashOf = (link: string): string => createHash('sha256').update(link).digest('hex');

/**
 * Answers as they stood at one moment, each for whoever has its link, in `snapshots.sqlite` of a store's folder. Links
 * are of 192 random bits and kept as hashes only: nobody reads them out of the file.
 *
 * @beta
 */
export class Snapshots {
  readonly #database: DatabaseSync;
  readonly #now: () => number;

  private constructor(database: DatabaseSync, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  /**
   * Opens those of a store's folder.
   *
   * @param now Unix seconds. Default: the clock.
   * @throws Error when they cannot be read or were written by a newer Sama.
   */
  static open(folder: string, now: () => number = () => Math.floor(Date.now() / 1000)): Snapshots {
    return new Snapshots(openDatabase(join(folder, 'snapshots.sqlite'), STEPS), now);
  }

  /** Keeps answers; gives the link, which is said this once. */
  add(
    answers: readonly Envelope[],
    { title, maker, days }: { title: string; maker: string; days: number },
  ): { id: string; link: string; expires: number } {
    const id = `snap_${randomBytes(6).toString('hex')}`;
    const link = randomBytes(24).toString('base64url');
    const expires = this.#now() + days * 86_400;
    this.#run(
      'INSERT INTO snapshots (id, link, title, maker, made, expires, answers) VALUES (?, ?, ?, ?, ?, ?, ?)',
      id,
      hashOf(link),
      title,
      maker,
      this.#now(),
      expires,
      JSON.stringify(answers),
    );
    return { id, link, expires };
  }

  /** All that were made by somebody, or by anybody; newest first. */
  list(maker?: string): SnapshotLine[] {
    const rows = this.#all('SELECT id, title, maker, made, expires, revoked FROM snapshots ORDER BY made DESC, id');
    return rows.map((row) => z.parse(Row, row)).filter((one) => maker === undefined || one.maker === maker);
  }

  /** Takes one back, of its maker or of anybody; its answers are gone. Whether there was one. */
  revoke(id: string, maker?: string): boolean {
    const text = `UPDATE snapshots SET revoked = ?, answers = '[]' WHERE id = ? AND revoked IS NULL AND maker = coalesce(?, maker)`;
    const isThere = this.#run(text, this.#now(), id, maker ?? null) > 0;
    // The log before the file holds them otherwise, until it is full.
    if (isThere) this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return isThere;
  }

  /** What a link shows; `gone` when it was taken back or is past its time, undefined when there never was one. */
  open(link: string): Snapshot | 'gone' | undefined {
    const [row] = this.#all('SELECT * FROM snapshots WHERE link = ?', hashOf(link));
    if (row === undefined) return undefined;
    const { title, made, expires, revoked } = z.parse(Row, row);
    if (revoked !== null || expires <= this.#now()) return 'gone';
    const { answers } = z.parse(z.object({ answers: z.string() }), row);
    return { title, made, answers: z.parse(Answers, JSON.parse(answers)) };
  }

  close(): void {
    this.#database.close();
  }

  #all(text: string, ...values: SQLInputValue[]): unknown[] {
    return this.#database.prepare(text).all(...values);
  }

  #run(text: string, ...values: SQLInputValue[]): number {
    return Number(this.#database.prepare(text).run(...values).changes);
  }
}
