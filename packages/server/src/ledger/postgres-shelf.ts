import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Row } from './messages.ts';
import type { Postgres } from './postgres.ts';
import { Barred, barredBy, isTaken } from '../tables/errors.ts';
import { bringForward } from '../tables/forward.ts';
import { type Change, Overtaken, type Shelf } from './shelf.ts';

/** The statements that lead from the version before to each version. They are never changed once released. */
export const STEPS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE sama_ledger_events (
      seq BIGINT PRIMARY KEY,
      kind TEXT NOT NULL,
      target TEXT NOT NULL,
      version INTEGER NOT NULL,
      command_id TEXT NOT NULL UNIQUE,
      at TEXT NOT NULL,
      body TEXT NOT NULL,
      UNIQUE (kind, target, version)
    )`,
    `CREATE FUNCTION sama_ledger_stays() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'the ledger only grows'; END $$`,
    `CREATE TRIGGER sama_ledger_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON sama_ledger_events
      FOR EACH STATEMENT EXECUTE FUNCTION sama_ledger_stays()`,
    'CREATE TABLE sama_ledger_leads (person TEXT PRIMARY KEY, card TEXT NOT NULL)',
  ],
  // From here on events may be of annotations and decisions, which an older Sama cannot read.
  [],
];
/** The version of these tables. */
export const SHARED_VERSION = STEPS.length;
const CHANNEL = 'sama_ledger';

/** More people than this are not named one by one. */
const MANY = 50;

const Notice = z.object({
  by: z.string(),
  changed: z.union([z.enum(['events', 'all']), z.object({ person: z.string() })]),
});

/** The tables `sama_ledger_*` of a PostgreSQL, for one server or several. */
export class PostgresShelf implements Shelf {
  readonly #postgres: Postgres;
  /** By which it knows its own notices. */
  readonly #id = randomUUID();

  private constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  /** @throws Error when it cannot be reached, or was written by a newer Sama. */
  static async open(postgres: Postgres, steps: readonly (readonly string[])[] = STEPS): Promise<PostgresShelf> {
    await bringForward(postgres, 'sama_ledger', 'events', steps);
    return new PostgresShelf(postgres);
  }

  async append(rows: readonly Row[], after: number): Promise<void> {
    const column = <K extends keyof Row>(name: K): Row[K][] => rows.map((row) => row[name]);
    try {
      await this.#postgres.query(
        `WITH added AS (
          INSERT INTO sama_ledger_events (seq, kind, target, version, command_id, at, body)
          SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::text[])
          RETURNING 1)
        SELECT pg_notify('${CHANNEL}', $8) FROM (SELECT count(*) FROM added) AS n`,
        [
          rows.map((_, i) => after + i + 1),
          column('kind'),
          column('target'),
          column('version'),
          column('commandId'),
          column('at'),
          column('body'),
          this.#notice('events'),
        ],
      );
    } catch (error) {
      if (isTaken(error)) throw new Overtaken('another server was faster', { cause: error });
      throw told(error);
    }
  }

  async read(after: number): Promise<string[]> {
    const rows = await this.#postgres.query('SELECT body FROM sama_ledger_events WHERE seq > $1 ORDER BY seq', [after]);
    return rows.map(({ body }) => String(body));
  }

  async leads(person?: string): Promise<string[]> {
    const where = person === undefined ? '' : ' WHERE person = $1';
    const rows = await this.#postgres.query(
      `SELECT card FROM sama_ledger_leads${where}`,
      person === undefined ? [] : [person],
    );
    return rows.map(({ card }) => String(card));
  }

  async keep(leads: readonly { person: string; card: string }[]): Promise<void> {
    await this.#postgres.query(
      `INSERT INTO sama_ledger_leads (person, card) SELECT * FROM unnest($1::text[], $2::text[])
        ON CONFLICT (person) DO UPDATE SET card = excluded.card`,
      [leads.map(({ person }) => person), leads.map(({ card }) => card)],
    );
    if (leads.length > MANY) await this.#tell('all');
    else for (const { person } of leads) await this.#tell({ person });
  }

  async forget(person: string): Promise<void> {
    await this.#postgres.query('DELETE FROM sama_ledger_leads WHERE person = $1', [person]).catch((error: unknown) => {
      throw told(error);
    });
    await this.#tell({ person });
  }

  async follow(changed: (change: Change) => void): Promise<void> {
    await this.#postgres.listen(CHANNEL, (payload) => {
      if (payload === undefined) return changed('all');
      const notice = Notice.parse(JSON.parse(payload));
      if (notice.by !== this.#id) changed(notice.changed);
    });
  }

  close(): Promise<void> {
    return this.#postgres.close();
  }

  async #tell(changed: Change): Promise<void> {
    await this.#postgres.query(`SELECT pg_notify('${CHANNEL}', $1)`, [this.#notice(changed)]);
  }

  #notice(changed: Change): string {
    return JSON.stringify({ by: this.#id, changed } satisfies z.infer<typeof Notice>);
  }
}

/** An error, or that nothing can be written. */
function told(error: unknown): unknown {
  const barred = barredBy(error);
  return barred === undefined ? error : new Barred(barred, { cause: error });
}
