import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { DuckDBDataChunk, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { flattenObject, JsonShapeError, JsonSplitter } from '@sama/connectors';
import type { Reject } from '@sama/metrics/contracts';
import { ImportError } from './errors.ts';
import type { OnProgress, RowSource, SourceOptions } from './source.ts';

/** An element of a JSON file as text, with its line and, in an object of lists, its list. */
export interface JsonText {
  text: string;
  line: number;
  list?: string;
}

/** The texts of the elements of a JSON array, of an object of lists, or of the lines of NDJSON. */
export async function* jsonTexts(path: string, lines: boolean, onProgress?: OnProgress): AsyncGenerator<JsonText> {
  const { size } = await stat(path);
  let done = 0;
  const pieces = createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 });
  const splitter = new JsonSplitter();
  let rest = '';
  let line = 1;
  try {
    for await (const piece of pieces) {
      const text = String(piece);
      done += Buffer.byteLength(text);
      onProgress?.({ phase: 'reading', done, total: size });
      if (!lines) {
        yield* splitter.push(text);
        continue;
      }
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        if (part.trim() !== '') yield { text: part, line };
        line += 1;
      }
    }
    if (!lines) splitter.finish();
    else if (rest.trim() !== '') yield { text: rest, line };
  } catch (error) {
    if (error instanceof JsonShapeError) throw new ImportError(`${path}, ${error.message}`, { cause: error });
    throw error;
  }
}

const ROWS_IN_CHUNK = 2048;

/** Stages a JSON array or NDJSON of objects. It is read twice: for its columns, then into the table. */
export async function openJson(options: SourceOptions, lines: boolean): Promise<RowSource> {
  const columns = new Map<string, number>();
  const malformed: Reject[] = [];
  const lineByRow: number[] = [];
  for await (const { text, line } of jsonTexts(options.path, lines, options.onProgress)) {
    options.signal?.throwIfAborted();
    try {
      for (const name of flattenObject(withoutMark(text)).keys())
        if (!columns.has(name)) columns.set(name, columns.size);
      lineByRow.push(line);
    } catch (error) {
      malformed.push({
        line,
        field: '(row)',
        reason: error instanceof Error ? error.message : String(error),
        value: text.slice(0, 200),
      });
    }
  }
  if (lineByRow.length === 0 && malformed.length === 0) throw new ImportError(`${options.path}: the file has no rows`);
  const names = [...columns.keys()];
  await stageJson(options.connection, options.path, lines, columns);
  await options.parse(names, 'staged');
  return {
    columns: names,
    rows: lineByRow.length,
    from: 'staged',
    malformed,
    notes: [],
    lineOf: (row) => lineByRow[row] ?? 0,
  };
}

async function stageJson(
  connection: DuckDBConnection,
  path: string,
  lines: boolean,
  columns: ReadonlyMap<string, number>,
): Promise<void> {
  const names = [...columns.keys()];
  await connection.run(
    `CREATE TABLE staged (${names.map((_, index) => `c${index} VARCHAR`).join(', ') || 'c0 VARCHAR'})`,
  );
  const types = names.length === 0 ? [VARCHAR] : names.map(() => VARCHAR);
  const appender = await connection.createAppender('staged');
  let rows: (string | null)[][] = [];
  const flush = (): void => {
    if (rows.length === 0) return;
    const chunk = DuckDBDataChunk.create(types);
    chunk.setRows(rows);
    appender.appendDataChunk(chunk);
    rows = [];
  };
  for await (const { text } of jsonTexts(path, lines)) {
    let flat;
    try {
      flat = flattenObject(withoutMark(text));
    } catch {
      // Refused in the first reading.
      continue;
    }
    rows.push(names.length === 0 ? [null] : names.map((name) => flat.get(name) ?? null));
    if (rows.length === ROWS_IN_CHUNK) flush();
  }
  flush();
  appender.closeSync();
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
