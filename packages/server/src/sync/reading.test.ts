import { appendFile, readFile } from 'node:fs/promises';
import type { Page, Stream } from '@sama/connectors';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/stores.ts';
import { Reading } from './reading.ts';
import { Spool } from './spool.ts';
import type { StreamState } from './state.ts';

/** How a reading ends before its time: the rows are on the disk and the cursor is not, or both are, or half of a page is. */
const ENDS = ['rows only', 'rows and cursor', 'half a page'] as const;

/** A stream of two tables with pages of these sizes, every third row of which goes to the second one. */
function streamOf(sizes: readonly number[]): Stream {
  const ends = sizes.map((_, page) => sizes.slice(0, page + 1).reduce((sum, size) => sum + size, 0));
  const mapping: Stream['tables'][number]['mapping'] = { source: 's', rows: 'records', entityType: 'person', id: 'id' };
  return {
    name: 'people',
    tables: [
      { name: 'one', mapping, fields: ['id'] },
      { name: 'two', mapping, fields: ['id'] },
    ],
    reads: ['id'],
    notes: [],
    read: async function* read(_range, position): AsyncGenerator<Page> {
      for (let page = position === undefined ? 0 : Number(position) + 1; page < sizes.length; page += 1) {
        const size = sizes[page] ?? 0;
        const ids = Array.from({ length: size }, (_, row) => (ends[page] ?? 0) - size + row);
        const rows = (third: boolean) => ids.filter((id) => (id % 3 === 0) === third).map((id) => ({ id }));
        yield {
          rows: { one: rows(false), two: rows(true) },
          position: String(page),
          count: size,
          unsupported: { odd: ids.filter((id) => id % 2 === 1).length },
        };
      }
    },
  };
}

test('wherever a reading breaks off, and however often, each row is in its file once and every count is right', async () => {
  const folder = await temporaryFolder();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(5), { maxLength: 8 }),
      fc.array(fc.record({ after: fc.integer({ min: 1, max: 4 }), how: fc.constantFrom(...ENDS) }), { maxLength: 6 }),
      async (sizes, breaks) => {
        run += 1;
        const stream = streamOf(sizes);
        let disk = '{}';
        for (const broken of [...breaks, undefined]) {
          // What a new process finds.
          const before: StreamState = JSON.parse(disk);
          const spool = new Spool(folder, `run-${run}`);
          const reading = new Reading(stream, before, spool, { stages: [], timeZone: 'UTC' }, 0);
          await reading.begin();
          let pages = 0;
          const keep = async (state: StreamState): Promise<void> => {
            pages += 1;
            const ends = broken !== undefined && pages === broken.after;
            if (!ends || broken.how !== 'rows only') disk = JSON.stringify(state);
            if (ends && broken.how === 'half a page') await appendFile(spool.path('one'), '{"id":99');
            if (ends) throw new Error('killed');
          };
          const ended = await reading.read(keep).then(
            () => true,
            () => false,
          );
          await spool.close();
          if (!ended) continue;
          const all = sizes.reduce((sum, size) => sum + size, 0);
          const ids = await Promise.all(['one', 'two'].map((table) => idsOf(spool.path(table))));
          expect(ids.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: all }, (_, id) => id));
          expect(reading.run).toMatchObject({ complete: true, pages: sizes.length, records: all });
          expect(reading.run.health.unsupported['odd'] ?? 0).toBe(Math.floor(all / 2));
          return;
        }
      },
    ),
    { numRuns: 60 },
  );
});

async function idsOf(path: string): Promise<number[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Number(/^\{"id":(\d+)\}$/.exec(line)?.[1]));
}
