import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { afterEach, expect, test } from 'vitest';
import { examples } from '../../../../scripts/examples.mjs';
import { changeRecord } from '../testing/fake-hubspot.ts';
import { hubspotAccount } from '../testing/hubspot-account.ts';
import { commandOn, give, offer, openTestKeeper, SERVO } from '../testing/ledgers.ts';
import { temporaryFolder } from '../testing/stores.ts';
import { Clock } from '../testing/sync-bench.ts';
import { recordedTerminal } from '../testing/terminal.ts';
import { json } from '../testing/vendor-server.ts';
import { importCommand } from './import.ts';
import { run } from './run.ts';
import { syncCommand, type SyncWorld } from './sync.ts';
import { writeBackCommand } from './write-back.ts';

afterEach(() => {
  process.exitCode = undefined;
});

const NOW = new Date('2026-06-01T12:00:00.000Z');

async function sama(world: SyncWorld, ...args: string[]) {
  const terminal = recordedTerminal();
  const command = new Command('sama')
    .addCommand(syncCommand(terminal, world))
    .addCommand(writeBackCommand(terminal, world))
    .addCommand(importCommand(terminal));
  const code = await run(command, args, terminal);
  const ended = process.exitCode ?? code;
  process.exitCode = undefined;
  return { code: ended, ...terminal.written };
}

test('the commands of the page run as they stand there', async () => {
  const blocks = examples('sync');
  const shell = blocks.filter(({ language }) => language === 'sh').map(({ code }) => code);
  const folder = await temporaryFolder();
  const account = await hubspotAccount();
  // Each table costs an import, and what they hold is looked at elsewhere.
  for (const object of ['companies', 'leads']) account.objects[object] = [];
  const configs = blocks.filter(({ language }) => language === 'json');
  expect([configs.length, blocks.length]).toEqual([1, shell.length + 1]);
  await writeFile(join(folder, 'sama.config.json'), configs[0]?.code ?? '');
  const [secrets = '', mode = '', ...others] = shell;
  const path = join(folder, 'sama.secrets');
  expect(secrets).toMatch(/^SAMA_HUBSPOT_TOKEN=.*\n$/);
  await writeFile(path, secrets.replace(/(?<=SAMA_HUBSPOT_TOKEN=).*/, account.token), { mode: 0o644 });
  await promisify(execFile)('bash', ['-euc', mode], { cwd: folder });
  const world = { environment: { SAMA_HUBSPOT_URL: account.server.url }, now: NOW };
  const commands = others.flatMap((block) => block.trim().split('\n'));
  expect(commands.length).toBeGreaterThan(4);
  for (const line of commands) {
    expect(line).toMatch(/^sama /);
    const args = line.split(/\s+#/)[0]?.trim().split(' ').slice(1) ?? [];
    const placed = args.map((arg) => (arg === 'sama.secrets' ? path : arg));
    const where = args.includes('--help')
      ? []
      : [
          '--store',
          join(folder, 'store'),
          ...(args[0] !== 'import' ? ['--config', join(folder, 'sama.config.json')] : []),
        ];
    const { code, err, out } = await sama(world, ...placed, ...where);
    expect({ line, code, err }).toEqual({ line, code: 0, err: '' });
    expect(out).not.toBe('');
  }
});

test('the report tells what was read, what was refused and how complete it is', async () => {
  const folder = await temporaryFolder();
  const account = await hubspotAccount();
  const world = { environment: { SAMA_HUBSPOT_URL: account.server.url, SAMA_HUBSPOT_TOKEN: account.token }, now: NOW };
  const [, deal] = account.objects['deals'] ?? [];
  Object.assign(deal?.properties ?? {}, { amount: 'about 99' });
  const args = ['sync', 'hubspot', '--store', join(folder, 'store'), '--streams', 'deals,leads'];
  const { code, out } = await sama(world, ...args);
  expect(code).toBe(3);
  expect(out).toMatchInlineSnapshot(`
    "HubSpot is brought in.

      Stream  Read  Rows kept  Refused  Changes since
      deals      3          7        1  the beginning
      leads      1          1        0  the beginning

    Refused
      hubspot-deals.ndjson, amount: not an amount such as 1234.50 (without a currency sign) (about 99)

    How complete the records are
      deals, owner: 0 of 3
      deals, companyId: 1 of 3
      deals, dealtype: 1 of 3
      deals, personId: 2 of 3
      deals, amount: 2 of 3

    Stages of the source that are none here
      dealstage: Appointment Scheduled: 1
      hs_pipeline_stage: New: 1

    Without a counterpart
      deals without a contact: 1
    "
  `);
  const json = await sama(world, ...args, '--dry-run', '--json', '--full');
  expect(JSON.parse(json.out)).toMatchObject({
    system: 'hubspot',
    dryRun: true,
    streams: [{ stream: 'deals' }, { stream: 'leads' }],
  });
});

test('what is wrong is said with the way out, and never with a secret', async () => {
  const folder = await temporaryFolder();
  const account = await hubspotAccount();
  const environment = { SAMA_HUBSPOT_URL: account.server.url };
  const sync = ['sync', 'hubspot', '--store', join(folder, 'store')];
  expect(await sama({ environment }, ...sync)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/SAMA_HUBSPOT_TOKEN is not set/),
  });
  expect(await sama({ environment }, ...sync, '--pages', '2')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/--pages belongs to --dry-run/),
  });
  const open = join(folder, 'secrets');
  await writeFile(open, `SAMA_HUBSPOT_TOKEN=${account.token}\n`);
  await chmod(open, 0o644);
  const readable = await sama({ environment }, ...sync, '--secrets', open);
  expect(readable).toMatchObject({ code: 1, err: expect.stringMatching(/can be read by others\. Run: chmod 600/) });
  await writeFile(open, `token ${account.token}\n`);
  await chmod(open, 0o600);
  const wrong = await sama({ environment }, ...sync, '--secrets', open);
  expect(wrong).toMatchObject({
    code: 1,
    err: expect.stringMatching(/line 1 of the file of secrets is not NAME=value/),
  });
  await writeFile(open, `# of the private app\nexport SAMA_HUBSPOT_TOKEN="${account.token}"\n`);
  account.server.faults.push(({ headers }) => json({ message: `odd: ${headers.get('authorization')}` }, 400));
  const refused = await sama({ environment }, ...sync, '--secrets', open);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('[secret]') });
  for (const { out, err } of [readable, wrong, refused]) expect(out + err).not.toContain(account.token);
});

