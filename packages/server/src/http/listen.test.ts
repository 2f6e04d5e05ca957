import { connect } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { doorOf } from '../ledger/index.ts';
import { developmentSignIn } from '../sign-in/signed.ts';
import { encode, post, testApp } from '../testing/app.ts';
import { ScriptedEngine } from '../testing/engine.ts';
import { commandOn, MARKETER, openTestKeeper } from '../testing/ledgers.ts';
import { signalled } from '../testing/signal.ts';
import { temporaryFolder } from '../testing/stores.ts';
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

test('stops with every command either kept and answered, or neither', async () => {
  const folder = await temporaryFolder();
  const keeper = await openTestKeeper(folder);
  const { app } = testApp({
    signIn: developmentSignIn(MARKETER),
    ledger: doorOf(keeper),
  });
  const server = await listen(app.fetch, 0);
  const acknowledged = new Set<string>();
  let sent = 0;
  /** Gives one command after the other, until the server no longer takes any. */
  const client = async (name: number): Promise<void> => {
    for (let i = 0; ; i += 1) {
      const id = `H-${name}-${i}`;
      sent += 1;
      const command = commandOn(id, 'draft', { personId: `p-${id}` }, 0);
      const answered = await fetch(`http://127.0.0.1:${server.port}/v1/commands`, post(command)).then(
        (response) => response.status,
        () => 'refused',
      );
      if (answered === 'refused') return;
      expect(answered).toBe(200);
      acknowledged.add(id);
    }
  };
  const clients = Array.from({ length: 8 }, (_, name) => client(name));
  await vi.waitUntil(() => acknowledged.size > 20, { timeout: 60_000 });
  const began = Date.now();
  await server.close(10_000);
  // Connections that would be kept open for another request hold nothing up.
  expect(Date.now() - began).toBeLessThan(5_000);
  await Promise.all(clients);
  await keeper.close();
  const again = await openTestKeeper(folder);
  onTestFinished(() => again.close());
  // What was taken was answered: each client was refused one command at most, and that is in no ledger.
  expect(new Set([...again.desk.book.all()].map(({ id }) => id))).toEqual(acknowledged);
  expect(sent).toBe(acknowledged.size + clients.length);
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
