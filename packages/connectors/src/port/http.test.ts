import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod/mini';
import { HttpClient, type HttpOptions } from './http.ts';
import { Secrets } from './secrets.ts';

const pace = { sleep: async () => undefined, random: () => 0, now: () => 0 };
const Answer = z.object({ id: z.union([z.string(), z.int()]) });

/** A client of a server that answers as it is told, and the requests that have come. */
async function open(
  answer: (response: ServerResponse, request: IncomingMessage) => void,
  options: Partial<HttpOptions> = {},
) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const client = new HttpClient({ system: 'Vendor', base, secrets: new Secrets({}), pace, ...options });
  const ask = (signal?: AbortSignal) => client.request(Answer, { method: 'GET', path: '/x', signal });
  return { ask, asked: () => asked };
}

test('a body without an end is left as soon as it is too long', async () => {
  let closed: () => void = () => undefined;
  const left = new Promise<void>((resolve) => (closed = resolve));
  const { ask, asked } = await open(
    (response) => {
      response.on('close', closed);
      const more = (): void => {
        while (response.write('x'.repeat(10_000)));
        response.once('drain', more);
      };
      more();
    },
    { limitBytes: 1_000_000 },
  );
  await expect(ask()).rejects.toMatchObject({
    code: 'changed',
    message: 'Vendor, GET /x, answered with more than 1 MB.',
  });
  await left;
  expect(asked()).toBe(1);
});

test('a packed body counts by what it unfolds to', async () => {
  const bomb = gzipSync(Buffer.alloc(20_000_000, 32));
  const { ask } = await open((response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb), {
    limitBytes: 1_000_000,
  });
  expect(bomb.length).toBeLessThan(100_000);
  await expect(ask()).rejects.toMatchObject({ code: 'changed' });
  const small = gzipSync('{"id":"1"}');
  const good = await open((response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(small), {
    limitBytes: 10,
  });
  expect(await good.ask()).toEqual({ id: '1' });
});

test('a body that drips is left when the time of the request is over, and by whoever has lost interest', async () => {
  const drip = (response: ServerResponse): void => void response.write('{"id":');
  const slow = await open(drip, { timeoutMs: 20 });
  await expect(slow.ask()).rejects.toMatchObject({ code: 'unreachable' });
  const stop = new AbortController();
  const left = await open((response) => {
    drip(response);
    stop.abort(new Error('left'));
  });
  await expect(left.ask(stop.signal)).rejects.toThrow('left');
});

test('a character cut between two pieces is one, and a number too long for an id is refused, not rounded', async () => {
  const [text, id] = ['{"id":"Zoë"}', '{"id":9007199254740993}'].map((one) => Buffer.from(one));
  const cut = (text?.indexOf(0xc3) ?? 0) + 1;
  const { ask } = await open((response) => {
    response.write(text?.subarray(0, cut), () => response.end(text?.subarray(cut)));
  });
  expect(await ask()).toEqual({ id: 'Zoë' });
  const long = await open((response) => response.end(id));
  await expect(long.ask()).rejects.toMatchObject({ code: 'changed' });
});

test('a token that fits into no header is not written into the error', async () => {
  for (const token of ['pat-eu1-\u2013dash-0815', 'pat-eu1\nline-0815']) {
    const authorizer = { header: async () => `Bearer ${token}`, renew: () => false };
    const { ask, asked } = await open((response) => response.end('{"id":"1"}'), { authorizer });
    const error: unknown = await ask().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'credentials', message: expect.not.stringContaining('0815') });
    expect(asked()).toBe(0);
  }
});

test('a sentence of the vendor stands in one line, without a secret, also where it is cut', async () => {
  const secret = 'hunter2-hunter2-hunter2';
  const secrets = new Secrets({ SAMA_TOKEN: secret });
  for (const before of [0, 270, 280, 290, 299]) {
    const message = `${'x'.repeat(before)}${secret}\r\n\u001b[31mFAKE LINE`;
    const { ask } = await open((response) => response.writeHead(400).end(JSON.stringify({ message })), { secrets });
    const error: unknown = await ask().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'refused', message: expect.not.stringMatching(/hunter|[\p{Cc}]/u) });
  }
});

test('a redirect is not followed, so that no other host sees the token', async () => {
  const seen: unknown[] = [];
  const { ask } = await open(
    (response, { url, headers }) => {
      if (url !== '/x') seen.push(headers.authorization);
      response.writeHead(307, { location: '/elsewhere' }).end();
    },
    { authorizer: { header: async () => 'Bearer secret', renew: () => false } },
  );
  await expect(ask()).rejects.toMatchObject({ code: 'unreachable' });
  expect(seen).toEqual([]);
});
