import { createHmac } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import type { Command } from '@sama/metrics/contracts';
import { OWNER_RIGHTS } from '@sama/metrics/contracts';
import { DEFAULT_POLICY, type HandoffActor } from '@sama/metrics/handoff';
import { compileCalendar } from '@sama/metrics/time';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { Keeper, SqliteShelf } from '../ledger/index.ts';
import { commandOn } from '../testing/ledgers.ts';
import { temporaryFolder } from '../testing/stores.ts';
import { channelsOf } from './config.ts';
import { Escalator } from './escalator.ts';
import { mailChannel } from './mail.ts';
import { GoneError, OutgoingNotice, type Channel } from './notice.ts';
import { Outbox } from './outbox.ts';
import { RULE, ruleChannel } from './rule.ts';
import { signatureOf, webhookChannel } from './webhook.ts';
import { fileDatabases } from '../tables/sqlite-tables.ts';

const MARKETER: HandoffActor = { id: 'mara', name: 'Mara', team: 'marketing', role: 'marketing' };
const DANA: HandoffActor = { id: 'dana', name: 'Dana', team: 'sales', role: 'seller' };
const DAY: [string, string][] = [['09:00', '17:00']];
const OFFICE = compileCalendar({ timeZone: 'UTC', week: { 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: DAY } });
const STAFF = {
  sellers: [{ id: 'dana' }, { id: 'eli' }, { id: 'flo', active: false }],
  pools: [{ id: 'smb', sellers: [{ id: 'dana' }, { id: 'eli' }, { id: 'flo' }] }],
};
const CLOCKS = { acceptance: { target: { business: { hours: 1 } } } };

/** A Monday, 09:00 UTC, and so many minutes. */
const minute = (n: number): string => new Date(Date.parse('2026-06-01T09:00:00Z') + n * 60_000).toISOString();

/** A desk with a clock of its own, and a server over it that can be started anew. */
async function desk(extra: readonly Channel[] = []) {
  const folder = await temporaryFolder();
  let now = minute(0);
  const logged: unknown[] = [];
  const log = (error: unknown): void => void logged.push(error);
  const setup = {
    staff: STAFF,
    policy: { ...DEFAULT_POLICY, clocks: CLOCKS },
    calendars: { teams: { sales: OFFICE } },
  };
  const sent: string[] = [];
  const note: Channel = {
    name: 'note',
    takes: () => true,
    send: async ({ does, seller }) => void sent.push(`${does} ${seller}`),
  };
  const start = async () => {
    const keeper = await Keeper.open(await SqliteShelf.open(folder), { setup, now: () => now, log });
    const outbox = await Outbox.open(fileDatabases(folder));
    const act = (command: Command) => keeper.command(command, RULE, OWNER_RIGHTS, { timeZone: 'UTC' });
    const rule = ruleChannel(() => keeper.desk, act);
    const channels = [note, ...extra, rule];
    const escalator = new Escalator({ desk: () => keeper.desk, now: () => keeper.now(), outbox, channels, log });
    const stop = async (): Promise<void> => {
      await outbox.close();
      await keeper.close();
    };
    return { keeper, escalator, stop };
  };
  let server = await start();
  onTestFinished(() => server.stop());
  const give = (by: HandoffActor, command: Command) =>
    server.keeper.command(command, by, OWNER_RIGHTS, { timeZone: 'UTC' });
  return {
    sent,
    logged,
    offer: async (id: string): Promise<void> => {
      await give(MARKETER, commandOn(id, 'draft', { personId: `p-${id}` }, 0));
      await server.keeper.keepLead({ id: `p-${id}`, name: 'Cam Demoson', attributes: {} });
      expect(
        await give(
          MARKETER,
          commandOn(
            id,
            'offer',
            {
              seller: 'dana',
              pool: 'smb',
            },
            1,
          ),
        ),
      ).toMatchObject({ status: 'done' });
    },
    accept: (id: string, version: number) => give(DANA, commandOn(id, 'accept', {}, version)),
    at: async (n: number): Promise<string[]> => {
      now = minute(n);
      const before = sent.length;
      await server.escalator.look();
      return sent.slice(before);
    },
    restart: async (): Promise<void> => {
      await server.stop();
      server = await start();
    },
    state: (id: string) => server.keeper.desk.book.get(id),
    log: (id: string) => server.keeper.desk.log(id).map(({ action, by }) => `${action.type} ${by.id}`),
  };
}

