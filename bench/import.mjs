/** A million rows of CSV: `sama import`, with all it checks and keeps, against DuckDB's `read_csv` into a table. */
import { createWriteStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { demoCsv } from '../packages/demo/dist/index.js';
import { inChild } from './in-child.mjs';
import { alternate, gate, median, megabytes, milliseconds, thousands } from './measure.mjs';
import { withFolder } from './places.mjs';

const ROWS = 1_000_000;
const SHARE = 0.3;
/** Of a second batch, and the most it may take of the time of the first. */
const MORE = 1000;
const MORE_SHARE = 0.25;
/** Of the whole process, in bytes. */
const MEMORY = 1_500_000_000;
const HOW = { rounds: 5, warmUp: 1 };

export const title = 'Import of a million rows';
export const how =
  "`sama import` of the demo company's CSV as one batch: scanned, checked, mapped to records and events, written as an immutable layer and as a generation with its journeys, and synced to disk; against DuckDB's `read_csv` into a table of a file with a checkpoint, which may take 1 GB of memory where Sama's import takes 700 MB. Each import runs in a process of its own, whose peak memory is that of the whole process. The thousand rows are a second batch into the same store, half of them persons it holds already; the generation is then revised instead of built anew.";

/** Persons of whom half are known by the first batch, with other journeys. */
function secondBatch() {
  let row = 0;
  return [...demoCsv({ persons: MORE })].join('').replaceAll(/^p-/gm, (known) => (row++ % 2 === 0 ? known : 'new-'));
}

export async function run() {
  return withFolder(async (folder) => {
    const csv = join(folder, 'million.csv');
    await pipeline(Readable.from(demoCsv({ persons: ROWS })), createWriteStream(csv));
    const { size } = await stat(csv);
    const more = join(folder, 'thousand.csv');
    await writeFile(more, secondBatch());
    const peaks = { sama: 0, duckdb: 0 };
    const shares = [];
    const sample = (name) => async () => {
      const files = name === 'sama' ? [more] : [];
      const { ms, next, peak } = await inChild('import/measure.mjs', [name, csv, String(ROWS), ...files]);
      peaks[name] = Math.max(peaks[name], peak);
      if (next !== undefined) shares.push(next / ms);
      return ms;
    };
    const times = await alternate({ sama: sample('sama'), duckdb: sample('duckdb') }, HOW);
    const speed = times.duckdb / times.sama;
    const share = median(shares);
    return {
      gates: [
        gate(
          'import of a million-row CSV',
          `≥ ${SHARE} × the speed of DuckDB's read_csv into a table`,
          `${speed.toFixed(2)} ×`,
          speed >= SHARE,
        ),
        gate('its memory, at its peak', `≤ ${megabytes(MEMORY)}`, megabytes(peaks.sama), peaks.sama <= MEMORY),
        gate(
          `import of ${thousands(MORE)} rows into a store of a million`,
          `≤ ${MORE_SHARE} × the time of the million`,
          `${share.toFixed(2)} ×`,
          share <= MORE_SHARE,
        ),
      ],
      figures: [
        [`sama import, ${megabytes(size)}`, milliseconds(times.sama)],
        ["DuckDB's read_csv into a table of a file", milliseconds(times.duckdb)],
        ["DuckDB's memory, at its peak", megabytes(peaks.duckdb)],
      ],
    };
  });
}
