import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { give, commandOn, offer, openTestKeeper, SERVO } from '../testing/ledgers.ts';
import { temporaryFolder } from '../testing/stores.ts';
import { recordedTerminal } from '../testing/terminal.ts';
import { auditCommand } from './audit.ts';
import { personCommand } from './person.ts';
import { run } from './run.ts';

/** A ledger with two hand-offs, one of them accepted, and the commands over it, at a terminal or in a pipe. */
async function desk() {
  const store = await temporaryFolder();
  const keeper = await openTestKeeper(store);
  onTestFinished(() => keeper.close());
  for (const id of ['H1', 'H2']) await offer(keeper, id);
  await keeper.keepLead({ id: 'p-H1', name: 'Secretia Vonderheide', attributes: {} });
  await give(keeper, SERVO, commandOn('H1', 'accept', {}, 2));
  const sama = async (args: readonly string[], { asked }: { asked?: (question: string) => boolean } = {}) => {
    const terminal = { ...recordedTerminal(), interactive: asked !== undefined };
    const person = personCommand(terminal, async (question) => asked?.(question) === true);
    const [name = '', ...rest] = args;
    const command = name === 'audit' ? auditCommand(terminal) : person;
    const code = await run(command, [...(name === 'audit' ? [] : [name]), ...rest, '--store', store], terminal);
    return { code, ...terminal.written };
  };
  return { store, keeper, sama };
}

/** Whether any file of a folder has a text in it. */
async function filesHave(folder: string, text: string): Promise<boolean> {
  const files = await readdir(folder);
  const found = await Promise.all(
    files.filter((name) => name.startsWith('ledger')).map((name) => readFile(join(folder, name))),
  );
  return found.some((bytes) => bytes.includes(text));
}

test('the audit trail is told as a table, as CSV and as JSON, of all or of one target', async () => {
  const { sama } = await desk();
  const table = await sama(['audit']);
  expect(table).toMatchObject({ code: 0, err: '' });
  expect(table.out).toMatch(
    /^when +who .*\n(.*\n){4}.*servo-mustermann +sales +handoff accept +H1 +offered → accepted/,
  );
  const csv = await sama(['audit', '--csv', '--target', 'H1']);
  expect(csv.out.trimEnd().split('\r\n')).toEqual([
    expect.stringMatching(/^seq,kind,target,version,/),
    expect.stringMatching(/^1,handoff,H1,1,/),
    expect.stringMatching(/^2,handoff,H1,2,/),
    expect.stringMatching(/^5,handoff,H1,3,/),
  ]);
  expect(JSON.parse((await sama(['audit', '--json', '--since', '2026-01-01'])).out)).toMatchObject({
    v: 1,
    lines: { length: 5 },
  });
  expect((await sama(['audit', '--since', '2999-01-01'])).out).toBe('Nothing was done.\n');
  expect(await sama(['audit', '--since', 'May'])).toMatchObject({ code: 2 });
  expect(await sama(['audit', '--csv', '--json'])).toMatchObject({ code: 2 });
  for (const { out } of [table, csv]) expect(out).not.toMatch(/Secretia|Demoson/);
});

test('a person is given out and forgotten, also for a server that is at work, and leaves no trace in the files', async () => {
  const { store, keeper, sama } = await desk();
  const known = JSON.parse((await sama(['export', 'p-H1'])).out);
  expect(known).toMatchObject({ v: 1, person: 'p-H1', card: { name: 'Secretia Vonderheide' } });
  expect(known.handoffs).toMatchObject([{ id: 'H1', events: { length: 3 } }]);
  expect(await filesHave(store, 'Secretia')).toBe(true);

  expect(await sama(['erase', 'p-H1'])).toMatchObject({ code: 2, err: expect.stringContaining('--yes') });
  const questions: string[] = [];
  const no = await sama(['erase', 'p-H1'], { asked: (question) => questions.push(question) === 0 });
  expect(no).toMatchObject({ code: 1, err: expect.stringContaining('Nothing was erased') });
  expect(questions).toEqual(['Forget Secretia Vonderheide (p-H1) for good?']);
  expect(keeper.desk.lead('p-H1')).toBeDefined();

  expect(await sama(['erase', 'p-H1', '--yes'])).toMatchObject({ code: 0, err: expect.stringContaining('Forgotten') });
  await vi.waitFor(() => expect(keeper.desk.lead('p-H1')).toBeUndefined(), { timeout: 20_000 });
  expect(keeper.desk.lead('p-H2')).toBeDefined();
  expect(await filesHave(store, 'Secretia')).toBe(false);
  expect(JSON.parse((await sama(['export', 'p-H1'])).out).card).toBeUndefined();
  expect(await sama(['erase', 'p-H1', '--yes'])).toMatchObject({
    code: 0,
    err: expect.stringContaining('only the log'),
  });
  expect(await sama(['export', 'nobody'])).toMatchObject({ code: 1, out: '' });
});

test('where there is no ledger none is made', async () => {
  const store = await temporaryFolder();
  const terminal = recordedTerminal();
  expect(await run(auditCommand(terminal), ['--store', store], terminal)).toBe(1);
  expect(terminal.written.err).toMatch(/no ledger in/);
  expect(await readdir(store)).toEqual([]);
});
