import { Mapping } from '@sama/metrics/contracts';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { HOSTILE_COMPANIES } from './company/people.ts';
import { demoCsv, demoMapping } from './csv.ts';
import { first, readCompany } from './testing/reader.ts';

const OPTIONS = { persons: 6000, seed: 5 };
const text = [...demoCsv(OPTIONS)].join('');
const rows: Record<string, string>[] = parse(text, { columns: true, record_delimiter: '\r\n' });
const { persons } = readCompany(OPTIONS);

test('one row for each person, readable by any CSV reader', () => {
  expect(rows).toHaveLength(OPTIONS.persons);
  expect(rows.map((r) => r['Lead ID'])).toEqual(persons.map((p) => p.id));
  expect(rows.map((r) => r['Company'])).toEqual(persons.map((p) => p.record.attributes['company']));
  expect(rows.map((r) => r['Company'])).toEqual(expect.arrayContaining([...HOSTILE_COMPANIES]));
});

test('the mapping is valid and names only columns of the file', () => {
  const mapping = demoMapping();
  expect(Mapping.parse(mapping)).toEqual(mapping);
  const columns = new Set(Object.keys(rows[0] ?? {}));
  const named = [
    mapping.id,
    ...(mapping.stages ?? []).map((s) => s.at),
    ...(mapping.stages ?? []).flatMap((s) => s.when?.column ?? []),
    ...Object.values(mapping.attributes ?? {}).map((a) => a.column),
  ];
  expect(named.filter((column) => !columns.has(column))).toEqual([]);
});

test('read by its mapping the export says what the events say', () => {
  const { stages = [] } = demoMapping();
  const entries = (stage: string): string[] =>
    rows.map((row) => {
      const rule = stages.find(
        (s) => s.stage === stage && (s.when === undefined || s.when.in.includes(row[s.when.column] ?? '')),
      );
      return rule === undefined ? '' : (row[rule.at] ?? '');
    });
  for (const stage of ['lead', 'mql', 'sal', 'sql', 'opportunity', 'won', 'lost']) {
    expect(entries(stage)).toEqual(persons.map((p) => first(p, stage)?.at ?? ''));
  }
  expect(entries('nurture').filter((at) => at !== '').length).toBeGreaterThan(100);
});

test('persons without dates carry their state', () => {
  const { currentStage } = demoMapping();
  const undated = persons.filter((p) => p.events.length === 0);
  expect(undated.length).toBeGreaterThan(0);
  for (const person of undated) {
    const row = rows.find((r) => r['Lead ID'] === person.id);
    expect(currentStage?.values?.[row?.['Status'] ?? '']).toBe(person.record.currentStage);
    expect(row?.['Created']).toBe('');
  }
});

test('amounts are euros with cents, only where there is an opportunity', () => {
  const [without, withOne] = [rows.filter((r) => r['Opportunity ID'] === ''), rows.filter((r) => r['Opportunity ID'])];
  expect(new Set(without.map((r) => r['Amount']))).toEqual(new Set(['']));
  expect(withOne.length).toBeGreaterThan(100);
  expect(withOne.filter((r) => !/^\d+\.\d{2}$/u.test(r['Amount'] ?? ''))).toEqual([]);
});
