import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { testApp } from '../testing/app.ts';
import { rawFuzz } from '../testing/raw.ts';
import { listen } from './listen.ts';

async function served(times?: Parameters<typeof listen>[3]) {
  const { app, logged } = testApp();
  const server = await listen(app.fetch, 0, undefined, times);
  onTestFinished(() => server.close(0));
  return { port: server.port, logged };
}

test('raw bytes get an honest no or a closed connection, and leave the server as it was', async () => {
  const { port, logged } = await served();
  const { requests, answers, failures, alive } = await rawFuzz(port, 400, 1);
  expect(failures.slice(0, 3)).toEqual([]);
  expect([requests, alive]).toEqual([400, true]);
  expect(logged).toEqual([]);
  // Some are so nearly right that they get as far as a route, and most are not.
  expect(Object.keys(answers)).toEqual(expect.arrayContaining(['200', '400']));
  expect(answers['200'] ?? 0).toBeLessThan(200);
});

test('a body in chunks is read like any other, up to its limit', async () => {
  const { port, logged } = await served();
  const send = async (text: string) => {
    const body = new Blob([text]).stream();
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`http://127.0.0.1:${port}/v1/query`, {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    });
    return { status: response.status, text: await response.text() };
  };
  expect(await send(JSON.stringify({ v: 1, questions: [{ kind: 'funnel', funnel: 'lead-to-won' }] }))).toMatchObject({
    status: 200,
    text: expect.stringContaining('"status":"ok"'),
  });
  expect((await send('[[[')).status).toBe(422);
  expect((await send('['.repeat(300 * 1024))).status).toBe(413);
  expect(logged).toEqual([]);
});

test('who sends a head or a body drop by drop is closed, while others are answered', async () => {
  const { port, logged } = await served({ headMs: 300, bodyMs: 300, lookMs: 50 });
  const heads = [
    'GET /v1/meta HTTP/1.1\r\nHost: localhost\r\n',
    'POST /v1/query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n',
  ];
  const began = performance.now();
  const ended = Promise.all(Array.from({ length: 60 }, (_, i) => dripping(port, heads[i % 2] ?? '')));
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  for (const said of await ended) expect(said).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
  expect(performance.now() - began).toBeLessThan(8_000);
  expect(logged).toEqual([]);
});

/** Sends a beginning and then a byte now and then; what the server said when it closed. */
function dripping(port: number, head: string): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(head));
    const drip = setInterval(() => socket.write('a'), 40);
    socket.on('data', (chunk) => (said += chunk.toString()));
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(drip);
      resolve(said);
    });
  });
}
