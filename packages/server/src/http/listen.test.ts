import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { encode, testApp } from '../testing/app.ts';
import { ScriptedEngine } from '../testing/engine.ts';
import { signalled } from '../testing/signal.ts';
import { listen, PortInUseError } from './listen.ts';

const QUERY = `/v1/query?q=${encode({ kind: 'funnel', funnel: 'lead-to-won' })}`;

test('answers on this machine and refuses a taken port by its number', async () => {
  const server = await listen(testApp().app.fetch, 0);
  try {
    const response = await fetch(`http://127.0.0.1:${server.port}${QUERY}`);
    expect(response.status).toBe(200);
    await expect(listen(testApp().app.fetch, server.port)).rejects.toThrow(PortInUseError);
    await expect(listen(testApp().app.fetch, server.port)).rejects.toThrow(`Port ${server.port} is in use`);
  } finally {
    await server.close();
  }
  await expect(fetch(`http://127.0.0.1:${server.port}/healthz`)).rejects.toThrow('fetch failed');
});

test('stops the engine when the connection drops', async () => {
  const started = signalled();
  const stopped = signalled();
  const engine = new ScriptedEngine((_question, { signal }) => {
    signal?.addEventListener('abort', () => stopped.resolve());
    started.resolve();
    return new Promise(() => {});
  });
  const server = await listen(testApp({ engine }).app.fetch, 0);
  try {
    const leaving = new AbortController();
    const response = fetch(`http://127.0.0.1:${server.port}${QUERY}`, { signal: leaving.signal });
    const left = response.then(
      () => 'answered',
      () => 'left',
    );
    await started.promise;
    leaving.abort();
    expect(await left).toBe('left');
    await stopped.promise;
  } finally {
    await server.close();
  }
});

test('lets a running answer end, and does not wait for ever', async () => {
  const started = signalled();
  const engine = new ScriptedEngine(() => {
    started.resolve();
    return new Promise(() => {});
  });
  const server = await listen(testApp({ engine }).app.fetch, 0);
  const response = fetch(`http://127.0.0.1:${server.port}${QUERY}`);
  const ended = response.then(
    () => 'answered',
    () => 'ended',
  );
  await started.promise;
  await server.close(10);
  expect(await ended).toBe('ended');
});

test('survives a request that is none', async () => {
  const server = await listen(testApp().app.fetch, 0);
  try {
    const reply = await new Promise<string>((resolve, reject) => {
      const socket = connect(server.port, '127.0.0.1', () =>
        socket.end('GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'),
      );
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    expect(reply).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect((await fetch(`http://127.0.0.1:${server.port}/healthz`)).status).toBe(200);
  } finally {
    await server.close();
  }
});