test('what a seller accepts in the queue is written to the CRM and read again', async () => {
  const folder = await temporaryFolder();
  const account = await hubspotAccount();
  const store = join(folder, 'store');
  const config = join(folder, 'sama.config.json');
  const writeBack = {
    status: { field: 'hs_lead_status', accepted: 'OPEN', returned: 'BAD_TIMING' },
    salDate: 'sal_date',
  };
  await writeFile(config, JSON.stringify({ connectors: { hubspot: { idPrefix: 'p-', writeBack } } }));
  await mkdir(store);
  const environment = { SAMA_HUBSPOT_URL: account.server.url, SAMA_HUBSPOT_TOKEN: account.token };
  const world = { environment, pace: new Clock() };
  const write = (...more: string[]) =>
    sama(world, 'write-back', 'hubspot', '--store', store, '--config', config, ...more);
  const keeper = await openTestKeeper(store);
  await offer(keeper, '101');
  await offer(keeper, '102');
  await offer(keeper, '103');
  await offer(keeper, '999');
  expect(await write()).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^From now on what is decided is written to HubSpot/),
  });
  for (const id of ['101', '999']) await give(keeper, SERVO, commandOn(id, 'accept', {}, 2));
  const dry = await write('--dry-run');
  expect(dry.out).toMatch(
    /^2 decisions since the last time\.\n {2}p-101: accepted on \d{4}-\d\d-\d\d\n {2}p-999: accepted on/,
  );
  const done = await write();
  expect(done).toMatchObject({ code: 3, err: '' });
  expect(done.out).toMatch(/1 written and read again\n {2}p-999: not written: HubSpot, GET .* answered 404/);
  expect(account.objects['contacts']?.[0]?.properties).toMatchObject({
    hs_lead_status: 'OPEN',
    sal_date: expect.stringMatching(/^\d{4}-/),
  });
  account.stubborn['hs_lead_status'] = 'NEW';
  await give(keeper, SERVO, commandOn('102', 'accept', {}, 2));
  const report = await write('--json');
  expect(report.code).toBe(3);
  expect(JSON.parse(report.out)).toMatchObject({ results: [{ personId: 'p-102', status: 'differs' }], notWritten: [] });
  delete account.stubborn['hs_lead_status'];
  const third = account.objects['contacts']?.[2];
  account.server.faults.push(({ method }) => {
    if (method === 'PATCH' && third !== undefined) changeRecord(third, { hs_lead_status: 'UNQUALIFIED' });
    return undefined;
  });
  await give(keeper, SERVO, commandOn('103', 'accept', {}, 2));
  const conflict = await write();
  expect(conflict).toMatchObject({ code: 3, err: '' });
  expect(conflict.out).toContain('p-103: somebody else changed hs_lead_status (now OPEN), sal_date (now ');
  await keeper.close();
});
