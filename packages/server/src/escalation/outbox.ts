import * as z from 'zod/mini';
import type { Databases, Plan, Tables } from '../tables/tables.ts';
import { OutgoingNotice, type Channel } from './notice.ts';

const FILE: readonly string[] = [
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
  // From here on what waits has been looked at once it is ready, which an older Sama would leave lying.
  `UPDATE deliveries SET state = 'ready' WHERE state = 'waiting' AND attempts > 0;
   CREATE INDEX deliveries_next ON deliveries (next) WHERE state IN ('waiting', 'ready');`,
];
const SHARED: Plan['shared'] = [
  [
    'CREATE TABLE sama_outbox_notices (key TEXT PRIMARY KEY, body TEXT)',
    // Called as SQLite calls it by itself: what was made first goes first.
    `CREATE TABLE sama_outbox_deliveries (
      rowid BIGINT GENERATED ALWAYS AS IDENTITY,
      key TEXT NOT NULL,
      channel TEXT NOT NULL,
      state TEXT NOT NULL,
      attempts INTEGER NOT NULL,
      next BIGINT NOT NULL,
      PRIMARY KEY (key, channel)
    )`,
    `CREATE INDEX sama_outbox_deliveries_next ON sama_outbox_deliveries (next) WHERE state IN ('waiting', 'ready')`,
    'CREATE TABLE sama_outbox_begun (at BIGINT NOT NULL, one INTEGER PRIMARY KEY DEFAULT 1 CHECK (one = 1))',
  ],
];

/** The tables of the notices. */
export const OUTBOX: Plan = {
  name: 'outbox',
  holds: 'notices',
  file: FILE,
  shared: SHARED,
  carried: [
    { table: 'notices', columns: ['key', 'body'], clash: 'DO NOTHING' },
    { table: 'deliveries', columns: ['key', 'channel', 'state', 'attempts', 'next'], clash: 'DO NOTHING' },
    { table: 'begun', columns: ['at'], clash: 'DO NOTHING' },
  ],
};

const Key = z.object({ key: z.string() });
const Claimed = z.object({ key: z.string(), channel: z.string(), attempts: z.int() });
const Body = z.object({ key: z.string(), body: z.string() });

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
 * Notices that were made and how far they have come: in `outbox.sqlite` of a store's folder, or in a PostgreSQL for
 * several servers. A notice is made once, whatever happens to the servers, and each of its deliveries is with one of
 * them at a time. It is sent until it arrives, so that a receiver may see one twice, by the same id.
 */
export class Outbox {
  readonly #tables: Tables;
  readonly #notices: string;
  readonly #deliveries: string;
  readonly #begun: string;
  readonly #keys: Set<string>;

  private constructor(tables: Tables, keys: Set<string>) {
    this.#tables = tables;
    this.#notices = `${tables.prefix}notices`;
    this.#deliveries = `${tables.prefix}deliveries`;
    this.#begun = `${tables.prefix}begun`;
    this.#keys = keys;
  }

  /** @throws Error when it cannot be read or was written by a newer Sama. */
  static async open(databases: Databases): Promise<Outbox> {
    const tables = await databases.open(OUTBOX);
    const rows = await tables.run(`SELECT key FROM ${tables.prefix}notices`);
    return new Outbox(tables, new Set(rows.map((row) => z.parse(Key, row).key)));
  }

  /** Keys of all notices that were made, as far as this server knows. */
  get keys(): ReadonlySet<string> {
    return this.#keys;
  }

