/** Started by `import.mjs`: one import in a process of its own. Arguments: who, the CSV file, its rows, another CSV file. */
import { join } from 'node:path';
import { demoMapping } from '../../packages/demo/dist/index.js';
import { report } from '../in-child.mjs';
import { timed } from '../measure.mjs';
import { DuckDBInstance, importFile, knownStages, loadConfig, openKeptStore, withFolder } from '../places.mjs';

const [who, csv, rows, more] = process.argv.slice(2);
/** After the last event of the demo company, so that none is refused as of the future. */
const NOW = new Date('2026-12-01T12:00:00Z');

/** What `sama import` does: the batch is on disk, checked and ready for its questions. */
async function bySama(folder, file = csv) {
  const config = await loadConfig({ workingFolder: folder });
  const store = await openKeptStore(join(folder, 'store'), config);
  const mapping = demoMapping();
  const stages = knownStages(config.definitions).map(({ key }) => key);
  const imported = await importFile(store, file, { mapping, stages, timeZone: config.timeZone, now: NOW });
  await store.close();
  return imported.rows.kept;
}

/** Every column as text or a type DuckDB recognises, in a table on disk; with more memory than Sama's import allows itself. */
async function byDuckDb(folder) {
  const instance = await DuckDBInstance.create(join(folder, 'table.duckdb'), {
    memory_limit: '1GB',
    temp_directory: join(folder, 'spill'),
  });
  const connection = await instance.connect();
  // Without the quote DuckDB's detection fails on rows that only appear late in the file.
  await connection.run(`CREATE TABLE persons AS SELECT * FROM read_csv('${csv}', quote = '"')`);
  await connection.run('CHECKPOINT');
  const [[count]] = (await connection.runAndReadAll('SELECT count(*) FROM persons')).getRows();
  connection.closeSync();
  instance.closeSync();
  return Number(count);
}

await withFolder(async (folder) => {
  let kept;
  const ms = await timed(async () => {
    kept = await (who === 'sama' ? bySama(folder) : byDuckDb(folder));
  });
  const { maxRSS } = process.resourceUsage();
  if (kept !== Number(rows)) throw new Error(`${kept} of ${rows} rows were imported`);
  // The next batch, into the store that holds the first.
  const next = more === undefined ? undefined : await timed(() => bySama(folder, more));
  await report({ ms, next, peak: maxRSS * 1024 });
});
process.disconnect();
