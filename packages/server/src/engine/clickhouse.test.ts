import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Question } from '@sama/metrics/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openWorkspace } from '../cli/workspace.ts';
import { ask, frameOf } from '../http/answer.ts';
import { owner } from '../sign-in/signed.ts';
import { temporaryFolder } from '../testing/stores.ts';
import { clickHouseSessions } from './clickhouse.ts';

/** What reached the server that answers in ClickHouse's shapes. */
interface Asked {
  url: URL;
  text: string;
  headers: IncomingMessage['headers'];
}
let asked: Asked[] = [];
let answer: (asked: Asked, response: ServerResponse) => void = (_, response) => response.end();
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const one = {
    url: new URL(request.url ?? '', 'http://x'),
    text: Buffer.concat(chunks).toString(),
    headers: request.headers,
  };
  asked.push(one);
  answer(one, response);
});
let at = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port }: AddressInfo = Object.assign({ port: 0, address: '', family: '' }, server.address());
  at = `http://sa%40ma:s%3Acret@127.0.0.1:${port}/`;
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  answer = (_, response) => response.end();
});

const logged: unknown[] = [];
const options = { timeLimitMs: 1500, rows: 7, log: (error: unknown) => logged.push(error) };

test('a statement travels as text, its values beside it, the password in no address, and nothing may be written', async () => {
  answer = (_, response) =>
    response.end('{"n":"9007199254740993","text":"a\\nb","none":null}\n{"n":2,"text":"","none":null}\n');
  const { use } = clickHouseSessions(at, { ...options, database: 'sales' });
  const params = ['tab\there \\ and\nline', 2.5, true, null];
  const rows = await use(({ all }) => all({ text: 'SELECT {p1:String}', params }));
  expect(rows).toEqual([
    { n: '9007199254740993', text: 'a\nb', none: null },
    { n: 2, text: '', none: null },
  ]);
  const [{ url, text, headers } = { url: new URL(at), text: '', headers: {} }] = asked;
  expect(text).toBe('SELECT {p1:String} FORMAT JSONEachRow');
  expect(['p1', 'p2', 'p3', 'p4'].map((name) => url.searchParams.get(`param_${name}`))).toEqual([
    String.raw`tab\there \\ and\nline`,
    '2.5',
    'true',
    String.raw`\N`,
  ]);
  expect(headers).toMatchObject({ 'x-clickhouse-user': 'sa@ma', 'x-clickhouse-key': 's:cret' });
  expect(url.href).not.toContain('cret');
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    database: 'sales',
    readonly: '2',
    wait_end_of_query: '1',
    join_use_nulls: '1',
    max_execution_time: '2',
    max_result_rows: '7',
    result_overflow_mode: 'throw',
  });
});

test.each([
  ['a time limit', 'Code: 159. DB::Exception: Timeout exceeded', { code: 'timeout' }],
  ['a limit of rows', 'Code: 396. DB::Exception: Limit for result exceeded', { code: 'too-large' }],
  [
    'anything else, for the log',
    'Code: 60. DB::Exception: Unknown table',
    { message: expect.stringContaining('Unknown table') },
  ],
])('%s is told as such', async (_, body, error) => {
  answer = (__, response) => response.writeHead(500).end(body);
  const { use } = clickHouseSessions(at, options);
  await expect(use(({ all }) => all({ text: 'SELECT 1', params: [] }))).rejects.toMatchObject(error);
});

test('the request ends when the reader leaves, and a server that is away is said to be', async () => {
  const leave = new AbortController();
  const gone = new Promise((resolve) => {
    answer = (_, response) => {
      response.on('close', resolve);
      leave.abort(new Error('left'));
    };
  });
  const { use } = clickHouseSessions(at, options);
  await expect(use(({ all }) => all({ text: 'SELECT sleep(3)', params: [] }, leave.signal))).rejects.toThrow('left');
  await gone;
  const away = clickHouseSessions('http://user:s3cret@127.0.0.1:1', options);
  await expect(away.use(({ all }) => all({ text: 'SELECT 1', params: [] }))).rejects.toMatchObject({
    code: 'unavailable',
  });
  expect(logged).toHaveLength(1);
  expect(String(logged)).not.toContain('s3cret');
});

test('a configuration that is code lets a workspace answer from there', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'store'));
  const config = join(folder, 'sama.config.ts');
  const mapping = {
    events: [{ table: 'crm.log', entityType: 'person', entityId: 'who', stage: { is: 'lead' }, at: 'since' }],
  };
  await writeFile(
    config,
    `const people = 'crm.people';
export default {
  engine: { kind: 'clickhouse', refresh: 5, warehouse: { ...${JSON.stringify(mapping)}, records: [{ table: people, entityType: 'person', id: 'id' }] } },
  limits: { seconds: 9 },
};`,
  );
  process.env['SAMA_ENGINE_URL'] = at;
  const workspace = await openWorkspace({ store: join(folder, 'store'), config }, (error) => logged.push(error));
  delete process.env['SAMA_ENGINE_URL'];
  answer = ({ text }, response) =>
    response.end(text.includes('count(*) AS records') ? '{"records":41,"n":0,"sum":0,"min":null,"max":null}\n' : '');
  const question: Question = { kind: 'measure', measure: { of: 'person', aggregates: ['count'] } };
  const { data, engine } = await ask(
    workspace.desk,
    frameOf(workspace.desk, owner()),
    question,
    new AbortController().signal,
  );
  expect([workspace.outside === undefined, workspace.isEmpty(), engine]).toEqual([false, false, 'clickhouse']);
  expect(data).toMatchObject({ values: [{ name: 'count', result: { value: 41 } }] });
  expect(asked[0]?.text).toMatch(
    /^WITH "records" AS \(SELECT .* FROM "crm"\."people" t WHERE t\."id" IS NOT NULL\), "stage_events" AS /,
  );
  expect(asked[0]?.url.searchParams.get('max_execution_time')).toBe('9');
  await workspace.close();
});
