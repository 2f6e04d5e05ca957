import { createClient } from '@sama/metrics/client';
import { CommandOutcome, LiveEvent, Meta, type Command } from '@sama/metrics/contracts';
import { expect, onTestFinished, test } from 'vitest';
import { doorOf } from '../ledger/index.ts';
import { encode, post, testApp } from '../testing/app.ts';
import { COG, commandOn, offer, openTestKeeper, SERVO } from '../testing/ledgers.ts';
import { OWNER_RIGHTS } from '@sama/metrics/contracts';
import { ScriptedEngine } from '../testing/engine.ts';
import { developmentSignIn } from '../sign-in/signed.ts';
import { temporaryFolder } from '../testing/stores.ts';

/** An application with a ledger, for the one who asks. */
async function served() {
  const keeper = await openTestKeeper(await temporaryFolder());
  onTestFinished(() => keeper.close());
  await offer(keeper, 'H1');
  const appOf = (reader = SERVO) =>
    testApp({
      engine: keeper.engine(new ScriptedEngine()),
      ledger: doorOf(keeper),
      signIn: developmentSignIn(reader),
    }).app;
  const send = async (body: unknown, app = appOf()) => {
    const response = await app.request('/v1/commands', post(body));
    return { status: response.status, body: await response.json() };
  };
  return { keeper, appOf, send };
}

const accept = (): Command => commandOn('H1', 'accept', {}, 2);

test('200 with the state, 409 with who was faster, 422 with field and remedy', async () => {
  const { send, appOf } = await served();
  const command = accept();
  const done = await send(command);
  expect(done).toMatchObject({ status: 200, body: { version: 3, state: { id: 'H1', status: 'accepted' } } });
  expect(CommandOutcome.safeParse(done.body).success).toBe(true);
  expect(await send(command)).toEqual(done);
  expect(await send(accept(), appOf(COG))).toMatchObject({
    status: 409,
    body: { version: 3, by: { name: SERVO.name }, state: { status: 'accepted' } },
  });
  expect(await send(commandOn('H1', 'return', { missing: [{ element: 'other' }] }, 3))).toMatchObject({
    status: 422,
    body: { field: 'payload.missing.0.text', remedy: 'say what marketing must do' },
  });
});

test('what is no command is refused by its field, and nothing happens', async () => {
  const { keeper, send, appOf } = await served();
  const before = keeper.version;
  expect(await send({ ...accept(), expectedVersion: 'two' })).toMatchObject({
    status: 422,
    body: { field: 'expectedVersion' },
  });
  expect((await send('{')).status).toBe(422);
  expect((await send({ ...accept(), v: 2 })).body).toMatchObject({ code: 'newer-version' });
  expect((await send({ ...accept(), payload: { text: 'x'.repeat(300_000) } })).status).toBe(413);
  expect((await send({ ...accept(), type: 'handoff.sell' })).status).toBe(422);
  const foreign = await appOf().request('/v1/commands', post(accept(), { origin: 'https://evil.example' }));
  expect(foreign.status).toBe(403);
  expect(keeper.version).toBe(before);
  expect((await testApp().app.request('/v1/commands', post(accept()))).status).toBe(404);
});

test('questions about hand-offs and words are answered, and are others after a command', async () => {
  const { send, appOf } = await served();
  const app = appOf();
  const ask = async (question: unknown) => app.request(`/v1/query?q=${encode(question)}`);
  const mine = await ask({ kind: 'handoffs' });
  expect(await mine.json()).toMatchObject({
    data: { counts: { mine: 1 }, rows: [{ id: 'H1', can: expect.anything() }] },
  });
  await send(accept());
  const after = await ask({ kind: 'handoffs' });
  expect(after.headers.get('etag')).not.toBe(mine.headers.get('etag'));
  expect(await after.json()).toMatchObject({ data: { rows: [{ status: 'accepted' }] } });
  expect(await (await ask({ kind: 'glossary' })).json()).toMatchObject({ data: { counts: { terms: 54 } } });
  expect((await ask({ kind: 'handoffs', show: 'detail', handoff: 'nobody' })).status).toBe(404);
  const meta = Meta.parse(await (await app.request('/v1/meta')).json());
  expect(meta.capabilities).toContain('commands');
  expect(meta.questions).toEqual(expect.arrayContaining(['handoffs', 'glossary']));
});

test('a client acts, sends again what got no answer, and hears of what others do', async () => {
  const { keeper, appOf } = await served();
  const app = appOf();
  let failures = 2;
  let lost = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await app.request(String(input), init);
    // The command arrives, its answer does not.
    if (String(input).endsWith('/v1/commands') && failures-- > 0) {
      lost += 1;
      throw new TypeError('the line is cut');
    }
    return response;
  };
  const client = createClient({ src: 'http://localhost', fetch });
  const heard: string[] = [];
  const stops = ['handoffs', 'data'].map((topic) => client.subscribe(topic, () => heard.push(topic)));
  const command = accept();
  expect(await client.command(command)).toMatchObject({ status: 'done', version: 3 });
  expect([lost, keeper.desk.log('H1').length]).toEqual([2, 3]);
  await expect.poll(() => keeper.version).toBe(3);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const before = heard.length;
  await keeper.command(commandOn('H1', 'note', { text: 'called' }, 3), SERVO, OWNER_RIGHTS, { timeZone: 'UTC' });
  await expect.poll(() => heard.slice(before), { timeout: 5000 }).toContain('handoffs');
  for (const stop of stops) stop();
});

test('the stream names the ledger too', async () => {
  const { appOf } = await served();
  const response = await appOf().request('/v1/live');
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  const [, data = ''] = /^data: (.*)$/m.exec(new TextDecoder().decode(value)) ?? [];
  expect(LiveEvent.parse(JSON.parse(data))).toEqual({ v: 1, dataVersion: 'data-1', ledgerVersion: '2' });
  await reader?.cancel();
});
