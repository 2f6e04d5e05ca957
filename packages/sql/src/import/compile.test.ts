import type { ActivityMapping, FigureMapping, ImportMapping, Mapping } from '@sama/metrics/contracts';
import { expect, test } from 'vitest';
import { checkMapping } from './check.ts';
import { compileImport, MappingError } from './compile.ts';
import { currencyDigits } from './money.ts';
import { identifier, integer, text } from './quote.ts';

const options = {
  knownStages: ['mql', 'won'],
  timeZone: 'Europe/Berlin',
  today: '2026-07-01',
  endOfTodayMs: 1_782_943_199_999,
  batch: "b'1",
  fetchedAtMs: 1,
};
const columns = ['Deal "ID"', "state'; DROP TABLE staged; --", 'won on', 'sum'];
const [id, state, won, sum] = columns;
const mapping: Mapping = {
  source: "CRM's",
  rows: 'records',
  entityType: 'opportunity',
  id: id ?? '',
  amount: { column: sum ?? '', currency: 'EUR' },
  stages: [{ stage: 'won', at: won ?? '', when: { column: state ?? '', in: ["Won'"] } }],
};

const activities: ActivityMapping = {
  source: "CRM's",
  rows: 'activities',
  name: { column: state ?? '', values: { "Won'": "won's" } },
  at: won ?? '',
  links: { personId: id ?? '' },
  attributes: { sum: { column: sum ?? '', type: 'number' } },
};
const figures: FigureMapping = {
  rows: 'figures',
  name: { column: state ?? '', values: { "CRM's": 'crm' } },
  from: won ?? '',
  last: id ?? '',
  value: { column: sum ?? '' },
};
const mappings: ImportMapping[] = [mapping, activities, figures];

test.each(mappings)('no column name of a file is ever an identifier of a statement for $rows', (mapping) => {
  const plan = compileImport(mapping, columns, options);
  const statements = [
    plan.parse('staged'),
    plan.ascending,
    plan.again,
    plan.dropNone,
    ...plan.dropSome('staged'),
    plan.refused,
    plan.repeated,
    plan.counts,
    plan.takeAll,
    plan.takeSome,
    plan.noteCounts,
    ...plan.fill(false),
    ...plan.forget,
  ];
  for (const statement of statements) {
    const withoutTexts = statement.replaceAll(/'(?:[^']|'')*'/g, "''");
    expect(withoutTexts).not.toMatch(/Deal|DROP TABLE staged|won on|CRM/);
  }
  expect([plan.parse('staged'), ...plan.fill(false)].join('\n')).toContain("'CRM''s'");
});

test('everything that keeps a mapping from a file is named at once', () => {
  const wrong: Mapping = { ...mapping, id: 'Deal ID', owner: 'rep', stages: [{ stage: 'closed', at: 'won on' }] };
  expect(checkMapping(wrong, [...columns, 'sum'], ['mql']).map(({ path, kind }) => [path, kind])).toEqual([
    ['id', 'missing-column'],
    ['owner', 'missing-column'],
    ['amount.column', 'repeated-column'],
    ['stages[0].stage', 'unknown-stage'],
  ]);
  expect(() => compileImport(wrong, columns, options)).toThrow(MappingError);
});

test('rows of events need "event", rows of records must not have it', () => {
  const events: Mapping = { source: 'x', rows: 'events', entityType: 'person', id: 'id' };
  expect(checkMapping(events, ['id'], []).map(({ path }) => path)).toEqual(['event']);
  const both: Mapping = {
    ...events,
    stages: [{ stage: 'mql', at: 'id' }],
    event: { stage: { column: 'id' }, at: 'id' },
  };
  expect(checkMapping(both, ['id'], ['mql']).map(({ path }) => path)).toEqual(['stages']);
});

test('two rules of one stage and date may give one event twice, and the plan knows', () => {
  const rule = { stage: 'won', at: 'won on' };
  expect(compileImport(mapping, columns, options).facts.distinct).toBe(true);
  expect(compileImport({ ...mapping, stages: [rule, rule] }, columns, options).facts.distinct).toBe(false);
});

test('literals, identifiers and numbers', () => {
  expect(text("it's")).toBe("'it''s'");
  expect(text('a\0b')).toBe("('a' || chr(0) || 'b')");
  expect(identifier('a"b')).toBe('"a""b"');
  expect(() => identifier('\0')).toThrow(RangeError);
  expect(() => integer(1.5)).toThrow(RangeError);
  expect(['EUR', 'JPY', 'KWD', 'CLF'].map(currencyDigits)).toEqual([2, 0, 3, 4]);
});
