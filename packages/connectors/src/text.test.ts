import { expect, test } from 'vitest';
import { decodeSample, guessEncoding, nearest } from './text.ts';

const latin = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

test('encodings are found by mark, by NULs and by what is valid', () => {
  expect(guessEncoding(new TextEncoder().encode('\uFEFFa'))).toMatchObject({ encoding: 'utf-8', mark: 3 });
  expect(guessEncoding(new TextEncoder().encode('é'), true)).toMatchObject({ encoding: 'utf-8', mark: 0 });
  expect(guessEncoding(latin('\u00ff\u00fea\u0000'))).toMatchObject({ encoding: 'utf-16le', mark: 2 });
  expect(guessEncoding(latin('\u00fe\u00ff\u0000a'))).toMatchObject({ encoding: 'utf-16be', mark: 2 });
  expect(guessEncoding(latin('a\u0000b\u0000c\u0000'))).toMatchObject({ encoding: 'utf-16le', mark: 0 });
  expect(guessEncoding(latin('M\u00fcller'), true)).toMatchObject({ encoding: 'windows-1252' });
  const euro = latin('\u0080');
  expect(decodeSample(euro, guessEncoding(euro, true))).toBe('€');
});

test('a misspelt name finds the one that was meant', () => {
  const names = ['opportunity_id', 'Close Date', 'amount', 'owner'];
  expect(nearest('Opportunity ID', names)[0]).toBe('opportunity_id');
  expect(nearest('closedate', names)[0]).toBe('Close Date');
  expect(nearest('amuont', names)[0]).toBe('amount');
  expect(nearest('zzz', names)).toEqual([]);
});
