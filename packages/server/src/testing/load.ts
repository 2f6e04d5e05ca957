import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { quantile } from '@sama/metrics/stats';
import { Pool } from 'undici';
import { encode } from './app.ts';
import { commandOf, type LoadedServer } from './load-server.ts';

const FUNNEL = { kind: 'funnel', funnel: 'lead-to-won', view: 'cohort' };

/** How fast something was answered: answers a second, and milliseconds of the median and the slowest hundredth. */
export interface Pace {
  perSecond: number;
  median: number;
  p99: number;
  /** Answers by status. */
  statuses: Record<number, number>;
}

/** A pace, and the milliseconds the processors worked for each answer: what a busy machine does not change. */
export interface Worked extends Pace {
  work: number;
}

async function working({ memory }: LoadedServer, run: () => Promise<Pace>): Promise<Worked> {
  const { worked } = await memory();
  const measured = await run();
  const answers = Object.values(measured.statuses).reduce((sum, one) => sum + one, 0);
  return { ...measured, work: (1000 * ((await memory()).worked - worked)) / answers };
}

/** Sends one request after the other over so many connections, until there is none or time is up. */
async function pace(
  origin: URL,
  connections: number,
  seconds: number,
  next: (
    i: number,
  ) => { path: string; method?: 'GET' | 'POST'; headers: Record<string, string>; body?: string } | undefined,
): Promise<Pace> {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const times: number[] = [];
  const statuses: Record<number, number> = {};
  const began = performance.now();
  const until = began + seconds * 1000;
  let sent = 0;
  const one = async (): Promise<void> => {
    while (performance.now() < until) {
      const request = next(sent++);
      if (request === undefined) return;
      const at = performance.now();
      const { statusCode, body } = await pool.request({ method: 'GET', ...request });
      await body.dump({ limit: 2 ** 24 });
      times.push(performance.now() - at);
      statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  const elapsed = (performance.now() - began) / 1000;
  await pool.close();
  times.sort((a, b) => a - b);
  const at = (p: number): number => quantile(times, p) ?? Number.NaN;
  return { perSecond: times.length / elapsed, median: at(0.5), p99: at(0.99), statuses };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** The same funnel again and again, from memory. */
export async function cachedFunnel(server: LoadedServer, seconds: number): Promise<Worked> {
  const { url, tokens } = server;
  const [token = ''] = await tokens();
  const request = { path: `/v1/query?q=${encode(FUNNEL)}`, headers: bearer(token) };
  await pace(url, 32, Math.min(2, seconds), () => request);
  return working(server, () => pace(url, 32, seconds, () => request));
}

/** The bytes of the same answer by a bare server of Node.js, for orientation: what is left to this machine. */
export async function bareNode({ url, tokens }: LoadedServer, seconds: number): Promise<Pace> {
  const [token = ''] = await tokens();
  const body = await (await fetch(new URL(`/v1/query?q=${encode(FUNNEL)}`, url), { headers: bearer(token) })).text();
  const worker = new Worker(new URL(import.meta.url), { workerData: { bare: body } });
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  try {
    return await pace(new URL(`http://127.0.0.1:${port}`), 32, seconds, () => ({ path: '/', headers: bearer(token) }));
  } finally {
    await worker.terminate();
  }
}

/** Each hand-off accepted once, by one of fifty sellers; an answer means that it is on the disk. */
export async function accepts(server: LoadedServer, count: number): Promise<Worked> {
  const { url, tokens, offers } = server;
  const all = await tokens();
  return working(server, () =>
    pace(url, 32, 600, (i) => {
      const id = i < count ? offers[i] : undefined;
      if (id === undefined) return undefined;
      return {
        path: '/v1/commands',
        method: 'POST',
        headers: { ...bearer(all[i % all.length] ?? ''), 'content-type': 'application/json' },
        body: JSON.stringify(commandOf(id, 'accept', {}, 2)),
      };
    }),
  );
}

/** What became of many live streams while a command came each second. */
export interface StreamFigures {
  streams: number;
  commands: number;
  /** News that every stream should have had, and had: the version after each command, or a later one. */
  missed: number;
  /** Milliseconds from the answer to a command to its news at the slowest stream of each hundred. */
  p99: number;
  /** Megabytes of the server's memory before, with all streams open, and at the end. */
  megabytes: { before: number; open: number; end: number };
}

/** Opens many streams, and gives a command each second. */
export async function liveStreams(server: LoadedServer, count: number, commands: number): Promise<StreamFigures> {
  const { url, tokens, offers, memory } = server;
  const all = await tokens();
  const before = await memory();
  const heard: { version: number; at: number }[] = Array.from({ length: count }, () => ({ version: -1, at: 0 }));
  const sockets = await Promise.all(heard.map((ear, i) => listening(url, all[i % all.length] ?? '', ear)));
  const open = await memory();
  const waits: number[] = [];
  let missed = 0;
  for (let i = 0; i < commands; i += 1) {
    const id = offers[offers.length - 1 - i] ?? '';
    const response = await fetch(new URL('/v1/commands', url), {
      method: 'POST',
      headers: { ...bearer(all[0] ?? ''), 'content-type': 'application/json' },
      body: JSON.stringify(commandOf(id, 'note', { text: 'called' }, 2)),
    });
    const at = performance.now();
    if (response.status !== 200) throw new Error(`a command was answered ${response.status}: ${await response.text()}`);
    await response.text();
    // Each look of the server comes within a second; one more for a machine that is busy.
    const version = Math.max(...heard.map((ear) => ear.version));
    await pause(Math.max(0, 1000 - (performance.now() - at)));
    for (let more = 0; more < 20 && heard.some((ear) => ear.version <= version && ear.at < at); more += 1)
      await pause(50);
    for (const ear of heard) {
      if (ear.at < at) missed += 1;
      else waits.push(ear.at - at);
    }
  }
  const end = await memory();
  for (const socket of sockets) socket.destroy();
  waits.sort((a, b) => a - b);
  const mega = ({ resident }: { resident: number }): number => Math.round(resident / 2 ** 20);
  return {
    streams: count,
    commands,
    missed,
    p99: Math.round(quantile(waits, 0.99) ?? Number.NaN),
    megabytes: { before: mega(before), open: mega(open), end: mega(end) },
  };
}

/** A stream read from a bare socket, which costs the least here; resolves when its first event is there. */
function listening(url: URL, token: string, ear: { version: number; at: number }): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () =>
      socket.write(`GET /v1/live HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: Bearer ${token}\r\n\r\n`),
    );
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('a stream was closed')));
    socket.on('data', (chunk: Buffer) => {
      const text = chunk.toString('latin1');
      const version = /"ledgerVersion":"(\d+)"/.exec(text)?.[1];
      if (version === undefined) return;
      ear.version = Number(version);
      ear.at = performance.now();
      resolve(socket);
    });
  });
}

