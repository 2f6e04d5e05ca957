import { expect, test } from 'vitest';
import { fuzz } from '../testing/fuzz.ts';
import { temporaryFolder } from '../testing/stores.ts';

test('malformed requests get an honest no, whatever they are made of', async () => {
  const { requests, statuses, failures } = await fuzz(await temporaryFolder(), 1500, 1);
  expect(failures.slice(0, 3)).toEqual([]);
  expect(requests).toBe(1500);
  // Most are refused for what they say, and some get as far as the engine.
  expect(Object.keys(statuses).map(Number)).toEqual(expect.arrayContaining([200, 404, 405, 413, 422]));
});
