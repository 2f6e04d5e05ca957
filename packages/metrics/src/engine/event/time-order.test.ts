import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inTimeOrder } from './time-order.ts';

test('rows come by instant, and those of one instant as they were, whether instants are spread or crowded', () => {
  const crowded = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 120 });
  const spread = fc.array(fc.integer({ min: -1e12, max: 1e12 }), { maxLength: 120 });
  // One instant far away leaves all others in one bucket.
  const skewed = crowded.map((instants) => [...instants, 1e12]);
  fc.assert(
    fc.property(fc.oneof(crowded, spread, skewed), (instants) => {
      const rows = Int32Array.from(instants, (_, i) => instants.length - 1 - i);
      const expected = [...rows].sort((a, b) => (instants[a] ?? 0) - (instants[b] ?? 0));
      expect([...inTimeOrder(rows, instants)]).toEqual(expected);
    }),
  );
});
