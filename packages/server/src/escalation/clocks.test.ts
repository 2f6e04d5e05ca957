import { describe, expect, test } from 'vitest';
import { clockRounds } from '../testing/clock-rounds.ts';
import { schemaOn } from '../testing/postgres-ledgers.ts';

const url = process.env['DATABASE_URL'];

describe.runIf(url !== undefined)('two servers that follow the clocks of one ledger', () => {
  test('send each notice once, and act once, though one is killed in the middle of it', async () => {
    const { at, drop } = await schemaOn(url ?? '');
    try {
      // Four levels are due at once; at two of them the rule acts by itself.
      expect(await clockRounds(at, 9, ['reassign'])).toMatchObject({
        arrived: 36,
        killed: 1,
        missing: 0,
        doubled: 0,
        wrong: 0,
      });
    } finally {
      await drop();
    }
  });
});
