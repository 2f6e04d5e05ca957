import { createWriteStream, type WriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ActivityEvent, EntityRecord, Figure, StageEvent } from '@sama/metrics/contracts';
import { sqlText } from '@sama/sql';
import { queryNumber, queryRow } from './rows.ts';

/** Canonical records, events, activities and figures, some thousands at a time. */
export interface RecordChunk {
  records: readonly EntityRecord[];
  events: readonly StageEvent[];
  activities?: readonly ActivityEvent[];
  figures?: readonly Figure[];
}

/** Rows in one spooled file: enough that DuckDB reads it in parallel, little on disk at a time. */
const SPOOL_ROWS = 400_000;

const EVENT_FIELDS =
  `{entityType: 'VARCHAR', entityId: 'VARCHAR', stage: 'VARCHAR', 'at': 'VARCHAR', ` +
  `source: 'STRUCT(system VARCHAR, recordId VARCHAR, field VARCHAR, fetchedAt VARCHAR)', ` +
  `cause: 'VARCHAR', reason: 'VARCHAR', actorTeam: 'VARCHAR', supersedes: 'VARCHAR'}`;
const RECORD_FIELDS =
  `{entityType: 'VARCHAR', id: 'VARCHAR', accountId: 'VARCHAR', personId: 'VARCHAR', campaignId: 'VARCHAR', amount: 'BIGINT', ` +
  `currency: 'VARCHAR', owner: 'VARCHAR', currentStage: 'VARCHAR', attributes: 'JSON'}`;

const ACTIVITY_FIELDS =
  `{name: 'VARCHAR', 'at': 'VARCHAR', personId: 'VARCHAR', accountId: 'VARCHAR', opportunityId: 'VARCHAR', campaignId: 'VARCHAR', ` +
  `owner: 'VARCHAR', amount: 'BIGINT', currency: 'VARCHAR', attributes: 'JSON', ` +
  `source: 'STRUCT(system VARCHAR, recordId VARCHAR, field VARCHAR, fetchedAt VARCHAR)'}`;
const FIGURE_FIELDS = `{name: 'VARCHAR', 'from': 'DATE', 'to': 'DATE', value: 'DOUBLE', currency: 'VARCHAR', segment: 'VARCHAR'}`;

/** An ISO instant as epoch milliseconds; `2026-07-01T09:30Z` lacks the seconds DuckDB wants. */
const instant = (column: string): string =>
  `epoch_ms(coalesce(TRY_CAST(${column} AS TIMESTAMPTZ), TRY_CAST(regexp_replace(${column}, '^(.{16})(Z|[+-].*)$', '\\1:00\\2') AS TIMESTAMPTZ)))`;

/**
 * Fills the tables of a layer from chunks: they are spooled as JSON lines while
 * the database reads the file before, so that neither waits for the other.
 */
export async function fillFromChunks(
  connection: DuckDBConnection,
  folder: string,
  batch: string,
  chunks: Iterable<RecordChunk> | AsyncIterable<RecordChunk>,
  onChunk: (rows: number) => void,
): Promise<void> {
  const events = new Spool(folder, 'events', (path) => loadEvents(connection, path, batch));
  const records = new Spool(folder, 'records', (path) => loadRecords(connection, path, batch));
  const activities = new Spool(folder, 'activities', (path) => loadActivities(connection, path, batch));
  const figures = new Spool(folder, 'figures', (path) => loadFigures(connection, path, batch));
  for await (const chunk of chunks) {
    const { activities: done = [], figures: numbers = [] } = chunk;
    await events.write(chunk.events);
    await records.write(chunk.records);
    await activities.write(done);
    await figures.write(numbers);
    onChunk(chunk.events.length + chunk.records.length + done.length + numbers.length);
  }
  for (const spool of [events, records, activities, figures]) await spool.end();
}

class Spool {
  readonly #folder: string;
  readonly #name: string;
  readonly #load: (path: string) => Promise<void>;
  #stream: WriteStream | undefined;
  #path = '';
  #rows = 0;
  #files = 0;
  #loading: Promise<void> = Promise.resolve();

  constructor(folder: string, name: string, load: (path: string) => Promise<void>) {
    this.#folder = folder;
    this.#name = name;
    this.#load = load;
  }

