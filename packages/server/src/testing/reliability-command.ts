/**
 * usage: node reliability-command.ts kill [ROUNDS] [COMMANDS] | winner [ROUNDS] [SELLERS] | fuzz [REQUESTS] [SEED].
 * Says its figures as JSON; the exit code is 1 when one is wrong.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fuzz } from './fuzz.ts';
import { afterKills, killedAfter } from './kill-rounds.ts';
import { winners } from './winners.ts';

const [what = '', ...texts] = process.argv.slice(2);
const numbers = texts.map(Number);
const folder = mkdtempSync(join(tmpdir(), 'sama-reliability-'));

/** Kills a process in so many rounds, which together acknowledge about so many commands. */
async function kill([rounds = 50, commands = 20_000]: number[]): Promise<boolean> {
  const said: string[] = [];
  // Rounds of different lengths, so that no moment is left out.
  for (let round = 0; round < rounds; round += 1)
    said.push(...(await killedAfter(folder, Math.ceil((commands / rounds) * (0.1 + 1.8 * Math.random())))));
  const figures = await afterKills(folder, said);
  console.log(JSON.stringify({ rounds, ...figures }));
  return figures.lost + figures.doubled + figures.unlike + figures.refused === 0;
}

/** Lets sellers race for one hand-off over HTTP. */
async function winner([rounds = 100, sellers = 200]: number[]): Promise<boolean> {
  const figures = await winners(folder, rounds, sellers);
  console.log(JSON.stringify({ sellers, ...figures }));
  return figures.wrong === 0;
}

/** Sends malformed requests. */
async function malformed([requests = 100_000, seed = 1]: number[]): Promise<boolean> {
  const { failures, heap, ...rest } = await fuzz(folder, requests, seed);
  const heapMegabytes = { early: Math.round(heap.early / 2 ** 20), late: Math.round(heap.late / 2 ** 20) };
  console.log(JSON.stringify({ seed, ...rest, failures: failures.length, heapMegabytes }));
  for (const { request, said } of failures.slice(0, 10)) console.error(said, JSON.stringify(request).slice(0, 2000));
  return failures.length === 0;
}

try {
  const tries = { kill, winner, fuzz: malformed };
  const asked = Object.entries(tries).find(([name]) => name === what)?.[1];
  if (asked === undefined) throw new Error(`say one of ${Object.keys(tries).join(', ')}`);
  process.exitCode = (await asked(numbers)) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
