import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Mapping, OWNER_RIGHTS, type Question } from '@sama/metrics/contracts';
import { expect, test } from 'vitest';
import { entryStages, knownStages, loadConfig } from '../config/config.ts';
import { createDuckDbEngine } from '../engine/duckdb.ts';
import { temporaryFolder, testStore } from '../testing/stores.ts';
import { importFile } from './import.ts';

/** The folder with the public data sets the examples are about; they are not part of the repository. */
const folder = process.env['SAMA_SAMPLE_DATA'];
const example = join(import.meta.dirname, '../../../../examples/maven-crm');
if (folder === undefined) {
  process.stdout.write(
    'Skipped: the import of examples/maven-crm. Set SAMA_SAMPLE_DATA to the folder that holds maven-crm/sales_pipeline.csv to run it.\n',
  );
}

async function imported() {
  const store = await testStore(join(await temporaryFolder(), 'store'));
  const config = await loadConfig({ config: join(example, 'sama.config.json') });
  const mapping = Mapping.parse(JSON.parse(await readFile(join(example, 'mapping.json'), 'utf8')));
  const report = await importFile(store, join(folder ?? '', 'maven-crm', 'sales_pipeline.csv'), {
    mapping,
    mappingFolder: example,
    stages: knownStages(config.definitions).map(({ key }) => key),
    entryStages: entryStages(config.definitions),
    timeZone: config.timeZone,
  });
  return { store, config, report };
}

test.skipIf(folder === undefined)('the sample data are imported, and the report names every trap in them', async () => {
  const { store, report } = await imported();
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

test.skipIf(folder === undefined)(
  'the sample data give the published figures, each under its own definition',
  async () => {
    const { store, config } = await imported();
    const engine = createDuckDbEngine(store);
    const context = { definitions: config.definitions, rights: OWNER_RIGHTS, asOf: '2018-01-01', timeZone: 'UTC' };
    const ask = async (question: Question) => (await engine.answer(question, context)).data;
    const values = async (measure: string) => {
      const data = await ask({ kind: 'measure', measure });
      if (data?.kind !== 'measure') throw new Error(`${measure} has no answer`);
      return Object.fromEntries(data.values.map(({ name, result }) => [name, result.value]));
    };
    const byStage = await ask({
      kind: 'measure',
      measure: { of: 'opportunity', funnel: 'opportunity-to-won', aggregates: ['count'], by: 'stage' },
    });
    expect(byStage).toMatchObject({
      groups: [
        { key: 'won', count: 4238 },
        { key: 'lost', count: 2473 },
        { key: 'engaging', count: 1589 },
        { key: 'prospecting', count: 500 },
      ],
    });
    expect((await values('win-rate-decided'))['ratio']).toBeCloseTo(0.63150052, 8);
    expect((await values('win-rate-all'))['ratio']).toBeCloseTo(0.48159091, 8);
    expect((await values('win-rate-engaged'))['ratio']).toBeCloseTo(0.51060241, 8);
    const revenue = await values('revenue-won');
    expect(revenue).toMatchObject({ count: 4238, sum: 1_000_553_400, median: 111_700 });
    expect((revenue['mean'] ?? 0) / 100).toBeCloseTo(2360.9094, 4);
    const cycle = await values('won-deal-cycle');
    expect(cycle).toMatchObject({ median: 57, p25: 9, p75: 88, p90: 106, min: 1, max: 138 });
    expect(cycle['mean']).toBeCloseTo(51.782, 4);
    expect(await ask({ kind: 'funnel', funnel: 'opportunity-to-won' })).toMatchObject({
      stages: [
        { key: 'engaging', count: 8300, outcomes: { advanced: 4238, open: 1589, lost: 2473 } },
        { key: 'won', count: 4238 },
      ],
    });
  },
);
