import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEMO_AS_OF } from '@sama/demo';
import { expect, test } from 'vitest';
import { Snapshots } from '../snapshots/store.ts';
import { temporaryFolder } from '../testing/stores.ts';
import { recordedTerminal } from '../testing/terminal.ts';
import { demoCommand } from './demo.ts';
import { main } from './main.ts';
import { run } from './run.ts';
import { snapshotCommand } from './snapshot.ts';

test('a snapshot of the made-up company is made, opened by its link, listed and taken back', async () => {
  const store = await temporaryFolder();
  const sama = async (...args: readonly string[]) => {
    const terminal = recordedTerminal();
    const code = await run(snapshotCommand(terminal), [...args, '--store', store], terminal);
    return { code, ...terminal.written };
  };
  await run(demoCommand(recordedTerminal()), ['--persons', '200', '--store', store], recordedTerminal());
  expect((await sama('list')).out).toBe('There are no snapshots.\n');
  const made = await sama(
    'create',
    'Q3',
    '--funnel',
    'lead-to-won',
    '--kpi',
    'win-rate',
    '--url',
    'https://m.example/',
  );
  const [, link = ''] = /^https:\/\/m\.example\/s\/([\w-]{32})\n$/.exec(made.out) ?? [];
  const snapshots = await Snapshots.open(store);
  const opened = await snapshots.open(link);
  expect(opened).toMatchObject({ title: 'Q3', answers: [{ data: { kind: 'funnel' } }, { data: { kind: 'kpi' } }] });
  expect(opened).toMatchObject({
    answers: [{ asOf: new Date(DEMO_AS_OF).toISOString(), flags: expect.arrayContaining(['demo']) }, {}],
  });
  const [id = ''] = /snap_\w+/.exec((await sama('list')).out) ?? [];
  expect((await sama('revoke', id)).code).toBe(0);
  expect(await snapshots.open(link)).toBe('gone');
  // Its answers are not in the file any more, nor in the log before it.
  const files = (await readdir(store)).filter((name) => name.startsWith('snapshots.sqlite'));
  for (const name of files) expect((await readFile(join(store, name))).includes('"kind":"funnel"')).toBe(false);
  await snapshots.close();
  expect(await sama('revoke', id)).toMatchObject({ code: 1, err: expect.stringContaining('no snapshot') });
  expect((await sama('create', 'Q3')).code).toBe(2);
  expect(await sama('create', 'Q3', '--funnel', 'other')).toMatchObject({
    code: 1,
    err: expect.stringContaining('not defined'),
  });
});

test.each(['snapshot list', 'snapshot revoke snap_1', 'token list', 'token keys', 'token rotate'])(
  'sama %s names a folder that is not there, and makes none',
  async (line) => {
    const none = join(await temporaryFolder(), 'none');
    const terminal = recordedTerminal();
    expect(await main([...line.split(' '), '--store', none], terminal)).toBe(1);
    const err = `sama: There is no folder ${none}. Name the one the server runs on: --store.\n`;
    expect(terminal.written).toEqual({ out: '', err });
    expect(existsSync(none)).toBe(false);
  },
);