/** A moment of a soak. */
export interface Sample {
  seconds: number;
  resident: number;
  heap: number;
}

/** Questions, commands and streams that come and go, for so many minutes, at a pace that leaves the machine air. */
export async function soak(
  server: LoadedServer,
  minutes: number,
): Promise<{ samples: Sample[]; statuses: Record<number, number> }> {
  const samples: Sample[] = [];
  const statuses: Record<number, number> = {};
  const began = performance.now();
  const until = began + minutes * 60_000;
  let tokens = await server.tokens();
  const renew = setInterval(() => void server.tokens().then((fresh) => (tokens = fresh)), 120_000);
  const ear = { version: -1, at: 0 };
  let accepted = 0;
  for (let round = 0; performance.now() < until; round += 1) {
    const sockets = await Promise.all(
      Array.from({ length: 20 }, (_, i) => listening(server.url, tokens[i] ?? '', ear)),
    );
    const segments = ['', `2026-0${1 + (round % 6)}`];
    const asked = await pace(server.url, 8, 8, (i) => {
      const headers = bearer(tokens[i % tokens.length] ?? '');
      const id = i % 200 === 0 ? server.offers[accepted++] : undefined;
      if (id !== undefined)
        return {
          path: '/v1/commands',
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(commandOf(id, 'accept', {}, 2)),
        };
      const period = segments[i % 2] ?? '';
      return { path: `/v1/query?q=${encode(period === '' ? FUNNEL : { ...FUNNEL, period })}`, headers };
    });
    for (const [status, count] of Object.entries(asked.statuses))
      statuses[Number(status)] = (statuses[Number(status)] ?? 0) + count;
    for (const socket of sockets) socket.destroy();
    await pause(500);
    samples.push({ seconds: Math.round((performance.now() - began) / 1000), ...(await server.memory()) });
  }
  clearInterval(renew);
  return { samples, statuses };
}

function bareServer(body: string): Server {
  const bytes = Buffer.from(body);
  return createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
    response.end(bytes);
  });
}

if (!isMainThread) {
  const { bare }: { bare?: unknown } = workerData ?? {};
  if (typeof bare === 'string') {
    const server = bareServer(bare);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      parentPort?.postMessage(typeof address === 'object' && address !== null ? address.port : 0, []);
    });
  }
}
