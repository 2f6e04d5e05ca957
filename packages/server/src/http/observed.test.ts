import { expect, onTestFinished, test } from 'vitest';
import { examples } from '../../../../scripts/examples.mjs';
import { doorOf } from '../ledger/index.ts';
import { openLog } from '../observe/log.ts';
import { openMetrics } from '../observe/metrics.ts';
import type { Observer, RequestLine } from '../observe/observer.ts';
import { encode, post, testApp } from '../testing/app.ts';
import { commandOn, offer, openTestKeeper } from '../testing/ledgers.ts';
import { bearer, testSignIn } from '../testing/sign-in.ts';
import { temporaryFolder } from '../testing/stores.ts';
import { listen } from './listen.ts';

const FUNNEL = { kind: 'funnel', funnel: 'lead-to-won' };
const QUERY = `/v1/query?q=${encode(FUNNEL)}`;

const PAGE = { body: new TextEncoder().encode('page'), type: 'text/html; charset=utf-8' };

/** A server behind sign-in that logs and counts. */
async function observedServer() {
  const gate = await testSignIn();
  const keeper = await openTestKeeper(await temporaryFolder());
  onTestFinished(() => keeper.close());
  await offer(keeper, 'H1');
  const lines: string[] = [];
  const log = openLog('debug', (line) => lines.push(line));
  const metrics = openMetrics('0.1.0', () => Promise.resolve({ kept: 7, merged: 2, refused: 1 }));
  const observer: Observer = {
    ...metrics,
    request: (line) => {
      metrics.request(line);
      log.request(line);
    },
  };
  const closing = new AbortController();
  const appWith = (token?: string) =>
    testApp({
      signIn: gate.signIn,
      observer,
      log: log.error,
      closing: closing.signal,
      figures: { text: metrics.text, token },
      ledger: doorOf(keeper),
      // They answer at every path that nothing else does.
      pages: { files: new Map([['index.html', PAGE]]) },
    }).app;
  const server = await listen(appWith().fetch, 0);
  onTestFinished(() => server.close(0));
  const headers = bearer(await gate.sign(gate.right({ sub: 'dana', name: 'Dana Doe' })));
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${server.port}${path}`, { ...init, headers: { ...headers, ...Object(init.headers) } });
  return { gate, lines, ask, appWith, closing, headers, port: server.port };
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 30));

test('each request is a line with its route, and nothing of who asked what', async () => {
  const { ask, lines, gate, headers } = await observedServer();
  const personal = { ...FUNNEL, filter: { field: 'attributes.email', eq: 'dana.doe@example.com' } };
  const paths = [QUERY, `/v1/query?q=${encode(personal)}`, '/s/secret-link-of-a-snapshot', '/v1/none?name=Dana%20Doe'];
  for (const path of paths) await (await ask(path, { headers: { 'x-request-id': 'from-the-proxy' } })).text();
  await (await ask('/v1/commands', post(commandOn('H1', 'note', { text: 'Dana Doe called' }, 2)))).text();
  await soon();
  const told = lines
    .map((line): RequestLine & { msg: string } => JSON.parse(line))
    .filter(({ msg }) => msg === 'request');
  expect(told.map(({ method, route, status }) => [method, route, status])).toEqual([
    ['GET', '/v1/query', 200],
    ['GET', '/v1/query', 200],
    ['GET', '/s/:link', 404],
    ['GET', 'none', 404],
    ['POST', '/v1/commands', 200],
  ]);
  expect(told[0]).toMatchObject({ id: 'from-the-proxy', tenant: 'default', key: gate.hostKey.id, left: false });
  for (const { ms, bytes } of told) expect([ms > 0, bytes > 100]).toEqual([true, true]);
  const [example] = examples('log', 'json');
  expect(Object.keys(JSON.parse(example?.code ?? ''))).toEqual(Object.keys(told[0] ?? {}));
  const all = lines.join('');
  for (const secret of ['dana', 'Dana', 'secret-link', encode(FUNNEL), headers['authorization'] ?? ''])
    expect(all).not.toContain(secret);
});

test('the answer names the id of its request', async () => {
  const { ask } = await observedServer();
  expect((await ask(QUERY, { headers: { 'x-request-id': 'r-9' } })).headers.get('x-request-id')).toBe('r-9');
  expect((await ask(QUERY, { headers: { 'x-request-id': 'r 9"' } })).headers.get('x-request-id')).toMatch(
    /^[\da-f-]{36}$/,
  );
  expect((await ask('/none')).headers.get('x-request-id')).not.toBeNull();
});

test('figures tell what was asked, kept and done, and make no series of what requests say', async () => {
  const { ask } = await observedServer();
  const tag = (await ask(QUERY)).headers.get('etag') ?? '';
  await ask(QUERY, { headers: { 'if-none-match': tag } });
  for (const name of ['a', 'b', 'c']) await ask(`/s/${name}`);
  await ask('/v1/commands', post(commandOn('H1', 'accept', {}, 7)));
  await soon();
  const text = await (await ask('/metrics')).text();
  expect(text).toMatch(/sama_http_request_duration_seconds_count\{method="GET",route="\/s\/:link",status="404"\} 3/);
  expect(text).toMatch(/sama_http_request_duration_seconds_count\{method="GET",route="\/v1\/query",status="304"\} 1/);
  expect(text).toMatch(/sama_question_duration_seconds_count\{engine="\w+",kind="funnel",status="ok"\} 1/);
  expect(text).toContain('sama_answers_total{found="none"} 1');
  expect(text).toContain('sama_answers_total{found="client"} 1');
  expect(text).toMatch(/sama_commands_total\{of="handoff",outcome="(conflict|refused)"\} 1/);
  expect(text).toContain('sama_import_rows{result="refused"} 1');
  for (const name of ['sama_live_streams', 'nodejs_eventloop_lag_seconds', 'process_resident_memory_bytes'])
    expect(text).toContain(name);
});

test('figures are for this machine, not through a proxy, or for whoever has their token', async () => {
  const { ask, appWith } = await observedServer();
  expect((await ask('/metrics')).status).toBe(200);
  for (const [name, value] of [
    ['x-forwarded-for', '10.0.0.1'],
    ['forwarded', 'for=10.0.0.1'],
    ['origin', 'http://x.example'],
  ])
    expect((await ask('/metrics', { headers: { [name ?? '']: value ?? '' } })).status, name).toBe(403);
  // Nothing is known of where a request comes from that is made in the process.
  expect((await appWith().request('/metrics')).status).toBe(403);
  const open = appWith('figures-token');
  const statusOf = async (authorization: string) =>
    (await open.request('/metrics', { headers: { authorization } })).status;
  expect(await Promise.all(['Bearer figures-token', 'Bearer figures-toke', 'figures-token'].map(statusOf))).toEqual([
    200, 401, 401,
  ]);
});

test('a server that stops says so to proxies, and still answers', async () => {
  const { ask, closing } = await observedServer();
  expect((await ask('/readyz')).status).toBe(200);
  closing.abort();
  const { status, headers } = await ask('/readyz');
  expect([status, headers.get('retry-after')]).toEqual([503, '1']);
  expect((await ask(QUERY)).status).toBe(200);
});