  /** Whether this is a new outbox: what was due before it began is passed over. */
  async isNew(): Promise<boolean> {
    return (await this.#tables.run(`SELECT at FROM ${this.#begun}`)).length === 0;
  }

  /** Begins, with what is passed over. Of several servers that begin, one does. */
  async begin(passed: readonly string[], now: number): Promise<void> {
    await this.#tables.whole(async (run) => {
      const text = `INSERT INTO ${this.#begun} (at) SELECT CAST($1 AS BIGINT)
        WHERE NOT EXISTS (SELECT at FROM ${this.#begun}) ON CONFLICT DO NOTHING RETURNING at`;
      if ((await run(text, now)).length === 0) return;
      for (const key of passed) await run(`INSERT INTO ${this.#notices} (key) VALUES ($1) ON CONFLICT DO NOTHING`, key);
    });
    for (const key of passed) this.#keys.add(key);
  }

  /** Makes a notice for these channels, not to be sent before an instant in milliseconds; nothing when it was made. */
  async add(key: string, notice: OutgoingNotice, channels: readonly string[], next: number): Promise<void> {
    await this.#tables.whole(async (run) => {
      const text = `INSERT INTO ${this.#notices} (key, body) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING key`;
      if ((await run(text, key, JSON.stringify(notice))).length === 0) return;
      for (const channel of channels)
        await run(
          `INSERT INTO ${this.#deliveries} (key, channel, state, attempts, next) VALUES ($1, $2, 'waiting', 0, $3)`,
          key,
          channel,
          next,
        );
    });
    this.#keys.add(key);
  }

  /** Notices to be sent by now, in milliseconds, that nobody has looked at yet. */
  async waiting(now: number): Promise<{ key: string; notice: OutgoingNotice }[]> {
    const rows = await this.#tables.run(
      `SELECT key, body FROM ${this.#notices}
       WHERE key IN (SELECT key FROM ${this.#deliveries} WHERE state = 'waiting' AND next <= $1)`,
      now,
    );
    return rows.map((row) => {
      const { key, body } = z.parse(Body, row);
      return { key, notice: z.parse(OutgoingNotice, JSON.parse(body)) };
    });
  }

  /** Says of a notice whether it is still true when it is time to send it. The first who looks decides. */
  async settle(key: string, isTrue: boolean): Promise<void> {
    const text = `UPDATE ${this.#deliveries} SET state = $1 WHERE key = $2 AND state = 'waiting'`;
    await this.#tables.run(text, isTrue ? 'ready' : 'dropped', key);
  }

  /**
   * The next delivery to be sent by now by one of these channels; undefined when there is none. It is this server's
   * until an instant: then another one may try, since this one has ended. Both in milliseconds.
   */
  async claim(
    channels: readonly Pick<Channel, 'name' | 'inOrder'>[],
    now: number,
    until: number,
  ): Promise<Delivery | undefined> {
    if (channels.length === 0) return undefined;
    const placed = channels.map((channel, i) => ({ ...channel, place: `$${i + 3}` }));
    const inOrder = placed.filter(({ inOrder: isIn }) => isIn === true).map(({ place }) => place);
    const turn =
      inOrder.length === 0
        ? ''
        : `AND (channel NOT IN (${inOrder.join(', ')}) OR NOT EXISTS (
             SELECT key FROM ${this.#deliveries} AS before
             WHERE before.channel = one.channel AND before.state = 'ready' AND before.attempts = 0
               AND before.rowid < one.rowid))`;
    const [row] = await this.#tables.run(
      `UPDATE ${this.#deliveries} SET next = $1 WHERE (key, channel) = (
         SELECT key, channel FROM ${this.#deliveries} AS one
         WHERE state = 'ready' AND next <= $2 AND channel IN (${placed.map(({ place }) => place).join(', ')}) ${turn}
         ORDER BY next, rowid LIMIT 1 ${this.#tables.skipping})
       RETURNING key, channel, attempts`,
      until,
      now,
      ...channels.map(({ name }) => name),
    );
    if (row === undefined) return undefined;
    const delivery = z.parse(Claimed, row);
    const [found] = await this.#tables.run(`SELECT key, body FROM ${this.#notices} WHERE key = $1`, delivery.key);
    return { ...delivery, notice: z.parse(OutgoingNotice, JSON.parse(z.parse(Body, found).body)) };
  }

  /** Leaves what has waited since an instant for channels that no server has any more. */
  async leave(channels: readonly string[], since: number): Promise<void> {
    const others =
      channels.length === 0 ? '' : `AND channel NOT IN (${channels.map((_, i) => `$${i + 2}`).join(', ')})`;
    const text = `UPDATE ${this.#deliveries} SET state = 'dropped' WHERE state = 'ready' AND next < $1 ${others}`;
    await this.#tables.run(text, since, ...channels);
  }

  /** Says how a delivery ended. */
  async end({ key, channel }: Delivery, state: Ending): Promise<void> {
    const text = `UPDATE ${this.#deliveries} SET state = $1 WHERE key = $2 AND channel = $3 AND state = 'ready'`;
    await this.#tables.run(text, state, key, channel);
  }

  /** Tries a delivery again at an instant in milliseconds, unless another server has meanwhile. */
  async later({ key, channel, attempts }: Delivery, next: number): Promise<void> {
    const text = `UPDATE ${this.#deliveries} SET attempts = attempts + 1, next = $1
      WHERE key = $2 AND channel = $3 AND state = 'ready' AND attempts = $4`;
    await this.#tables.run(text, next, key, channel, attempts);
  }

  async close(): Promise<void> {
    await this.#tables.close();
  }
}
