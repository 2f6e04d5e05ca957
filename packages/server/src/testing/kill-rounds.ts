import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { replayHandoff } from '@sama/metrics/handoff';
import { isDeepStrictEqual } from 'node:util';
import { openTestKeeper } from './ledgers.ts';

const entry = join(import.meta.dirname, 'keep-and-die.ts');

/** Lets a process give commands, kills it amid others once it has said so many lines, and gives what it had said by then. */
export async function killedAfter(place: string, lines: number): Promise<string[]> {
  const child = spawn(process.execPath, [entry, place], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'close');
  let said = '';
  let count = 0;
  const enough = new Promise<void>((resolve) => {
    child.stdout.on('data', (part: Buffer) => {
      const text = part.toString('utf8');
      said += text;
      count += text.split('\n').length - 1;
      if (count >= lines) resolve();
    });
  });
  await Promise.race([enough, gone]);
  child.kill('SIGKILL');
  await gone;
  // The last line may be half written.
  return said.split('\n').slice(1, -1);
}

/** What became of acknowledged commands. All but `acknowledged` and `kept` should be 0. */
export interface KillFigures {
  acknowledged: number;
  /** In the ledger, with those whose acknowledgement was cut off. */
  kept: number;
  refused: number;
  lost: number;
  doubled: number;
  /** Hand-offs whose replay is not the state, or whose versions have a gap. */
  unlike: number;
}

/** Reads a ledger again and compares it with what was said of it. */
export async function afterKills(place: string, said: readonly string[]): Promise<KillFigures> {
  const acknowledged = said.filter((line) => line.startsWith('done '));
  const keeper = await openTestKeeper(place);
  const { desk } = keeper;
  const places = new Map<string, string[]>();
  let [kept, unlike] = [0, 0];
  for (const [id, log] of desk.logs()) {
    for (const { commandId, version } of log) {
      kept += 1;
      places.set(commandId, [...(places.get(commandId) ?? []), `${id} ${version}`]);
    }
    const isWhole = log.every(({ version }, i) => version === i + 1);
    if (!isWhole || !isDeepStrictEqual(replayHandoff(id, log), desk.book.state(id))) unlike += 1;
  }
  const lost = acknowledged.filter((line) => {
    const [, commandId = '', id = '', version = ''] = line.split(' ');
    return places.get(commandId)?.[0] !== `${id} ${version}`;
  });
  await keeper.close();
  return {
    acknowledged: acknowledged.length,
    kept,
    refused: said.length - acknowledged.length,
    lost: lost.length,
    doubled: [...places.values()].filter(({ length }) => length > 1).length,
    unlike,
  };
}
