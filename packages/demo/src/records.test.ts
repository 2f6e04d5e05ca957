import { createHash } from 'node:crypto';
import { ActivityEvent, EntityRecord, Figure, StageEvent } from '@sama/metrics/contracts';
import { expect, test } from 'vitest';
import { type DemoOptions, demoChunks } from './index.ts';

function hash(options: DemoOptions): string {
  const sum = createHash('sha256');
  for (const chunk of demoChunks(options)) sum.update(JSON.stringify(chunk));
  return sum.digest('hex');
}

test('equal options give the same bytes, another seed gives others', () => {
  const options = { persons: 12_000, seed: 7 };
  expect(hash(options)).toBe(hash(options));
  expect(hash({ ...options, seed: 8 })).not.toBe(hash(options));
  expect(hash({ persons: 12_000 })).toBe(hash({ persons: 12_000, seed: 1, asOf: '2026-10-15T06:00:00Z', months: 18 }));
});

test('two companies generated at once do not disturb each other', () => {
  const alone = [...demoChunks({ persons: 11_000, seed: 3 })];
  const [first, second] = [demoChunks({ persons: 11_000, seed: 3 }), demoChunks({ persons: 11_000, seed: 4 })];
  const together = [];
  for (const chunk of first) {
    together.push(chunk);
    second.next();
  }
  expect(together).toEqual(alone);
});

test.each([
  { persons: 100 },
  { persons: 100, months: 6 },
  { persons: 100, months: 120, seed: -5 },
  { persons: 101, months: 6, asOf: '2028-02-29T23:30:00Z' },
  { persons: 12_345, seed: 4_294_967_295, asOf: '2026-01-01T00:30:00+02:00' },
])('has exactly the persons asked for: %o', (options) => {
  const ids = new Set<string>();
  let events = 0;
  for (const chunk of demoChunks(options)) {
    expect(chunk.records.filter((r) => r.entityType === 'person').length).toBeLessThanOrEqual(5000);
    for (const record of chunk.records) if (record.entityType === 'person') ids.add(record.id);
    events += chunk.events.length;
  }
  expect(ids.size).toBe(options.persons);
  expect(events).toBeGreaterThan(options.persons);
});

test.each([
  [{ persons: 99 }, /^persons must be a whole number from 100 to 10000000, not 99$/],
  [{ persons: 20_000_001 }, /^persons/],
  [{ persons: 1000.5 }, /^persons/],
  [{ persons: Number.NaN }, /^persons/],
  [{ persons: 100, seed: 0.5 }, /^seed/],
  [{ persons: 100, seed: 2 ** 32 }, /^seed/],
  [{ persons: 100, months: 5 }, /^months/],
  [{ persons: 100, asOf: 'yesterday' }, /^asOf must be an ISO 8601 instant.*not "yesterday"$/],
  [{ persons: 100, asOf: '2026-10-15' }, /^asOf/],
  [{ persons: 100, asOf: '2150-01-01T00:00:00Z' }, /^asOf/],
])('refuses %o by name', (options, message) => {
  const start = () => demoChunks(options).next();
  expect(start).toThrow(RangeError);
  expect(start).toThrow(message);
});

test('every record and event is valid, complete and not in the future', () => {
  const asOf = Date.parse('2026-10-15T06:00:00Z');
  const ids = new Set<string>();
  const linked = new Set<string>();
  const sources = new Set<string>();
  for (const { records, events, activities, figures } of demoChunks({ persons: 20_000 })) {
    for (const record of records) {
      expect(EntityRecord.parse(record)).toEqual(record);
      ids.add(`${record.entityType} ${record.id}`);
      if (record.personId !== undefined) linked.add(`person ${record.personId}`);
      if (record.accountId !== undefined) linked.add(`account ${record.accountId}`);
      expect(record.currency === 'EUR').toBe(record.entityType === 'opportunity');
    }
    for (const event of events) {
      expect(StageEvent.parse(event)).toEqual(event);
      expect(ids.has(`${event.entityType} ${event.entityId}`)).toBe(true);
      sources.add(`${event.source.system} ${event.source.recordId}`);
    }
    for (const activity of activities) {
      expect(ActivityEvent.parse(activity)).toEqual(activity);
      expect(ids.has(`person ${activity.personId ?? ''}`)).toBe(true);
      sources.add(`${activity.source.system} ${activity.source.recordId}`);
    }
    for (const figure of figures) expect(Figure.parse(figure)).toEqual(figure);
    expect(activities.filter((a) => Date.parse(a.at) > asOf)).toEqual([]);
    expect(events.filter((e) => (e.at.length === 10 ? e.at > '2026-10-15' : Date.parse(e.at) > asOf))).toEqual([]);
    expect([...linked].filter((id) => !ids.has(id))).toEqual([]);
  }
  expect(sources.size).toBeGreaterThan(40_000);
});

test('names and addresses are obviously invented', () => {
  const records = [...demoChunks({ persons: 5000 })].flatMap((chunk) => chunk.records);
  const persons = records.filter((r) => r.entityType === 'person');
  expect(persons).toHaveLength(5000);
  const emails = persons.map((r) => String(r.attributes['email']));
  expect(emails.filter((email) => !/^[\w-]+@[\w-]+\.example$/u.test(email))).toEqual([]);
});

test('a person brings a little over two stage events', () => {
  let events = 0;
  for (const chunk of demoChunks({ persons: 50_000 })) events += chunk.events.length;
  expect(events / 50_000).toBeGreaterThan(2);
  expect(events / 50_000).toBeLessThan(2.5);
});

test.each(['2025-01-01T00:00:00Z', '2025-03-30T01:30:00Z', '2026-08-31T22:30:00Z', '2027-12-31T12:00:00Z'])(
  'nothing happens after %s, however short the history',
  (asOf) => {
    for (const { events } of demoChunks({ persons: 3000, months: 6, asOf })) {
      expect(events.filter((e) => e.at.length > 10 && Date.parse(e.at) > Date.parse(asOf))).toEqual([]);
      expect(events.some((e) => Date.parse(e.at) > Date.parse(asOf) - 3 * 86_400_000)).toBe(true);
    }
  },
);
