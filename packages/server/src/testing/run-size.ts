import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openStore } from '../store/index.ts';
import { encode } from './app.ts';
import { loadedServer } from './load-server.ts';
import type { Cells } from './run-load.ts';

const FUNNEL = { kind: 'funnel', funnel: 'lead-to-won', view: 'cohort' };
const MEGABYTE = 2 ** 20;

/** What made-up companies of these sizes take: to import, on the disk, in memory, and until the first answers. */
export async function runSizes(folder: string, sizes: readonly number[]): Promise<Cells[]> {
  const rows: Cells[] = [
    ['Persons', 'Events', 'Import', 'On disk', 'Server at start', 'after questions', 'First funnel', 'Again'],
  ];
  for (const persons of sizes) {
    const place = mkdtempSync(join(folder, 'size-'));
    const began = performance.now();
    const server = await loadedServer(place, persons, 1);
    const made = (performance.now() - began) / 1000;
    try {
      const store = await openStore(join(place, 'store'));
      const events = (await store.batches()).reduce((sum, batch) => sum + batch.events, 0);
      await store.close();
      const [token = ''] = await server.tokens();
      const ask = async (): Promise<number> => {
        const at = performance.now();
        const path = `/v1/query?q=${encode(FUNNEL)}`;
        for (;;) {
          const response = await fetch(new URL(path, server.url), { headers: { authorization: `Bearer ${token}` } });
          const text = await response.text();
          if (response.status === 200) return performance.now() - at;
          // A slow answer goes on, and whoever asks again meets it.
          if (response.status !== 202) throw new Error(`a funnel was answered ${response.status}: ${text}`);
          await delay(50);
        }
      };
      const start = await server.memory();
      const first = await ask();
      const again = await ask();
      const after = await server.memory();
      const mega = (bytes: number): string => `${Math.round(bytes / MEGABYTE)} MB`;
      rows.push([
        persons.toLocaleString('en-US'),
        events.toLocaleString('en-US'),
        `${made.toFixed(1)} s`,
        mega(bytesOf(join(place, 'store'))),
        mega(start.resident),
        mega(after.resident),
        `${Math.round(first)} ms`,
        `${again.toFixed(1)} ms`,
      ]);
    } finally {
      await server.close();
      rmSync(place, { recursive: true });
    }
  }
  return rows;
}

/** What the files in a folder hold. */
export function bytesOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
