import type { Envelope } from '@sama/metrics/contracts';
import { expect, test } from 'vitest';
import { KeptAnswers } from './kept.ts';

const envelope = (length: number): Envelope => ({
  v: 1,
  status: 'empty',
  flags: [],
  warnings: [],
  message: 'x'.repeat(length),
});

test('keeps what was asked for last, within its room', () => {
  const kept = new KeptAnswers(3200);
  for (let i = 0; i < 100; i += 1) {
    kept.keep(`h${i}`, envelope(100));
    expect(kept.get('h0')?.envelope).toEqual(envelope(100));
  }
  const there = Array.from({ length: 100 }, (_, i) => `h${i}`).filter((hash) => kept.get(hash) !== undefined);
  // About 150 bytes each.
  expect(there.length).toBeGreaterThan(15);
  expect(there.length).toBeLessThan(23);
  expect(there).toContain('h99');
  kept.keep('large', envelope(300));
  expect(kept.get('large')).toBeUndefined();
  const [again = ''] = there;
  for (let i = 0; i < 50; i += 1) kept.keep(again, envelope(100));
  expect(there.every((hash) => kept.get(hash) !== undefined)).toBe(true);
});
