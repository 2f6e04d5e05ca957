import { createHash, randomBytes } from 'node:crypto';
import { Envelope } from '@sama/metrics/contracts';
import * as z from 'zod/mini';
import { fileDatabases } from '../tables/sqlite-tables.ts';
import type { Databases, Plan, Tables } from '../tables/tables.ts';

const FILE: readonly string[] = [
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
const SHARED: Plan['shared'] = [
  [
    `CREATE TABLE sama_snapshots_snapshots (
      id TEXT PRIMARY KEY,
      link TEXT NOT NULL UNIQUE,
      title TEXT NOT NULL,
      maker TEXT NOT NULL,
      made BIGINT NOT NULL,
      expires BIGINT NOT NULL,
      revoked BIGINT,
      answers TEXT NOT NULL
    )`,
  ],
];

/** The table of the snapshots. */
export const SNAPSHOTS: Plan = {
  name: 'snapshots',
  holds: 'snapshots',
  file: FILE,
  shared: SHARED,
  carried: [
    {
      table: 'snapshots',
      columns: ['id', 'link', 'title', 'maker', 'made', 'expires', 'revoked', 'answers'],
      clash: 'DO NOTHING',
    },
  ],
};

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
 * Answers as they stood at one moment, each for whoever has its link: in `snapshots.sqlite` of a store's folder, or in a
 * PostgreSQL for several servers. Links are of 192 random bits and kept as hashes only: nobody reads them out of it.
 *
 * @beta
 */
export class Snapshots {
  readonly #tables: Tables;
  readonly #now: () => number;
  readonly #table: string;

  private constructor(tables: Tables, now: () => number) {
    this.#tables = tables;
    this.#now = now;
    this.#table = `${tables.prefix}snapshots`;
  }

  /**
   * Opens those of a store's folder, or those that several servers share.
   *
   * @param now Unix seconds. Default: the clock.
   * @throws Error when they cannot be read or were written by a newer Sama.
   */
  static async open(
    at: string | Databases,
    now: () => number = () => Math.floor(Date.now() / 1000),
  ): Promise<Snapshots> {
    return new Snapshots(await (typeof at === 'string' ? fileDatabases(at) : at).open(SNAPSHOTS), now);
  }

  /** Keeps answers; gives the link, which is said this once. */
  async add(
    answers: readonly Envelope[],
    { title, maker, days }: { title: string; maker: string; days: number },
  ): Promise<{ id: string; link: string; expires: number }> {
    const id = `snap_${randomBytes(6).toString('hex')}`;
    const link = randomBytes(24).toString('base64url');
    const expires = this.#now() + days * 86_400;
    const text = `INSERT INTO ${this.#table} (id, link, title, maker, made, expires, answers)
      VALUES ($1, $2, $3, $4, $5, $6, $7)`;
    await this.#tables.run(text, id, hashOf(link), title, maker, this.#now(), expires, JSON.stringify(answers));
    return { id, link, expires };
  }

  /** All that were made by somebody, or by anybody; newest first. */
  async list(maker?: string): Promise<SnapshotLine[]> {
    const rows = await this.#tables.run(
      `SELECT id, title, maker, made, expires, revoked FROM ${this.#table} ORDER BY made DESC, id`,
    );
    return rows.map((row) => z.parse(Row, row)).filter((one) => maker === undefined || one.maker === maker);
  }

  /** Takes one back, of its maker or of anybody; its answers are gone. Whether there was one. */
  async revoke(id: string, maker?: string): Promise<boolean> {
    const text = `UPDATE ${this.#table} SET revoked = $1, answers = '[]'
      WHERE id = $2 AND revoked IS NULL AND maker = coalesce($3, maker) RETURNING id`;
    const isThere = (await this.#tables.run(text, this.#now(), id, maker ?? null)).length > 0;
    if (isThere) await this.#tables.wipe();
    return isThere;
  }

  /** What a link shows; `gone` when it was taken back or is past its time, undefined when there never was one. */
  async open(link: string): Promise<Snapshot | 'gone' | undefined> {
    const [row] = await this.#tables.run(`SELECT * FROM ${this.#table} WHERE link = $1`, hashOf(link));
    if (row === undefined) return undefined;
    const { title, made, expires, revoked } = z.parse(Row, row);
    if (revoked !== null || expires <= this.#now()) return 'gone';
    const { answers } = z.parse(z.object({ answers: z.string() }), row);
    return { title, made, answers: z.parse(Answers, JSON.parse(answers)) };
  }

  async close(): Promise<void> {
    await this.#tables.close();
  }
}
