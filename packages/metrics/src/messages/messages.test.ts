import { describe, expect, test } from 'vitest';
import { ErrorCode, Flag, NullReason, WarningCode } from '../contracts/index.ts';
import { errorMessages, fillMessage, flagMessages, nullReasonMessages, warningMessages, warningText } from './index.ts';

describe('every code has words', () => {
  test.each([
    ['warnings', WarningCode.options, warningMessages],
    ['errors', ErrorCode.options, errorMessages],
    ['null reasons', NullReason.options, nullReasonMessages],
    ['flags', Flag.options, flagMessages],
  ] as const)('%s', (_, codes, messages) => {
    expect(Object.keys(messages).toSorted()).toEqual([...codes].toSorted());
    for (const message of Object.values(messages)) expect(fillMessage(message)).toMatch(/^[A-Z][^{}]+$/);
  });
});

test('numbers choose the plural form and are written in the language', () => {
  expect(warningText({ code: 'imputed-entries', params: { count: 1 } })).toBe(
    '1 entry is inferred from a later stage.',
  );
  expect(warningText({ code: 'imputed-entries', params: { count: 2120 } })).toBe(
    '2,120 entries are inferred from a later stage.',
  );
});

test('a language with more forms uses them', () => {
  const message = '{count|few:# wpisy|# wpis|# wpisów}';
  expect([1, 3, 5].map((count) => fillMessage(message, { count }, 'pl'))).toEqual(['1 wpis', '3 wpisy', '5 wpisów']);
});

test('a share is written in percent', () => {
  expect(fillMessage('{share%} done', { share: 0.5149 })).toBe('51.5% done');
});

test('a number that is not given leaves a sentence, not a gap', () => {
  expect(warningText({ code: 'future-events', params: { count: 12 } })).toMatch(
    /^12 events lie after .* and are left out\.$/,
  );
  expect(warningText({ code: 'future-events', params: { count: 1 } })).toMatch(
    /^1 event lies after .* and is left out\.$/,
  );
  expect(warningText({ code: 'future-events' })).toMatch(/^Events lie after .* and are left out\.$/);
});

test('parameters stay text, whatever they say', () => {
  expect(warningText({ code: 'missing-stage', params: { stage: '<b>{count}</b> $& $1' } })).toContain(
    'record <b>{count}</b> $& $1.',
  );
  expect(fillMessage('{toString}', {})).toBe('');
});
