import { expect, test } from 'vitest';
import { afterKills, killedAfter } from '../testing/kill-rounds.ts';
import { temporaryFolder } from '../testing/stores.ts';

test('a server killed at any moment has lost nothing it acknowledged, and doubled nothing', async () => {
  const folder = await temporaryFolder();
  const said: string[] = [];
  for (const lines of [2, 20, 60, 130]) said.push(...(await killedAfter(folder, lines)));
  const { acknowledged, kept, ...wrong } = await afterKills(folder, said);
  expect(acknowledged).toBeGreaterThan(200);
  expect(kept).toBeGreaterThanOrEqual(acknowledged);
  expect(wrong).toEqual({ refused: 0, lost: 0, doubled: 0, unlike: 0 });
});
