import { createMemoryEngine } from '@sama/metrics';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { createApp } from '../http/app.ts';
import { doorOf, Keeper, SqliteShelf } from '../ledger/index.ts';
import { Keyring } from '../sign-in/keyring.ts';
import { issueFor, tokenSignIn } from '../sign-in/tokens.ts';
import { Snapshots } from '../snapshots/store.ts';
import { ELEMENTS } from './app.ts';
import { historyOf, SMALL } from './cohorts.ts';
import { testDesk } from './desk.ts';
import { malformed, type Malformed } from './malformed.ts';

const Description = z.looseObject({ components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }) });
const AUDIENCE = { audience: 'sama', tenant: 'default' };

/** How a server took malformed requests. */
export interface Fuzzed {
  requests: number;
  /** How often each status was answered. */
  statuses: Record<number, number>;
  /** Requests it had no honest answer for: a status of 500, a thrown error, or an answer with internals. */
  failures: { request: Malformed; said: string }[];
  /** Bytes of the heap after the first tenth of the requests and after all. */
  heap: { early: number; late: number };
}

/**
 * Sends so many malformed requests to a server with an engine in memory, a ledger and snapshots in a folder, each with
 * a token of a person who may do everything, so that what is behind the gate is reached.
 */
export async function fuzz(folder: string, requests: number, seed: number): Promise<Fuzzed> {
  const keyring = await Keyring.open(folder);
  const snapshots = await Snapshots.open(folder);
  const keeper = await Keeper.open(await SqliteShelf.open(folder), {
    setup: { staff: { sellers: [], pools: [] } },
    log: () => {},
  });
  const logged: unknown[] = [];
  const comers = Array.from({ length: 60 }, (_, i) => ({
    quarter: i % 2 === 0 ? (1 as const) : (2 as const),
    region: i % 3 === 0 ? 'A' : 'B',
    stage: i % 3,
    outcome: 'open',
  }));
  const app = createApp({
    ...testDesk({ log: (error) => logged.push(error) }),
    definitions: () => [SMALL, ...testDesk().definitions()],
    engine: keeper.engine(createMemoryEngine(historyOf(comers))),
    ledger: doorOf(keeper),
    signIn: tokenSignIn(keyring, AUDIENCE),
    dataThrough: () => '2026-06-16',
    version: '0.1.0',
    origins: [],
    elements: ELEMENTS,
    snapshots,
  });
  const { key, secret } = await keyring.add('fuzz', 'issue', {
    scopes: ['*'],
    caps: ['drill', 'export', 'act'],
    origins: [],
    suppress: 0,
  });
  const person = { v: 1, sub: 'fuzz', name: 'Fuzz', team: 'marketing', role: 'marketing', seconds: 600 } as const;
  const tokenOf = async () =>
    (await issueFor(keyring, key, { ...person, caps: ['drill', 'export', 'act'] }, AUDIENCE)).token;
  let token = await tokenOf();
  const { components } = Description.parse(await (await app.request('/v1/openapi.json')).json());
  const fuzzed: Fuzzed = { requests: 0, statuses: {}, failures: [], heap: { early: 0, late: 0 } };
  const send = async (request: Malformed): Promise<string | undefined> => {
    const { method, path, headers, body } = request;
    const shown = path.startsWith('/v1/tokens') ? secret : token;
    const init = {
      method,
      headers: { ...headers, authorization: `Bearer ${shown}` },
      ...(body === undefined ? {} : { body }),
    };
    const before = logged.length;
    const response = await app.request(path, init);
    fuzzed.statuses[response.status] = (fuzzed.statuses[response.status] ?? 0) + 1;
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    const text = isStream ? '' : await response.text();
    if (isStream) await response.body?.cancel();
    if (response.status >= 500 || logged.length > before)
      return `${response.status} ${text.slice(0, 300)} ${String(logged.at(-1))}`;
    if (/\bat \S+ \(|node_modules|\.ts:\d|sqlite/i.test(text) && response.status >= 400)
      return `internals: ${text.slice(0, 300)}`;
    return undefined;
  };
  const generator = fc.sample(malformed(components.schemas), { numRuns: Math.min(requests, 2000), seed });
  for (let round = 0; fuzzed.requests < requests; round += 1) {
    const batch =
      round === 0 ? generator : fc.sample(malformed(components.schemas), { numRuns: 2000, seed: seed + round });
    for (const request of batch.slice(0, requests - fuzzed.requests)) {
      fuzzed.requests += 1;
      const said = await send(request).catch((error: unknown) => `threw ${String(error)}`);
      if (said !== undefined) fuzzed.failures.push({ request, said });
      if (fuzzed.requests === Math.ceil(requests / 10)) fuzzed.heap.early = process.memoryUsage().heapUsed;
    }
    token = await tokenOf();
  }
  fuzzed.heap.late = process.memoryUsage().heapUsed;
  await snapshots.close();
  await keyring.close();
  await keeper.close();
  return fuzzed;
}