afterEach(() => void vi.useRealTimers());

test('each level goes out once, also after a restart; the offer expires, and goes to the next of the pool', async () => {
  const made = await desk();
  expect(await made.at(0)).toEqual([]);
  await made.offer('H1');
  expect(await made.at(29)).toEqual([]);
  expect(await made.at(31)).toEqual(['nudge dana']);
  await made.restart();
  expect(await made.at(32)).toEqual([]);
  // The server was away when two levels were reached.
  await made.restart();
  expect(await made.at(61)).toEqual(['atRisk dana', 'breach dana']);
  expect(made.state('H1')).toMatchObject({ status: 'expired', seller: 'dana' });
  expect(await made.at(91)).toEqual(['reassign dana']);
  // flo is not active.
  expect(made.state('H1')).toMatchObject({ status: 'offered', seller: 'eli' });
  expect(made.log('H1').slice(2)).toEqual(['handoff.timeout sama', 'handoff.reassign sama']);
  await made.restart();
  expect(await made.at(92)).toEqual([]);
  expect(await made.at(122)).toEqual(expect.arrayContaining(['heads eli', 'nudge eli']));
  expect(made.log('H1')).toHaveLength(4);
  expect(made.logged).toEqual([]);
});

test('what was due before there were notices is passed over, and quiet is kept until work opens', async () => {
  const made = await desk();
  await made.offer('H1');
  expect(await made.at(40)).toEqual([]);
  expect(await made.at(46)).toEqual(['atRisk dana']);
  // 16:25 on Monday; half an hour later is still open, 17:05 is not.
  await made.at(445);
  await made.offer('H2');
  await made.offer('H3');
  expect((await made.at(485)).filter((text) => text.startsWith('nudge'))).toEqual([]);
  // Dana takes one in the evening: nobody is reminded of it in the morning.
  expect(await made.accept('H3', 2)).toMatchObject({ status: 'done' });
  const morning = await made.at(24 * 60);
  expect(morning.filter((text) => text === 'nudge dana')).toHaveLength(1);
});

