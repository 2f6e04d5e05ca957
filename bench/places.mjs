/** What the parts measure, as it was built, and where they put their files. */
import { createRequire } from 'node:module';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const server = new URL('../packages/server/', import.meta.url);
/** The version of DuckDB that the server uses. */
export const { DuckDBInstance } = createRequire(new URL('package.json', server))('@duckdb/node-api');

const built = (file) => import(new URL(`dist/${file}`, server).href);
export const { createDuckDbEngine } = await built('engine/duckdb.js');
export const { stagesOver } = await built('engine/over.js');
export const { keepWhileBuilding, linesOf } = await built('engine/keep.js');
export const { knownStages, loadConfig } = await built('config/config.js');
export const { openKeptStore } = await built('config/kept.js');
export const { queryBatches, queryRows } = await built('store/rows.js');
export const { importFile } = await built('import/index.js');
export const { openStore } = await built('store/index.js');

/** Hands over a folder that is gone afterwards. */
export async function withFolder(work) {
  const folder = await mkdtemp(join(tmpdir(), 'sama-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
