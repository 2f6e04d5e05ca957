import { access } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { nearest } from '@sama/connectors';
import type { ImportMapping, ImportNote } from '@sama/metrics/contracts';
import { sqlIdentifier, sqlText } from '@sama/sql';
import { queryNumber, queryRows } from '../store/rows.ts';
import { ImportError } from './errors.ts';

export interface ReferencePlaces {
  /** The file that is imported; references are searched beside it first. */
  path: string;
  /** The mapping's folder, searched second. */
  mappingFolder?: string;
}

/** Compares columns of the parsed file with the lists a mapping refers to, in both directions. */
export async function referenceNotes(
  connection: DuckDBConnection,
  mapping: ImportMapping,
  columns: readonly string[],
  places: ReferencePlaces,
): Promise<ImportNote[]> {
  const notes: ImportNote[] = [];
  for (const [index, reference] of (mapping.references ?? []).entries()) {
    const file = await findFile(reference.file, places, `references[${index}].file`);
    await loadKeys(connection, file, reference.key, `references[${index}].key`);
    const name = `c${columns.indexOf(reference.column)}`;
    const alias = aliasOf(mapping, reference.column);
    notes.push(...(await compare(connection, reference, name, alias)));
  }
  return notes;
}

/** The replacements an attribute makes of a column's values. */
function aliasOf(mapping: ImportMapping, column: string): Record<string, string> {
  const rules = Object.values(mapping.rows === 'figures' ? {} : (mapping.attributes ?? {})).filter(
    (rule) => rule.column === column,
  );
  return Object.assign({}, ...rules.map((rule) => rule.values ?? {}));
}

async function findFile(file: string, { path, mappingFolder }: ReferencePlaces, field: string): Promise<string> {
  const candidates = isAbsolute(file)
    ? [file]
    : [dirname(path), ...(mappingFolder === undefined ? [] : [mappingFolder])].map((folder) => join(folder, file));
  for (const candidate of candidates) {
    const there = await access(candidate).then(
      () => true,
      () => false,
    );
    if (there) return candidate;
  }
  throw new ImportError(
    `${field}: there is no file ${candidates.join(' or ')}. Put it there, or remove the reference from the mapping.`,
  );
}

async function loadKeys(connection: DuckDBConnection, file: string, key: string, field: string): Promise<void> {
  const from = `read_csv(${sqlText(file)}, all_varchar = true, header = true)`;
  let names: string[];
  try {
    names = (await queryRows(connection, `DESCRIBE SELECT * FROM ${from}`)).map((row) => String(row['column_name']));
  } catch (error) {
    throw new ImportError(
      `${field}: ${file} cannot be read as CSV: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
  if (!names.includes(key)) {
    const [close] = nearest(key, names);
    throw new ImportError(
      `${field}: ${file} has no column "${key}"${close === undefined ? '' : `; did you mean "${close}"?`} It has: ${names.join(', ')}`,
    );
  }
  await connection.run(
    `CREATE OR REPLACE TABLE reference AS SELECT DISTINCT ${sqlIdentifier(key)} AS key FROM ${from} WHERE ${sqlIdentifier(key)} IS NOT NULL`,
  );
}

async function compare(
  connection: DuckDBConnection,
  reference: { column: string; file: string; key: string },
  name: string,
  alias: Record<string, string>,
): Promise<ImportNote[]> {
  const notes: ImportNote[] = [];
  const unmatched = await queryRows(
    connection,
    `SELECT ${name} AS value, count(*) AS n FROM parsed ANTI JOIN reference ON ${name} = key WHERE ${name} IS NOT NULL GROUP BY ${name} ORDER BY n DESC, value`,
  );
  if (unmatched.length > 0) {
    const values = unmatched.map((row) => String(row['value']));
    const replaced = values
      .filter((value) => alias[value] !== undefined)
      .map((value) => `"${value}" is read as "${alias[value] ?? ''}"`);
    notes.push({
      code: 'unmatched-reference',
      field: reference.column,
      count: unmatched.reduce((sum, row) => sum + Number(row['n']), 0),
      examples: values.slice(0, 5),
      detail: [
        `rows with ${values.length} ${values.length === 1 ? 'value that is' : 'values that are'} not in ${reference.file}`,
        ...replaced,
      ].join('; '),
    });
  }
  await connection.run('CREATE OR REPLACE TABLE alias (source VARCHAR, target VARCHAR)');
  for (const [from, to] of Object.entries(alias)) await connection.run('INSERT INTO alias VALUES ($1, $2)', [from, to]);
  const used = `SELECT coalesce(target, ${name}) AS value FROM (SELECT DISTINCT ${name} FROM parsed) LEFT JOIN alias ON source = ${name}`;
  const unused = `FROM reference ANTI JOIN (${used}) ON key = value`;
  const count = await queryNumber(connection, `SELECT count(*) ${unused}`);
  if (count > 0) {
    const examples = await queryRows(connection, `SELECT key ${unused} ORDER BY key LIMIT 5`);
    notes.push({
      code: 'unused-reference',
      field: reference.column,
      count,
      examples: examples.map((row) => String(row['key'])),
      detail: `in ${reference.file}, but in no row of this file`,
    });
  }
  return notes;
}
