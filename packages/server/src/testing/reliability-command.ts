/**
 * usage: node reliability-command.ts kill [ROUNDS] [COMMANDS] | winner [ROUNDS] [SELLERS] | clocks [HANDOFFS] | fuzz [REQUESTS] [SEED]
 *   | raw [REQUESTS] [SEED] | load [SECONDS] [STREAMS] | soak [MINUTES] | size [PERSONS …], the last three perhaps with --write, | container.
 * With `--ledger postgres` kills and winners are of a ledger in PostgreSQL (that of DATABASE_URL, else one it starts), and
 * winners ask two servers of it; clocks are always of two servers of one in PostgreSQL.
 * Says its figures; the exit code is 1 when one is wrong. With --write they go into the docs too.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listen } from '../http/listen.ts';
import { testApp } from './app.ts';
import { clockRounds } from './clock-rounds.ts';
import { fuzz } from './fuzz.ts';
import { afterKills, killedAfter } from './kill-rounds.ts';
import { localPostgres } from './local-postgres.ts';
import { rawFuzz } from './raw.ts';
import { writeSection } from './report-section.ts';
import { cellsOf, machineText, runLoad, runSoak, tableOf, type LoadRow } from './run-load.ts';
import { runContainer } from './run-container.ts';
import { runSizes } from './run-size.ts';
import { winners } from './winners.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { ledger: { type: 'string', default: 'sqlite' }, write: { type: 'boolean', default: false } },
});
const [what = '', ...texts] = positionals;
const isWritten = values.write;
const numbers = texts.map(Number);
const folder = mkdtempSync(join(tmpdir(), 'sama-reliability-'));

/** Kills a process in so many rounds, which together acknowledge about so many commands. */
async function kill([rounds = 50, commands = 20_000]: number[], place: string): Promise<boolean> {
  const said: string[] = [];
  // Rounds of different lengths, so that no moment is left out.
  for (let round = 0; round < rounds; round += 1)
    said.push(...(await killedAfter(place, Math.ceil((commands / rounds) * (0.1 + 1.8 * Math.random())))));
  const figures = await afterKills(place, said);
  console.log(JSON.stringify({ ledger: values.ledger, rounds, ...figures }));
  return figures.lost + figures.doubled + figures.unlike + figures.refused === 0;
}

/** Lets sellers race for one hand-off over HTTP. */
async function winner([rounds = 100, sellers = 200]: number[], place: string): Promise<boolean> {
  const servers = values.ledger === 'postgres' ? 2 : 1;
  const figures = await winners(place, { rounds, sellers, servers });
  console.log(JSON.stringify({ ledger: values.ledger, servers, sellers, ...figures }));
  return figures.wrong === 0;
}

/** Lets two servers follow the clocks of hand-offs nobody accepts, and kills them in turn. */
async function clocks([handoffs = 100]: number[], place: string): Promise<boolean> {
  const figures = await clockRounds(place, handoffs);
  console.log(JSON.stringify({ servers: 2, ...figures }));
  return figures.missing + figures.doubled + figures.wrong === 0;
}

/** Sends malformed requests. */
async function malformed([requests = 100_000, seed = 1]: number[]): Promise<boolean> {
  const { failures, heap, ...rest } = await fuzz(folder, requests, seed);
  const heapMegabytes = { early: Math.round(heap.early / 2 ** 20), late: Math.round(heap.late / 2 ** 20) };
  console.log(JSON.stringify({ seed, ...rest, failures: failures.length, heapMegabytes }));
  for (const { request, said } of failures.slice(0, 10)) console.error(said, JSON.stringify(request).slice(0, 2000));
  return failures.length === 0;
}

/** Writes raw bytes to sockets. */
async function raw([requests = 100_000, seed = 1]: number[]): Promise<boolean> {
  const logged: unknown[] = [];
  const { app } = testApp({ log: (error) => logged.push(error) });
  const server = await listen(app.fetch, 0);
  await rawFuzz(server.port, Math.ceil(requests / 10), seed);
  const early = process.memoryUsage();
  const { failures, ...rest } = await rawFuzz(server.port, requests, seed + 1_000);
  const late = process.memoryUsage();
  await server.close(0);
  const megabytes = (usage: NodeJS.MemoryUsage) => ({
    heap: Math.round(usage.heapUsed / 2 ** 20),
    process: Math.round(usage.rss / 2 ** 20),
  });
  console.log(
    JSON.stringify({
      seed,
      ...rest,
      failures: failures.length,
      logged: logged.length,
      early: megabytes(early),
      late: megabytes(late),
    }),
  );
  for (const { request, statuses } of failures.slice(0, 10))
    console.error(
      statuses,
      request.kind,
      JSON.stringify(Buffer.concat(request.pieces).toString('latin1')).slice(0, 2000),
    );
  for (const error of logged.slice(0, 5)) console.error(error);
  return failures.length === 0 && logged.length === 0 && rest.alive;
}

function report(name: string, rows: readonly LoadRow[]): boolean {
  const text = `${machineText(new Date())}\n\n${tableOf(cellsOf(rows))}`;
  console.log(text);
  for (const { what, promise } of rows.filter(({ holds }) => !holds))
    console.error(`Not as promised: ${what}: ${promise}`);
  if (isWritten) writeSection('reliability.md', name, text);
  return rows.every(({ holds }) => holds);
}

/** Asks, commands and listens as much as the machine can. */
async function load([seconds = 20, streams = 1_000]: number[]): Promise<boolean> {
  return report('load', await runLoad(folder, seconds, streams));
}

/** Lets everything run for long. */
async function long([minutes = 10]: number[]): Promise<boolean> {
  const { row, samples } = await runSoak(folder, minutes);
  for (const { seconds, heap, resident } of samples)
    console.error(`${seconds} s: heap ${Math.round(heap / 2 ** 20)} MB, process ${Math.round(resident / 2 ** 20)} MB`);
  return report('soak', [row]);
}

/** Looks what companies of several sizes take. */
async function size(sizes: number[]): Promise<boolean> {
  const [before = 0] = loadavg();
  const rows = await runSizes(folder, sizes.length === 0 ? [1_000, 10_000, 100_000] : sizes);
  const others = `When it began, the load of the machine by other programs was ${before.toFixed(1)}.`;
  const text = `${machineText(new Date())} ${others}\n\n${tableOf(rows)}`;
  console.log(text);
  if (isWritten) writeSection('operations.md', 'size', text);
  return true;
}

/** Carries out the container file without an engine for containers. */
async function container(): Promise<boolean> {
  const built = await runContainer(folder);
  console.log(JSON.stringify(built));
  const isWell = built.statuses.join() === '200,401,0' && Object.values(built.calls).every((code) => code === 0);
  return isWell && built.stopped === 0;
}

try {
  const tries = { container, kill, winner, clocks, fuzz: malformed, raw, load, soak: long, size };
  const asked = Object.entries(tries).find(([name]) => name === what)?.[1];
  if (asked === undefined) throw new Error(`say one of ${Object.keys(tries).join(', ')}`);
  if (!['sqlite', 'postgres'].includes(values.ledger)) throw new Error('--ledger is sqlite or postgres');
  const isShared = values.ledger === 'postgres' || what === 'clocks';
  const postgres = isShared ? await localPostgres() : undefined;
  try {
    process.exitCode = (await asked(numbers, postgres?.url ?? folder)) ? 0 : 1;
  } finally {
    await postgres?.stop();
  }
} finally {
  rmSync(folder, { recursive: true });
}
