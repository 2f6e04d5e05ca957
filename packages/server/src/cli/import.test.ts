import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../store/index.ts';
import { DEALS, DEALS_HEADER } from '../testing/deals.ts';
import { batchOf, person, temporaryFolder } from '../testing/stores.ts';
import type { ProposalAnswer } from './import-ask.ts';
import { importCommand } from './import.ts';
import { run } from './run.ts';

let before: typeof process.exitCode;
beforeEach(() => {
  before = process.exitCode;
  onTestFinished(() => {
    process.exitCode = before;
  });
});

interface Outcome {
  code: number;
  out: string;
  err: string;
}

/** A folder with a file, and the command run in it. */
async function desk(
  text: string,
  answer?: ProposalAnswer,
): Promise<{ folder: string; file: string; run: (...args: string[]) => Promise<Outcome> }> {
  const folder = await temporaryFolder();
  const file = join(folder, 'deals.csv');
  await writeFile(file, text);
  await writeFile(join(folder, 'map.json'), JSON.stringify(DEALS));
  await writeFile(join(folder, 'config.json'), '{}');
  return {
    folder,
    file,
    run: async (...args) => {
      let out = '';
      let err = '';
      process.exitCode = 0;
      const terminal = {
        out: (said: string) => void (out += said),
        err: (said: string) => void (err += said),
        interactive: answer !== undefined,
        input: async () => '',
      };
      const ask = async (): Promise<ProposalAnswer> => answer ?? { go: false };
      const code = await run(
        importCommand(terminal, ask),
        [...args, '--store', join(folder, 'store'), '--config', join(folder, 'config.json')],
        terminal,
      );
      return { code: code || Number(process.exitCode), out, err };
    },
  };
}

const GOOD = `${DEALS_HEADER}\nA,1,2026-01-05,,Open\n`;

test('a file with its mapping is imported and reported on stdout, without progress in a pipe', async () => {
  const { file, folder, run } = await desk(GOOD);
  const { code, out, err } = await run(file, '--map', join(folder, 'map.json'));
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('Imported deals.csv as b000001-');
  expect(out).toContain('1 row read: 1 kept, 0 merged, 0 refused');
  expect(out).toContain('Days without a time: opened, 1');
  const again = await run(file, '--map', join(folder, 'map.json'));
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('was imported before as b000001-') });
});

test('refused rows give exit code 3 and a file that lists them; none taken gives 1', async () => {
  const { file, folder, run } = await desk(`${GOOD}B,1,=2,,Open\n`);
  const rejects = join(folder, 'refused.csv');
  const { code, out } = await run(file, '--map', join(folder, 'map.json'), '--rejects', rejects);
  expect(code).toBe(3);
  expect(out).toContain('opened');
  expect(out).toContain(rejects);
  expect(await readFile(rejects, 'utf8')).toContain(`3,opened,"not a date`);
  await writeFile(file, `${DEALS_HEADER}\nB,1,=2,,Open\n`);
  const none = await run(file, '--map', join(folder, 'map.json'));
  expect(none).toMatchObject({ code: 1, out: expect.stringContaining('no row could be taken') });
});

test('a report in JSON is the contract', async () => {
  const { file, folder, run } = await desk(GOOD);
  const { out } = await run(file, '--map', join(folder, 'map.json'), '--json', '--dry-run');
  expect(JSON.parse(out)).toMatchObject({ dryRun: true, rows: { read: 1, kept: 1 } });
  await expect(access(join(folder, 'store'))).rejects.toThrow('ENOENT');
});

test('without a mapping and without a person it says how to get one, and --propose gives it', async () => {
  const { file, run } = await desk('deal_id,stage,won_date\nA,won,2026-01-05\nB,open,\n');
  const refused = await run(file);
  expect(refused).toMatchObject({
    code: 2,
    err: expect.stringContaining(`sama import ${file} --propose > mapping.json`),
  });
  const dry = await run(file, '--dry-run');
  expect(dry).toMatchObject({ err: expect.stringContaining('Proposed from 2 rows') });
  expect(dry.out).toContain('2 rows read');
  const { code, out } = await run(file, '--propose');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    id: 'deal_id',
    entityType: 'opportunity',
    stages: [{ stage: 'won', at: 'won_date' }],
  });
});

test('a person sees the proposal, may save it, and decides', async () => {
  const folder = await temporaryFolder();
  const save = join(folder, 'kept.json');
  const text = 'deal_id,stage,won_date\nA,won,2026-01-05\nB,lost,\n';
  const yes = await desk(text, { go: true, save });
  const outcome = await yes.run(yes.file);
  expect(outcome.code).toBe(0);
  expect(outcome.err).toContain('deal_id');
  expect(outcome.err).toContain('filled in every row and never repeated');
  expect(JSON.parse(await readFile(save, 'utf8'))).toMatchObject({ id: 'deal_id' });
  const no = await desk(text, { go: false });
  expect(await no.run(no.file)).toMatchObject({ code: 1, err: expect.stringContaining('Nothing was imported') });
});