/** A receiver that answers with these statuses in turn, and keeps what it got. */
async function receiver(statuses: number[]) {
  const got: { body: string; signature: string }[] = [];
  const server = createHttpServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString('utf8')));
    request.on('end', () => {
      got.push({ body, signature: String(request.headers['sama-signature']) });
      response.writeHead(statuses.shift() ?? 204, { location: 'http://127.0.0.1:1/' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { got, url: `http://127.0.0.1:${portOf(server.address())}/hook?key=inside` };
}

const portOf = (address: AddressInfo | string | null): number =>
  address === null || typeof address === 'string' ? 0 : address.port;

test('a webhook is signed, tried again until it arrives, and names no lead', async () => {
  const { got, url } = await receiver([500, 302, 204]);
  const [channel] = channelsOf({ webhooks: [{ url, secretFrom: 'HOOK' }] }, { HOOK: 'shared' });
  const made = await desk(channel === undefined ? [] : [channel]);
  await made.at(0);
  await made.offer('H1');
  await made.at(31);
  await made.at(31);
  expect(got).toHaveLength(1);
  await made.at(32);
  await made.restart();
  await made.at(40);
  await made.at(41);
  expect(got).toHaveLength(3);
  const [{ body, signature } = { body: '', signature: '' }] = got;
  expect(OutgoingNotice.parse(JSON.parse(body))).toMatchObject({
    does: 'nudge',
    handoff: 'H1',
    seller: 'dana',
    percent: 50,
  });
  expect(got.every((one) => one.body === body)).toBe(true);
  expect(body).not.toContain('p-H1');
  const [, seconds = '', mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  expect(mac).toBe(createHmac('sha256', 'shared').update(`${seconds}.${body}`).digest('hex'));
  expect(signatureOf('shared', body, Number(seconds))).toBe(signature);
  expect(made.logged.map(String).join()).not.toMatch(/inside|shared/);
  expect(made.logged).toHaveLength(2);
});

const NOTICE = OutgoingNotice.parse({
  v: 1,
  id: 'i',
  does: 'breach',
  handoff: 'H1',
  clock: 'acceptance',
  percent: 100,
  to: ['owner', 'manager'],
  seller: 'dana',
  pool: null,
  rating: null,
  at: minute(1),
});

test('a webhook follows no redirect to where the operator did not send it, and reads no body without an end', async () => {
  const inside = await receiver([]);
  let closed = 0;
  const server = createHttpServer((request, response) => {
    request.resume();
    const isEndless = request.url === '/endless';
    response.writeHead(isEndless ? 200 : Number(request.url?.slice(1)), { location: inside.url });
    if (!isEndless) return void response.end();
    const more = (): void => void (response.destroyed || response.write('x'.repeat(100_000), more));
    response.on('close', () => (closed += 1));
    more();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const at = `http://127.0.0.1:${portOf(server.address())}`;
  const send = (path: string) => webhookChannel({ url: `${at}${path}`, secret: 's' }).send(NOTICE);
  for (const status of [301, 302, 303, 307, 308]) await expect(send(`/${status}`)).rejects.toThrow('cannot be reached');
  await send('/endless');
  await expect.poll(() => closed).toBe(1);
  expect(inside.got).toEqual([]);
});

test('a webhook that is gone is left alone, and one that takes part of the notices gets those', async () => {
  const { url } = await receiver([410]);
  const channel = webhookChannel({ url, secret: 's', does: ['breach'] });
  const notice = NOTICE;
  expect([channel.takes(notice), channel.takes({ ...notice, does: 'nudge' })]).toEqual([true, false]);
  await expect(channel.send(notice)).rejects.toBeInstanceOf(GoneError);
  expect(() => channelsOf({ webhooks: [{ url, secretFrom: 'HOOK' }] }, {})).toThrow(
    'escalation.webhooks.0.secretFrom: the variable HOOK is not set',
  );
});

/** A mail server that takes everything and keeps it. */
async function mailServer() {
  const mails: { to: string[]; data: string }[] = [];
  const server = createServer((socket) => {
    let mail: { to: string[]; data: string } = { to: [], data: '' };
    let isData = false;
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    say('220 here');
    socket.on('error', () => {});
    socket.on('data', (part: Buffer) => {
      for (const line of part.toString('utf8').split('\r\n')) {
        if (isData && line === '.') {
          isData = false;
          mails.push(mail);
          mail = { to: [], data: '' };
          say('250 kept');
        } else if (isData) mail.data += `${line}\n`;
        else if (/^(EHLO|HELO|MAIL|RSET)/i.test(line)) say('250 ok');
        else if (/^RCPT TO:/i.test(line)) {
          mail.to.push(/<(.*)>/.exec(line)?.[1] ?? '');
          say('250 ok');
        } else if (/^DATA/i.test(line)) {
          isData = true;
          say('354 go on');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { mails, url: `smtp://127.0.0.1:${portOf(server.address())}?ignoreTLS=true` };
}

test('mail goes to the seller, to managers when it is overdue, and to the heads at last', async () => {
  const { mails, url } = await mailServer();
  const channel = mailChannel({
    server: url,
    from: 'sama@example.com',
    people: { dana: 'dana@example.com' },
    managers: ['manager@example.com'],
    heads: ['one@example.com', 'other@example.com'],
  });
  const made = await desk([channel]);
  await made.at(0);
  await made.offer('H1\r\nBcc: evil@example.com');
  await made.at(31);
  await made.at(61);
  await made.at(122);
  expect(made.logged).toEqual([]);
  expect(mails.map(({ to }) => to.toSorted())).toEqual(
    expect.arrayContaining([
      ['dana@example.com'],
      ['dana@example.com', 'manager@example.com'],
      ['one@example.com', 'other@example.com'],
    ]),
  );
  for (const { data } of mails) {
    expect(data).toMatch(/^Subject: Hand-off H1 Bcc: evil@example\.com is /m);
    expect(data).not.toMatch(/^Bcc:|p-H1/m);
  }
});
