import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Mapping } from '@sama/metrics/contracts';
import { expect, test } from 'vitest';
import { knownStages, loadConfig } from '../config/config.ts';
import { temporaryFolder, testStore } from '../testing/stores.ts';
import { importFile } from './import.ts';

/** The folder with the data `examples/maven-crm` is about; they are not part of the repository. */
const folder = process.env['SAMA_SAMPLE_DATA'];
const example = join(import.meta.dirname, '../../../../examples/maven-crm');
if (folder === undefined) {
  process.stdout.write(
    'Skipped: the import of examples/maven-crm. Set SAMA_SAMPLE_DATA to the folder with sales_pipeline.csv to run it.\n',
  );
}

test.skipIf(folder === undefined)('the sample data are imported, and the report names every trap in them', async () => {
  const store = await testStore(join(await temporaryFolder(), 'store'));
  const config = await loadConfig({ config: join(example, 'sama.config.json') });
  const mapping = Mapping.parse(JSON.parse(await readFile(join(example, 'mapping.json'), 'utf8')));
  const report = await importFile(store, join(folder ?? '', 'sales_pipeline.csv'), {
    mapping,
    mappingFolder: example,
    stages: knownStages(config.definitions).map(({ key }) => key),
    timeZone: config.timeZone,
  });
  expect(report).toMatchObject({
    rows: { read: 8800, kept: 8800, merged: 0, refused: 0 },
    records: 8800,
    events: 15_011,
    undated: 500,
    rejects: [],
  });
  expect(report.notes.map(({ code, field, count }) => [code, field, count])).toEqual([
    ['date-only', 'engage_date', 8300],
    ['date-only', 'close_date', 6711],
    ['missing-link', 'account', 1425],
    ['zero-amount', 'close_value', 2473],
    ['undated', 'deal_stage', 500],
    ['unmatched-reference', 'product', 1480],
    ['unused-reference', 'sales_agent', 5],
  ]);
  const note = (code: string): string | undefined => report.notes.find((found) => found.code === code)?.detail;
  expect(note('zero-amount')).toContain('Lost 2473');
  expect(note('unmatched-reference')).toContain('"GTXPro" is read as "GTX Pro"');
  expect(
    await store.reader().all('SELECT stage, count(*) AS n FROM stage_events GROUP BY stage ORDER BY n DESC'),
  ).toEqual([
    { stage: 'engaging', n: 8300 },
    { stage: 'won', n: 4238 },
    { stage: 'lost', n: 2473 },
  ]);
  expect(
    await store
      .reader()
      .all(
        `SELECT sum(amount) AS won FROM records SEMI JOIN (SELECT entity_id FROM stage_events WHERE stage = 'won') ON id = entity_id`,
      ),
  ).toEqual([{ won: 1_000_553_400 }]);
});