test('batches are listed and taken out again', async () => {
  const { file, folder, run } = await desk(GOOD);
  expect((await run('--list')).out).toContain('holds no batches yet');
  expect(await run('--undo', 'b')).toMatchObject({ code: 1 });
  await run(file, '--map', join(folder, 'map.json'));
  expect((await run('--undo', 'b000001')).out).toContain('Took b000001-');
  const { out } = await run(file, '--map', join(folder, 'map.json'), '--json');
  const { batch } = JSON.parse(out);
  expect((await run('--list')).out).toContain(batch);
  expect((await run('--undo', batch)).out).toContain(`Took ${batch} (deals.csv) out again`);
  expect(await run('--undo', batch)).toMatchObject({ code: 1, err: expect.stringContaining(`no batch "${batch}"`) });
});

test('a note that holds for several columns stands once', async () => {
  const { file, folder, run } = await desk(`${DEALS_HEADER}\nA,1,2026-01-05,2026-01-06,Won\n`);
  const { out } = await run(file, '--map', join(folder, 'map.json'));
  expect(out).toContain('Days without a time: opened, 1; closed, 1\n');
});

test('--yes takes no date with two readings and no file without a stage', async () => {
  const { file, run } = await desk('id,lead_date\nA,03/04/2026\nB,03/04/2026\n');
  const { code, err } = await run(file, '--yes');
  expect(code).toBe(1);
  expect(err).toContain('2026-04-03 (dd/mm/yyyy) or 2026-03-04 (mm/dd/yyyy)');
  expect(err).toContain(`sama import ${file} --propose > mapping.json`);
  expect(err).toContain('? marks a guess that may be wrong');
  await writeFile(file, 'id,colour\nA,red\nB,blue\n');
  expect(await run(file, '--yes')).toMatchObject({ code: 1, err: expect.stringContaining('no column holds a stage') });
  await writeFile(file, 'id,lead_date\nA,2026-01-05\nB,2026-01-06\n');
  expect(await run(file, '--yes')).toMatchObject({ code: 0, out: expect.stringContaining('2 kept') });
  expect((await run('--list')).out.split('\n').filter((line) => line.startsWith('b'))).toHaveLength(1);
});

/** Puts a made-up batch into the store of a desk. */
async function fillMadeUp(folder: string): Promise<void> {
  const store = await openStore(join(folder, 'store'));
  try {
    await store.importChunks({ ...batchOf('made up'), demo: true }, [person('P')]);
  } finally {
    await store.close();
  }
}

test('the first import of one’s own takes the made-up company out, and a dry run does not', async () => {
  const { file, folder, run } = await desk(GOOD);
  await fillMadeUp(folder);
  const dry = await run(file, '--map', join(folder, 'map.json'), '--dry-run');
  expect(dry.out).not.toContain('made-up');
  expect((await run('--list')).out).toContain('made up.json');
  const { code, out } = await run(file, '--map', join(folder, 'map.json'));
  expect(code).toBe(0);
  expect(out).toContain('The made-up company was taken out; `sama demo` brings it back.');
  expect(out).toContain('Days are now counted in UTC, no longer in Europe/Berlin');
  const { out: listed } = await run('--list');
  expect(listed).toContain('deals.csv');
  expect(listed).not.toContain('made up.json');
});

test('the made-up company stays beside records that were there before, and a report in JSON stays JSON', async () => {
  const { file, folder, run } = await desk(GOOD);
  await fillMadeUp(folder);
  const { out, err } = await run(file, '--map', join(folder, 'map.json'), '--json');
  expect(JSON.parse(out)).toMatchObject({ rows: { kept: 1 } });
  expect(err).toContain('was taken out');
  await fillMadeUp(folder);
  await writeFile(file, GOOD.replace('A,1', 'B,2'));
  expect((await run(file, '--map', join(folder, 'map.json'))).out).not.toContain('made-up');
  expect((await run('--list')).out).toContain('made up.json');
});

test('what is wrong is named: no file, no such file, a mapping that is none, a configuration that is none', async () => {
  const { file, folder, run } = await desk(GOOD);
  expect(await run()).toMatchObject({ code: 2, err: expect.stringContaining('name a file') });
  expect(await run(join(folder, 'none.csv'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('there is no such file'),
  });
  expect(await run(folder)).toMatchObject({ code: 1, err: expect.stringContaining('is not a file') });
  expect(await run(file, '--map', join(folder, 'none.json'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('--map'),
  });
  await writeFile(join(folder, 'map.json'), JSON.stringify({ ...DEALS, rows: 'cells' }));
  expect(await run(file, '--map', join(folder, 'map.json'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('rows:'),
  });
  await writeFile(join(folder, 'config.json'), JSON.stringify({ currency: 'euro' }));
  expect(await run(file)).toMatchObject({ code: 1, err: expect.stringContaining('config.json: currency') });
  expect((await run('--bogus')).code).toBe(2);
});

test('--definitions shows the stages a mapping may name', async () => {
  const { run } = await desk(GOOD);
  const { out } = await run('--definitions');
  expect(out).toMatch(/lead-to-won@1\.0\.0 \(person\)\n {2}stages: lead, mql/);
});