  async write(rows: readonly object[]): Promise<void> {
    if (rows.length === 0) return;
    if (this.#stream === undefined) {
      this.#files += 1;
      this.#path = join(this.#folder, `${this.#name}-${this.#files}.ndjson`);
      this.#stream = createWriteStream(this.#path);
    }
    let text = '';
    for (const row of rows) text += `${JSON.stringify(row)}\n`;
    const stream = this.#stream;
    await new Promise<void>((resolve, reject) => {
      stream.write(text, (error) => (error ? reject(error) : resolve()));
    });
    this.#rows += rows.length;
    if (this.#rows >= SPOOL_ROWS) await this.#hand();
  }

  async end(): Promise<void> {
    await this.#hand();
    await this.#loading;
  }

  /** Gives the file to the database, after it has taken the one before. */
  async #hand(): Promise<void> {
    const stream = this.#stream;
    if (stream === undefined) return;
    this.#stream = undefined;
    this.#rows = 0;
    stream.end();
    await finished(stream);
    await this.#loading;
    const path = this.#path;
    this.#loading = this.#load(path).then(() => rm(path));
    // Handled here so that a failure waits for the next hand-over instead of ending the process.
    this.#loading.catch(() => undefined);
  }
}

async function loadEvents(connection: DuckDBConnection, path: string, batch: string): Promise<void> {
  const from = `read_json(${sqlText(path)}, format = 'newline_delimited', columns = ${EVENT_FIELDS}) AS e`;
  const before = await queryRow(
    connection,
    'SELECT count(*) AS n FROM stage_events WHERE at_ms IS NULL AND at_day IS NULL',
  );
  await connection.run(
    `INSERT INTO stage_events SELECT e.entityType, e.entityId, e.stage, ` +
      `CASE WHEN length(e."at") > 10 THEN ${instant('e."at"')} END, CASE WHEN length(e."at") = 10 THEN TRY_CAST(e."at" AS DATE) END, ` +
      `e.source.system, e.source.recordId, e.source.field, e.cause, e.reason, e.actorTeam, ${instant('e.source.fetchedAt')}, ${sqlText(batch)}, e.supersedes FROM ${from}`,
  );
  const wrong = await queryRow(
    connection,
    'SELECT entity_type, entity_id, stage, count(*) OVER () AS n FROM stage_events WHERE at_ms IS NULL AND at_day IS NULL LIMIT 1',
  );
  if (wrong !== undefined && wrong['n'] !== before?.['n']) {
    throw new RangeError(
      `the event ${String(wrong['stage'])} of ${String(wrong['entity_type'])} ${String(wrong['entity_id'])} has no valid day or instant in "at"`,
    );
  }
}

async function loadActivities(connection: DuckDBConnection, path: string, batch: string): Promise<void> {
  const from = `read_json(${sqlText(path)}, format = 'newline_delimited', columns = ${ACTIVITY_FIELDS}) AS a`;
  const before = await queryNumber(connection, `SELECT count(*) FROM ${UNDATED_ACTIVITIES}`);
  await connection.run(
    `INSERT INTO activity_events SELECT a.name, CASE WHEN length(a."at") > 10 THEN ${instant('a."at"')} END, ` +
      `CASE WHEN length(a."at") = 10 THEN TRY_CAST(a."at" AS DATE) END, a.personId, a.accountId, a.opportunityId, a.campaignId, a.owner, a.amount, a.currency, ` +
      `a.attributes, a.source.system, a.source.recordId, a.source.field, ${instant('a.source.fetchedAt')}, ${sqlText(batch)} FROM ${from}`,
  );
  if ((await queryNumber(connection, `SELECT count(*) FROM ${UNDATED_ACTIVITIES}`)) === before) return;
  const wrong = await queryRow(connection, `SELECT name, system, record_id FROM ${UNDATED_ACTIVITIES} LIMIT 1`);
  throw new RangeError(
    `the activity ${String(wrong?.['name'])} (${String(wrong?.['system'])} ${String(wrong?.['record_id'])}) has no valid day or instant in "at"`,
  );
}

const UNDATED_ACTIVITIES = 'activity_events WHERE at_ms IS NULL AND at_day IS NULL';

async function loadFigures(connection: DuckDBConnection, path: string, batch: string): Promise<void> {
  await connection.run(
    `INSERT INTO figures SELECT name, "from", "to", value, currency, segment, ${sqlText(batch)} ` +
      `FROM read_json(${sqlText(path)}, format = 'newline_delimited', columns = ${FIGURE_FIELDS})`,
  );
}

async function loadRecords(connection: DuckDBConnection, path: string, batch: string): Promise<void> {
  await connection.run(
    `INSERT INTO records SELECT entityType, id, accountId, personId, campaignId, amount, currency, owner, currentStage, attributes, ${sqlText(batch)} ` +
      `FROM read_json(${sqlText(path)}, format = 'newline_delimited', columns = ${RECORD_FIELDS})`,
  );
}
