import type { Mapping } from '@sama/metrics/contracts';
import { sqlIdentifier, sqlText } from '@sama/sql';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withScratch } from '../store/duck.ts';
import { queryRows } from '../store/rows.ts';
import { Bench } from '../testing/imports.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom("'", '"', '\\', '\0', ';', '-', '\n', '$1', '{', '?', 'a', '𝄞', '`', '%', '/*') }),
);

test('any text is quoted so that it comes back unchanged', async () => {
  await withScratch({ threads: 1 }, async (connection) => {
    await fc.assert(
      fc.asyncProperty(hostile, async (value) => {
        expect(await queryRows(connection, `SELECT ${sqlText(value)} AS v, $1 AS p`, ['x'])).toEqual([
          { v: value, p: 'x' },
        ]);
      }),
      { numRuns: 500 },
    );
  });
});

test('any name is quoted so that it names one column', async () => {
  await withScratch({ threads: 1 }, async (connection) => {
    await fc.assert(
      fc.asyncProperty(hostile, async (value) => {
        fc.pre(value !== '' && !value.includes('\0'));
        expect(await queryRows(connection, `SELECT v FROM (SELECT 1 AS ${sqlIdentifier(value)}) AS t(v)`)).toEqual([
          { v: 1 },
        ]);
      }),
      { numRuns: 300 },
    );
  });
});

test('a name with a NUL is refused', () => {
  expect(() => sqlIdentifier('a\0b')).toThrow(RangeError);
});

test('hostile column names, values and mappings import what they say and nothing else', async () => {
  const bench = await Bench.open();
  const name = fc.string({
    unit: fc.constantFrom("'", '"', ';', '-', 'x', '$', '{', '\\', ' ', ')'),
    minLength: 1,
    maxLength: 12,
  });
  const field = (value: string): string => `"${value.replaceAll('"', '""')}"`;
  let number = 0;
  await fc.assert(
    fc.asyncProperty(name, name, name, async (id, state, value) => {
      const [idName, stateName] = [`i${id.trim()}`, `s${state.trim()}`];
      const mapping: Mapping = {
        source: value,
        rows: 'records',
        entityType: 'opportunity',
        id: idName,
        stages: [{ stage: 'won', at: 'd', when: { column: stateName, in: [value, "'); DROP TABLE staged; --"] } }],
        currentStage: { column: stateName, values: { [value]: 'won' } },
        attributes: { a: { column: stateName, values: { [value]: `${value}'` } } },
      };
      number += 1;
      const text = `${field(idName)},${field(stateName)},d\n${field(`k${value}`)},${field(value)},2026-01-05\n`;
      const report = await bench.import(text, mapping, { name: `h${number}.csv`, dryRun: true });
      expect(report).toMatchObject({ records: 1, events: value.trim() === '' ? 0 : 1 });
    }),
    { numRuns: 40 },
  );
});
