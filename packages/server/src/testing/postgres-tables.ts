import { PGlite } from '@electric-sql/pglite';
import type { ActivityEvent, EntityRecord, Figure, StageEvent } from '@sama/metrics/contracts';
import { Client } from 'pg';
import type { Row, SqlReader } from '../engine/counter.ts';
import { activityRows, eventRows, figureRows, recordRows } from './canonical-rows.ts';

/** Whole and decimal numbers arrive as text, which here are all within a JavaScript number. */
const NUMBERS = { bigint: 20, numeric: 1700 };

/** A PostgreSQL that answers statements: one in this process, or a server. */
interface Database {
  query(text: string, params?: readonly unknown[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

async function inProcess(): Promise<Database> {
  const database = await PGlite.create();
  const parsers = { [NUMBERS.bigint]: Number, [NUMBERS.numeric]: Number };
  return {
    query: async (text, params = []) => (await database.query<Row>(text, [...params], { parsers })).rows,
    close: () => database.close(),
  };
}

async function server(url: string): Promise<Database> {
  const client = new Client({ connectionString: url });
  for (const oid of Object.values(NUMBERS)) client.setTypeParser(oid, Number);
  await client.connect();
  return {
    query: async (text, params = []) => (await client.query<Row>(text, [...params])).rows,
    close: () => client.end(),
  };
}

/** The tables an engine reads, in PostgreSQL. They are temporary: a server keeps nothing of a test. */
export class PostgresTables {
  readonly #database: Database;

  private constructor(database: Database) {
    this.#database = database;
  }

  /** @param url of a server. Default: one in this process. */
  static async open(url?: string): Promise<PostgresTables> {
    const database = url === undefined ? await inProcess() : await server(url);
    await database.query(
      'CREATE TEMP TABLE stage_events(entity_type TEXT, entity_id TEXT, stage TEXT, at_ms BIGINT, at_day DATE, reason TEXT)',
    );
    await database.query(`CREATE TEMP TABLE records(entity_type TEXT, id TEXT, account_id TEXT, person_id TEXT,
      campaign_id TEXT, amount BIGINT, currency TEXT, owner TEXT, current_stage TEXT, attributes JSONB, batch TEXT)`);
    await database.query(`CREATE TEMP TABLE activity_events(name TEXT, at_ms BIGINT, at_day DATE, person_id TEXT,
      account_id TEXT, opportunity_id TEXT, campaign_id TEXT, owner TEXT, amount BIGINT, currency TEXT,
      attributes JSONB, system TEXT, record_id TEXT, field TEXT)`);
    await database.query(
      'CREATE TEMP TABLE figures(name TEXT, from_day DATE, to_day DATE, value DOUBLE PRECISION, currency TEXT, segment TEXT)',
    );
    return new PostgresTables(database);
  }

  /** Runs `work` while the tables hold these records and events; afterwards they are empty. */
  async holding<T>(
    records: readonly EntityRecord[],
    events: readonly StageEvent[],
    work: (reader: SqlReader) => Promise<T>,
    activities: readonly ActivityEvent[] = [],
    figures: readonly Figure[] = [],
  ): Promise<T> {
    await this.#database.query('BEGIN');
    try {
      await this.#insert('stage_events', eventRows(events));
      await this.#insert('records', recordRows(records));
      await this.#insert('activity_events', activityRows(activities));
      await this.#insert('figures', figureRows(figures));
      return await work({ all: ({ text, params }) => this.#database.query(text, params) });
    } finally {
      await this.#database.query('ROLLBACK');
    }
  }

  async #insert(table: string, rows: readonly string[]): Promise<void> {
    if (rows.length > 0) await this.#database.query(`INSERT INTO ${table} VALUES ${rows.join(', ')}`);
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}
