import type { DuckDBConnection } from '@duckdb/node-api';
import type { ImportMapping, ImportNote, Reject } from '@sama/metrics/contracts';
import { mappedColumns, type Histories, type ImportPlan } from '@sama/sql';
import type { KnownFacts } from '../store/layer-writer.ts';
import { queryNumber, queryRow, queryRows } from '../store/rows.ts';
import { referenceNotes, type ReferencePlaces } from './references.ts';
import type { RejectSink } from './rejects.ts';
import type { OnProgress, RowSource } from './source.ts';

/** What became of a file's rows. */
export interface RowOutcome {
  rows: { read: number; kept: number; merged: number; refused: number };
  notes: ImportNote[];
  known: KnownFacts;
  histories?: Histories;
}

/**
 * Runs a compiled import on a connection with a parsed file and empty layer tables: refuses what
 * must be refused, fills the tables and gathers what a reader must know.
 */
export async function importRows(
  connection: DuckDBConnection,
  source: RowSource,
  plan: ImportPlan,
  mapping: ImportMapping,
  entries: readonly string[],
  places: ReferencePlaces,
  rejects: RejectSink,
  onProgress: OnProgress | undefined,
): Promise<RowOutcome> {
  const step = (done: number): void => onProgress?.({ phase: 'checking', done, total: 3 });
  step(0);
  const ascending = (await queryRow(connection, plan.ascending))?.['ascending'] === true;
  if (!ascending) await connection.run(plan.again);
  const again = ascending ? 0 : await queryNumber(connection, 'SELECT count(*) FROM again');
  for (const statement of again === 0 ? [plan.dropNone] : plan.dropSome(source.from)) await connection.run(statement);
  step(1);
  await rejects.add(source.malformed);
  const counts = await queryRow(connection, plan.counts);
  const [ok, merged, repeated] = [Number(counts?.['ok']), Number(counts?.['merged']), Number(counts?.['repeated'])];
  if (ok < source.rows)
    await streamRejects(connection, plan.refused, rejects, (row) => ({
      line: source.lineOf(Number(row['row'])),
      field: String(row['field']),
      reason: String(row['reason']),
      ...(typeof row['value'] === 'string' ? { value: row['value'] } : {}),
    }));
  if (repeated > 0)
    await streamRejects(connection, plan.repeated, rejects, (row) => ({
      line: source.lineOf(Number(row['row'])),
      field: plan.key,
      reason: plan.conflict(source.lineOf(Number(row['first']))),
      value: String(row['value']),
    }));
  const all = ok === source.rows && merged + repeated === 0;
  await connection.run(all ? plan.takeAll : plan.takeSome);
  for (const statement of plan.fill(all && ascending)) await connection.run(statement);
  step(2);
  const notes = [
    ...source.notes,
    ...(await planNotes(connection, plan)),
    ...repeatedNote(plan.key, merged, repeated),
    ...stageNotes(mapping, entries, ok - merged - repeated),
    ...(await unmappedNotes(connection, mapping, source.columns)),
    ...(await referenceNotes(connection, mapping, source.columns, places)),
  ];
  // A generation is built next, and these rows need not stand in memory for it.
  for (const table of ['staged', 'again', 'reference', 'alias']) await connection.run(`DROP TABLE IF EXISTS ${table}`);
  for (const statement of plan.forget) await connection.run(statement);
  step(3);
  const refused = source.malformed.length + (source.rows - ok) + repeated;
  return {
    rows: { read: source.rows + source.malformed.length, kept: ok - merged - repeated, merged, refused },
    notes,
    known: plan.facts,
    ...(plan.histories === undefined ? {} : { histories: plan.histories }),
  };
}

async function streamRejects(
  connection: DuckDBConnection,
  sql: string,
  sink: RejectSink,
  reject: (row: Record<string, unknown>) => Reject,
): Promise<void> {
  const result = await connection.stream(sql);
  for await (const rows of result.yieldRowObjectJson()) await sink.add(rows.map(reject));
}

async function planNotes(
  connection: DuckDBConnection,
  { notes: plans, noteCounts }: ImportPlan,
): Promise<ImportNote[]> {
  const notes: ImportNote[] = [];
  const counts = await queryRow(connection, noteCounts);
  for (const [index, plan] of plans.entries()) {
    const count = Number(counts?.[`n${index}`]);
    if (count === 0) continue;
    const examples =
      plan.examples === undefined
        ? []
        : (await queryRows(connection, plan.examples)).map((row) => String(row['example']));
    const parts =
      plan.detail === undefined ? [] : (await queryRows(connection, plan.detail)).map((row) => String(row['detail']));
    const detail = [plan.text, parts.join(', ')].filter((part) => part !== undefined && part !== '').join(': ');
    notes.push({
      code: plan.code,
      field: plan.field,
      count,
      ...(examples.length === 0 ? {} : { examples }),
      ...(detail === '' ? {} : { detail }),
    });
  }
  return notes;
}

function repeatedNote(field: string, merged: number, repeated: number): ImportNote[] {
  if (merged + repeated === 0) return [];
  const detail = `${merged} ${merged === 1 ? 'row that repeats another was' : 'rows that repeat another were'} merged, ${repeated} with other values refused`;
  return [{ code: 'duplicate-id', field, count: merged + repeated, detail }];
}

/** Dates that become no stage, and a first stage no column dates: a funnel without them looks empty. */
function stageNotes(mapping: ImportMapping, entries: readonly string[], kept: number): ImportNote[] {
  if (mapping.rows !== 'records' || mapping.entityType === 'account') return [];
  const rules = mapping.stages ?? [];
  const unused = Object.values(mapping.attributes ?? {})
    .filter(({ type, column }) => type === 'date' && !rules.some(({ at }) => at === column))
    .map(({ column }) => column);
  const notes: ImportNote[] = [];
  if (unused.length > 0)
    notes.push({
      code: 'unused-date',
      field: 'stages',
      count: unused.length,
      examples: unused,
      detail: `${unused.length === 1 ? '1 date column is' : `${unused.length} date columns are`} not used as stages: ${unused.map((name) => `"${name}"`).join(', ')}`,
    });
  if (entries.length > 0 && kept > 0 && !rules.some(({ stage }) => entries.includes(stage)))
    notes.push({
      code: 'undated',
      field: entries.join(', '),
      count: kept,
      detail: `no column holds the date of the first stage, ${entries.join(' or ')}; a funnel that starts there does not count these rows`,
    });
  return notes;
}

/** Columns the mapping does not read, with how many values stay behind. */
async function unmappedNotes(
  connection: DuckDBConnection,
  mapping: ImportMapping,
  columns: readonly string[],
): Promise<ImportNote[]> {
  const mapped = new Set(mappedColumns(mapping).map(({ column }) => column));
  const left = columns.map((name, index) => ({ name, index })).filter(({ name }) => !mapped.has(name));
  const notes: ImportNote[] = [];
  for (const { name, index } of left) {
    const row = await queryRow(
      connection,
      `SELECT count(nullif(trim(c${index}), '')) AS n, any_value(nullif(trim(c${index}), '')) AS example FROM parsed`,
    );
    const example = row?.['example'];
    notes.push({
      code: 'unmapped-column',
      field: name,
      count: Number(row?.['n']),
      ...(typeof example === 'string' ? { examples: [example] } : {}),
      detail: 'not read: the mapping does not name it',
    });
  }
  return notes;
}
