import type { DuckDBConnection } from '@duckdb/node-api';
import type { StageEvent } from '@sama/metrics/contracts';
import type { Line } from '@sama/metrics/funnel';
import { DATE_ONLY_DAYS, DAYS_TABLE, lineTables } from '@sama/sql';
import * as z from 'zod/mini';
import { GENERATION, type Laid, type Overlay } from '../store/index.ts';
import { queryRows } from '../store/rows.ts';
import { LaidEvents, OWN, READ_PATH, WRITE_PATH } from './over-events.ts';
import { LaidLine } from './over-line.ts';

/** Events about persons that are said beside the records, as a ledger keeps them. */
export interface SaidStages {
  /** Changes with what is said; 0 is nothing. */
  readonly version: number;
  /** Of whom something changed after a version. */
  since(version: number): ReadonlySet<string>;
  of(person: string): readonly StageEvent[];
}

/**
 * Lays what a ledger says over the events of generations: questions read the union of both, and lines that are kept
 * stay kept, with the rows of the persons in question replaced by rows of their whole history.
 *
 * @param lines those that generations keep, as far as they are known.
 */
export function stagesOver(stages: SaidStages, lines: () => readonly Line[]): Overlay {
  return {
    get version() {
      return stages.version;
    },
    lay: (connection) => LaidStages.lay(connection, stages, lines()),
  };
}

const Names = z.object({ name: z.string() });
const Days = z.object({ day: z.string() });

class LaidStages implements Laid {
  readonly path = READ_PATH;
  readonly stale: ReadonlySet<string>;
  readonly #connection: DuckDBConnection;
  readonly #stages: SaidStages;
  readonly #events: LaidEvents;
  readonly #lines: readonly LaidLine[];
  #version = 0;
  #following: Promise<void> | undefined;

  private constructor(
    connection: DuckDBConnection,
    stages: SaidStages,
    parts: { events: LaidEvents; lines: readonly LaidLine[]; stale: ReadonlySet<string> },
  ) {
    this.#connection = connection;
    this.#stages = stages;
    this.#events = parts.events;
    this.#lines = parts.lines;
    this.stale = parts.stale;
  }

  static async lay(connection: DuckDBConnection, stages: SaidStages, lines: readonly Line[]): Promise<LaidStages> {
    await connection.run(`CREATE SCHEMA ${OWN}`);
    await connection.run(`SET search_path = '${WRITE_PATH}'`);
    const found = await queryRows(
      connection,
      `SELECT table_name AS name FROM duckdb_tables() WHERE database_name = '${GENERATION}'`,
    );
    const tables = new Set(found.map((row) => Names.parse(row).name));
    const events = await LaidEvents.lay(connection, tables);
    const kept = lines.filter((line) => tables.has(lineTables(line).facts));
    // What is said is of persons, so the lines of others stand as they are.
    const own = kept.filter(({ grain }) => grain === 'person');
    const days = await daysOf(connection, tables);
    const laid: LaidLine[] = [];
    for (const line of own) laid.push(await LaidLine.lay(connection, line, days));
    const known = new Set(kept.map((line) => lineTables(line).facts));
    const stale = new Set([...tables].filter((name) => name.startsWith('line_facts_') && !known.has(name)));
    return new LaidStages(connection, stages, { events, lines: laid, stale });
  }

  async follow(): Promise<void> {
    const wanted = this.#stages.version;
    while (this.#version < wanted) {
      this.#following ??= this.#catchUp().finally(() => {
        this.#following = undefined;
      });
      await this.#following;
    }
  }

  close(): void {
    this.#connection.closeSync();
  }

  async #catchUp(): Promise<void> {
    const version = this.#stages.version;
    const persons = [...this.#stages.since(this.#version)];
    const connection = this.#connection;
    await connection.run('BEGIN TRANSACTION');
    try {
      await connection.run(`SET search_path = '${WRITE_PATH}'`);
      await this.#events.begin(persons);
      for (const line of this.#lines) await line.begin();
      await this.#events.say(persons.flatMap((person) => this.#stages.of(person)));
      for (const line of this.#lines) await line.revise();
      await this.#events.end();
      await connection.run('COMMIT');
    } catch (error) {
      await connection.run('ROLLBACK');
      throw error;
    }
    for (const line of this.#lines) line.settle();
    this.#version = version;
  }
}

async function daysOf(connection: DuckDBConnection, tables: ReadonlySet<string>): Promise<string[]> {
  const { text, params } = tables.has(DAYS_TABLE)
    ? { text: `SELECT day FROM ${DAYS_TABLE}`, params: [] }
    : DATE_ONLY_DAYS.statement();
  return (await queryRows(connection, text, params)).map((row) => Days.parse(row).day);
}
