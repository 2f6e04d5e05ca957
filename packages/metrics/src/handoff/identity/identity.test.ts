import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { refusal } from '../../testing/refusal.ts';
import { createPersonIndex, emailKey, identityKeys, mergedPeople, mergesByKeys, phoneKey } from './index.ts';

test.each([
  [' Ana@Example.COM ', {}, 'ana@example.com'],
  ['ana+news@example.com', {}, 'ana+news@example.com'],
  ['ana+news@example.com', { plusTags: 'drop' }, 'ana@example.com'],
  ['+x@example.com', { plusTags: 'drop' }, '+x@example.com'],
  ['ana@localhost', {}, null],
  ['ana at example.com', {}, null],
  ['a@b@example.com', {}, null],
] as const)('e-mail %s %o is %s', (text, options, key) => expect(emailKey(text, options)).toBe(key));

test.each([
  ['+49 30 1234-5678', {}, '+493012345678'],
  ['0049 (0)30 12345678', {}, '+493012345678'],
  ['(030) 1234 5678', { callingCode: '49' }, '+493012345678'],
  ['(030) 1234 5678', {}, null],
  ['02 1234 5678', { callingCode: '39', trunkPrefix: '' }, '+390212345678'],
  ['02 1234 5678', { callingCode: '39' }, '+390212345678'],
  ['1-415-555-0100', { callingCode: '1' }, '+14155550100'],
  ['(415) 555-0100', { callingCode: '1' }, '+14155550100'],
  ['8 (495) 123-45-67', { callingCode: '7' }, '+74951234567'],
  ['+1 212 555 0100 ext. 42', {}, '+12125550100'],
  ['tel:+1-212-555-0100', {}, '+12125550100'],
  ['+49 30', {}, null],
  ['+1234567890123456', {}, null],
  ['call me', {}, null],
] as const)('phone %s %o is %s', (text, options, key) => expect(phoneKey(text, options)).toBe(key));

test('a key in common is the same person; a like name at the same domain is a suggestion', () => {
  const index = createPersonIndex([
    { id: 'P1', emails: ['ana.ng@acme.example'], name: 'Ana Ng' },
    { id: 'P2', phones: ['+1 212 555 0100'], name: 'Bo Li', domain: 'acme.example' },
    { id: 'P3', records: [{ system: 'hubspot', recordId: '7' }], name: 'Ana Ng', domain: 'other.example' },
  ]);
  expect(index.match({ id: 'X', emails: ['ANA.NG@acme.example'] })).toEqual({ same: ['P1'], suggested: [] });
  expect(index.match({ id: 'X', phones: ['0012125550100'], emails: ['bo@acme.example'] }).same).toEqual(['P2']);
  expect(index.match({ id: 'X', records: [{ system: 'hubspot', recordId: '7' }] }).same).toEqual(['P3']);
  expect(index.match({ id: 'X', name: 'Ng, Anà', emails: ['a.ng@acme.example'] })).toEqual({
    same: [],
    suggested: ['P1'],
  });
  expect(index.match({ id: 'P1', emails: ['ana.ng@acme.example'], name: 'Ana Ng' })).toEqual({
    same: [],
    suggested: [],
  });
});

test('merges: chains end at the survivor, the same twice or in a circle is refused', () => {
  const { survivorOf, idsOf } = mergedPeople([
    { from: 'B', into: 'A' },
    { from: 'D', into: 'C' },
    { from: 'A', into: 'D' },
  ]);
  expect(['A', 'B', 'C', 'D', 'E'].map(survivorOf)).toEqual(['C', 'C', 'C', 'C', 'E']);
  expect(idsOf('B')).toEqual(['C', 'D', 'A', 'B']);
  const twice = [
    { from: 'B', into: 'A' },
    { from: 'B', into: 'C' },
  ];
  expect(refusal(() => mergedPeople(twice))).toMatchObject({ field: 'merges.1.from', remedy: 'merge A' });
  const circle = [
    { from: 'B', into: 'A' },
    { from: 'A', into: 'B' },
  ];
  expect(refusal(() => mergedPeople(circle)).field).toBe('merges.1.into');
});

test('people are one exactly when a chain of keys joins them, into the first of them', () => {
  const person = fc.uniqueArray(fc.nat(12), { maxLength: 3 });
  fc.assert(
    fc.property(fc.array(person, { maxLength: 15 }), (keys) => {
      const people = keys.map((own, i) => ({ id: `P${i}`, emails: own.map((k) => `${k}@x.example`) }));
      const { survivorOf } = mergedPeople(mergesByKeys(people));
      // The slow way: labels spread until nothing changes.
      const label = people.map((_, i) => i);
      for (let changed = true; changed;) {
        changed = false;
        for (const [i, a] of people.entries()) {
          for (const [j, b] of people.entries()) {
            const joined = identityKeys(a).some((key) => identityKeys(b).includes(key));
            if (joined && (label[j] ?? 0) < (label[i] ?? 0)) [label[i], changed] = [label[j] ?? 0, true];
          }
        }
      }
      expect(people.map(({ id }) => survivorOf(id))).toEqual(label.map((i) => `P${i}`));
    }),
    { seed: 3 },
  );
});

test('records of different systems never have one key, whatever the systems are called', () => {
  const keys = [
    { system: 'hubspot:eu', recordId: '1' },
    { system: 'hubspot', recordId: 'eu:1' },
    { system: 'hubspot%3Aeu', recordId: '1' },
  ].flatMap((record) => identityKeys({ id: 'X', records: [record] }));
  expect(new Set(keys).size).toBe(3);
});
