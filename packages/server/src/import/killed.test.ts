import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Bench, DEALS_HEADER } from '../testing/imports.ts';
import { testStore } from '../testing/stores.ts';

const entry = join(import.meta.dirname, '..', 'testing', 'import-and-hang.ts');

/** Starts an import in another process, waits until it says it has come to a point, and kills it there. */
async function killAt(point: string, store: string, file: string): Promise<void> {
  const child = spawn(process.execPath, [entry, store, file, point], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'close');
  const said = once(child.stdout, 'data');
  expect(String((await Promise.race([said, gone]))[0])).toBe(`${point}\n`);
  child.kill('SIGKILL');
  await gone;
}

test.each(['checking', 'built', 'revised'])(
  'an import killed while %s leaves the store as it was, and the next one works',
  async (point) => {
    const bench = await Bench.open();
    await bench.import(`${DEALS_HEADER}\nA,1,2026-01-05,,Open\n`);
    const before = bench.store.current();
    const file = await bench.write(`${DEALS_HEADER}\nB,1,2026-01-05,,Open\n`, 'more.csv');
    await killAt(point, bench.store.folder, file);
    const again = await testStore(bench.store.folder);
    expect(again.current()).toEqual(before);
    expect(await again.batches()).toHaveLength(1);
    expect(await again.reader().all('SELECT id FROM records')).toEqual([{ id: 'A' }]);
    expect(await readdir(join(bench.store.folder, 'temporary'))).toEqual([]);
    await bench.import(`${DEALS_HEADER}\nB,1,2026-01-05,,Open\n`);
    expect(await bench.rows('SELECT id FROM records ORDER BY id')).toEqual([{ id: 'A' }, { id: 'B' }]);
    expect(await readdir(join(bench.store.folder, 'generations'))).toHaveLength(1);
  },
);
