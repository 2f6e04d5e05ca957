import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { replayHandoff } from '@sama/metrics/handoff';
import { expect, test } from 'vitest';
import { openTestKeeper } from '../testing/ledgers.ts';
import { temporaryFolder } from '../testing/stores.ts';

const entry = join(import.meta.dirname, '..', 'testing', 'keep-and-die.ts');

/** Lets a process give commands, kills it amid others once it has said so many lines, and gives what it had said by then. */
async function killedAfter(folder: string, lines: number): Promise<string[]> {
  const child = spawn(process.execPath, [entry, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'close');
  let said = '';
  const enough = new Promise<void>((resolve) => {
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString('utf8');
      if (said.split('\n').length > lines) resolve();
    });
  });
  await Promise.race([enough, gone]);
  child.kill('SIGKILL');
  await gone;
  // The last line may be half written.
  return said.split('\n').slice(1, -1);
}

test('a server killed at any moment has lost nothing it acknowledged, and doubled nothing', async () => {
  const folder = await temporaryFolder();
  const acknowledged: string[] = [];
  for (const lines of [2, 20, 60, 130]) acknowledged.push(...(await killedAfter(folder, lines)));
  expect(acknowledged.length).toBeGreaterThan(200);
  expect(acknowledged.filter((line) => !line.startsWith('done '))).toEqual([]);
  const keeper = await openTestKeeper(folder);
  const { desk } = keeper;
  const kept = new Map([...desk.logs()].flatMap(([id, log]) => log.map((e) => [e.commandId, `${id} ${e.version}`])));
  const lost = acknowledged.filter((line) => {
    const [, commandId = '', id = '', version = ''] = line.split(' ');
    return kept.get(commandId) !== `${id} ${version}`;
  });
  expect(lost).toEqual([]);
  for (const [id, log] of desk.logs()) {
    expect(log.map(({ version }) => version)).toEqual(log.map((_, i) => i + 1));
    expect(replayHandoff(id, log)).toEqual(desk.book.state(id));
  }
  expect(kept.size).toBe(desk.version);
  await keeper.close();
});
