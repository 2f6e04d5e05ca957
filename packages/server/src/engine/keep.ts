import type { DuckDBConnection } from '@duckdb/node-api';
import type { Definition } from '@sama/metrics/contracts';
import { isStageFunnel } from '@sama/metrics/definitions';
import { lineOf, type Line } from '@sama/metrics/funnel';
import { DATE_ONLY_DAYS, DAYS_TABLE, identifier, keepFacts, keepLine, lineTables, raw, sql } from '@sama/sql';
import * as z from 'zod/mini';
import type { AfterBuild, KnownOfBuild } from '../store/generation.ts';
import { queryRows } from '../store/rows.ts';
import { CORRECTIONS_TABLE } from '../store/schema.ts';

/** The lines of all funnels among definitions, in one time zone. */
export function linesOf(definitions: readonly Definition[], timeZone: string): Line[] {
  return definitions.flatMap((definition) => (isStageFunnel(definition) ? [lineOf(definition, timeZone)] : []));
}

const Day = z.object({ day: z.string() });

/**
 * Keeps lines in the generation a connection builds, so that their questions read narrow rows instead
 * of events. With `changed` (see `KnownOfBuild`) the lines that are kept already are only revised.
 */
export async function keepLines(
  connection: DuckDBConnection,
  lines: readonly Line[],
  { changed, histories }: KnownOfBuild = {},
): Promise<void> {
  const kept = changed === undefined ? new Set<string>() : await keptTables(connection);
  const { text, params } = DATE_ONLY_DAYS.statement();
  const days = (await queryRows(connection, text, params)).map((row) => z.parse(Day, row).day);
  for (const line of lines) {
    const how =
      changed !== undefined && kept.has(lineTables(line).facts)
        ? { among: sql`SELECT entity_id FROM ${raw(changed)} WHERE entity_type = ${line.grain}` }
        : histories === undefined
          ? {}
          : { histories };
    for (const statement of [...keepLine(line, days, how), keepFacts(line)]) {
      const { text, params } = statement.statement();
      await queryRows(connection, text, params);
    }
  }
  await queryRows(connection, `CREATE OR REPLACE TABLE ${DAYS_TABLE} AS ${text}`, params);
  await dropOthers(connection, kept, lines);
}

/** Of lines that are no longer kept. */
async function dropOthers(
  connection: DuckDBConnection,
  kept: ReadonlySet<string>,
  lines: readonly Line[],
): Promise<void> {
  const wanted = new Set(lines.flatMap((line) => Object.values(lineTables(line))));
  for (const name of kept) {
    if (/^(journeys|line_[a-z]+)_[0-9a-f]{16}$/.test(name) && !wanted.has(name))
      await queryRows(connection, sql`DROP TABLE ${identifier(name)}`.statement().text);
  }
}

const TableName = z.object({ name: z.string() });

async function keptTables(connection: DuckDBConnection): Promise<Set<string>> {
  const rows = await queryRows(
    connection,
    'SELECT table_name AS name FROM duckdb_tables() WHERE database_name = current_database()',
  );
  return new Set(rows.map((row) => z.parse(TableName, row).name));
}

/** What the batches of a generation are. */
export interface BatchMix {
  /** Some records are made up. */
  demo: boolean;
  /** All of them are. */
  onlyDemo: boolean;
}

const Mix = z.object({ demo: z.nullable(z.boolean()), only: z.nullable(z.boolean()) });

/** Keeps, in every generation a store builds, the lines that its mix of batches calls for. */
export function keepWhileBuilding(choose: (mix: BatchMix) => readonly Line[]): AfterBuild {
  return async (connection, known) => {
    const [row] = await queryRows(connection, 'SELECT bool_or(demo) AS demo, bool_and(demo) AS only FROM batches');
    const mix = z.parse(Mix, row ?? { demo: false, only: false });
    await keepLines(connection, choose({ demo: mix.demo === true, onlyDemo: mix.only === true }), known);
  };
}

/** Whether a store already keeps all of these lines, and what a ledger over it has to know. */
export async function keepsAll(
  all: (text: string) => Promise<readonly Record<string, unknown>[]>,
  lines: readonly Line[],
): Promise<boolean> {
  const names = new Set(
    (await all('SELECT table_name AS name FROM duckdb_tables()')).map((row) => z.parse(TableName, row).name),
  );
  return names.has(CORRECTIONS_TABLE) && lines.every((line) => names.has(lineTables(line).facts));
}
