import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { QueryBatchAnswer } from '@sama/metrics/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Example, examples } from '../../../../scripts/examples.mjs';
import { post } from '../testing/app.ts';
import { hubspotAccount } from '../testing/hubspot-account.ts';
import { offer, openTestKeeper } from '../testing/ledgers.ts';
import { served, type Served } from '../testing/served.ts';
import { callOf, linesOf, shell } from '../testing/shell.ts';
import { temporaryFolder } from '../testing/stores.ts';

const root = resolve(import.meta.dirname, '../../../..');
const SERVER = 'https://metrics.example.com';
const DONE = { code: 0, err: '' };

/** A folder with a made-up company, and a server over it. */
let folder: string;
let server: Served;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sama-docs-'));
  server = await served(['--demo', '--demo-persons', '500', '--store', join(folder, '.sama')], { SAMA_LOG: 'silent' });
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The lines of a block, for this server. */
function lines([block]: Example[]): string[] {
  return linesOf(block?.code.replaceAll(SERVER, server.address) ?? '');
}

test('a snapshot is made, listed and taken back as the page says', async () => {
  const [create = '', list = '', revoke = ''] = lines(examples('snapshots', 'sh'));
  const made = await shell(folder, create);
  expect(made).toMatchObject({ code: 0, out: expect.stringContaining(`${server.address}/s/`) });
  const id = /snap_[0-9a-f]+/.exec(made.err)?.[0] ?? '';
  const link = made.out.trim();
  expect((await fetch(link)).status).toBe(200);
  expect(await shell(folder, list)).toMatchObject({ ...DONE, out: expect.stringContaining(`${id}  Third quarter`) });
  expect(await shell(folder, revoke.replace('snap_0123456789ab', id))).toMatchObject({ code: 0 });
  expect((await fetch(link)).status).toBe(410);
});

test('the picture of a mail is there, and says its numbers in words', async () => {
  const [, said = ''] = /: `(curl [^`]+)`/.exec(await readFile(join(root, 'docs/hosts/mail.md'), 'utf8')) ?? [];
  const { code, out } = await shell(folder, [...lines(examples('mail', 'sh')), 'echo "$picture"', said].join('\n'));
  expect(code).toBe(0);
  const [picture = '', ...svg] = out.split('\n');
  expect(svg.join('\n')).toMatch(/<svg [^>]*aria-label="[^"]*\d/);
  expect((await fetch(picture)).headers.get('content-type')).toBe('image/png');
});

test('the question of the page on differences is answered', async () => {
  const [example] = examples('question', 'json');
  const questions = [JSON.parse(example?.code ?? '')];
  const answer = await fetch(`${server.address}/v1/query`, post({ v: 1, questions }));
  const { answers } = QueryBatchAnswer.parse(await answer.json());
  expect(answers).toMatchObject([{ envelope: { status: 'ok', data: { kind: 'difference' } } }]);
});

test('the commands of the README of the server run, one after the other', async () => {
  const own = await temporaryFolder();
  await writeFile(join(own, 'leads.csv'), examples('readme').find(({ language }) => language === 'csv')?.code ?? '');
  const account = await hubspotAccount();
  const environment = { SAMA_HUBSPOT_URL: account.server.url, SAMA_HUBSPOT_TOKEN: account.token };
  const [serve = '', ...others] = lines(examples('commands', 'sh'));
  const { args } = callOf(serve);
  expect(args[0]).toBe('serve');
  const few = ['--demo-persons', '300', '--store', join(own, '.sama')];
  const running = await served([...args.slice(1), ...few], { SAMA_LOG: 'silent' });
  expect((await fetch(`${running.address}/readyz`)).status).toBe(200);
  await running.stop();
  expect(others.length).toBeGreaterThan(5);
  for (const line of others) {
    // Nobody is there who could be asked.
    const asked = line === 'sama import leads.csv' ? `${line} --yes` : line.replace('/mnt/backups/', `${own}/`);
    const { code, out, err } = await shell(own, asked, environment);
    expect({ line, code, err: code === 0 ? '' : err }).toEqual({ line, ...DONE });
    expect(out + err, line).not.toBe('');
  }
});

test('the example of activities and figures is imported, with the rows it says refused', async () => {
  const own = await temporaryFolder();
  await cp(join(root, 'examples/activities'), own, { recursive: true });
  const codes = [];
  for (const line of lines(examples('activities', 'sh'))) codes.push((await shell(own, line)).code);
  expect(codes).toEqual([3, 3, 0]);
});

/** Some rows in the columns of the data set, which is not here. */
const PIPELINE = `opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
A1,Ada One,GTXPro,Acme,Won,2017-01-02,2017-02-01,1200
A2,Ada One,GTXPro,,Lost,2017-01-05,2017-01-20,0
A3,Ben Two,MG Special,Acme,Engaging,2017-03-01,,
A4,Ben Two,MG Special,Acme,Prospecting,,,
`;
const REFERENCES = {
  'products.csv': 'product,series,sales_price\nGTX Pro,GTX,4821\nMG Special,MG,55\n',
  'accounts.csv': 'account,sector\nAcme,retail\n',
  'sales_teams.csv': 'sales_agent,manager\nAda One,Mel\nBen Two,Mel\n',
};

test('the example of a CRM export runs, on rows like those of the data set', async () => {
  const own = await temporaryFolder();
  await cp(join(root, 'examples/maven-crm'), own, { recursive: true });
  await mkdir(join(own, 'data'));
  for (const [name, text] of Object.entries({ ...REFERENCES, 'sales_pipeline.csv': PIPELINE }))
    await writeFile(join(own, 'data', name), text);
  const outs = [];
  for (const line of lines(examples('maven', 'sh'))) {
    const { code, out, err } = await shell(own, line);
    expect({ line, code, err: code === 0 ? '' : err }).toEqual({ line, ...DONE });
    outs.push(out);
  }
  expect(outs[0]).toContain('GTX Pro');
});

test('the audit trail and one person are told and forgotten as the page says', async () => {
  const own = await temporaryFolder();
  await mkdir(join(own, '.sama'));
  const keeper = await openTestKeeper(join(own, '.sama'));
  for (const id of ['H-1042', '1042']) await offer(keeper, id);
  await keeper.close();
  const [erase = '', ...others] = lines(examples('audit', 'sh')).toReversed();
  expect(await shell(own, others.toReversed().join('\n'))).toMatchObject({
    ...DONE,
    out: expect.stringContaining('H-1042'),
  });
  expect(await readFile(join(own, 'audit.csv'), 'utf8')).toMatch(/^seq,.*\r\n1,handoff,H-1042,/);
  expect(JSON.parse(await readFile(join(own, 'p-1042.json'), 'utf8'))).toMatchObject({ person: 'p-1042' });
  expect(await shell(own, erase)).toMatchObject({ code: 2, err: expect.stringContaining('--yes') });
  expect(await shell(own, `${erase} --yes`)).toMatchObject({ code: 0 });
});
