import { chmod, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { examples } from '../../../../scripts/examples.mjs';
import { carryOut, dockerCall, instructionsOf, stagesOf } from '../testing/container.ts';
import { temporaryFolder } from '../testing/stores.ts';

const root = resolve(import.meta.dirname, '../../../..');
const file = instructionsOf(await readFile(join(root, 'Containerfile'), 'utf8'));
const [build = [], image = []] = stagesOf(file);
const [lines, fonts] = examples('container', 'sh', 'dockerfile').map(({ code }) => code.trim());
const calls = (lines ?? '').split('\n');

/** What an instruction of a stage says, each time it is there. */
const said = (stage: typeof image, name: string): string[] =>
  stage.filter((one) => one.name === name).map(({ text }) => text);

test('the image has the command, runs by a user without rights, and keeps its data in the volume', async () => {
  expect(stagesOf(file)).toHaveLength(2);
  expect(said(build, 'RUN').at(-1)).toMatch(/ deploy --prod --legacy \/app$/);
  expect(said(image, 'COPY')).toEqual(['--from=build /app /app']);
  expect(said(build, 'FROM')).toEqual([expect.stringMatching(/ AS build$/)]);
  const { bin } = Package.parse(JSON.parse(await readFile(join(root, 'packages/server/package.json'), 'utf8')));
  expect(said(image, 'RUN')).toEqual([expect.stringContaining(`ln -s ${join('/app', bin.sama)} /usr/local/bin/sama`)]);
  const names = image.map(({ name }) => name);
  expect(said(image, 'USER')).toEqual(['node']);
  // After it nothing is done that a user without rights may not do.
  expect(names.slice(names.indexOf('USER'))).not.toContain('RUN');
  expect([said(image, 'VOLUME'), said(image, 'WORKDIR'), said(image, 'EXPOSE')]).toEqual([
    ['/data'],
    ['/data'],
    ['4400'],
  ]);
});

test('the lines of the page and the image go together', () => {
  const [made, ...others] = calls.map(dockerCall);
  expect(made).toMatchObject({ verb: 'build', options: ['-f', 'Containerfile', '-t', 'sama'] });
  for (const { verb, options } of others) {
    expect(['run', 'exec']).toContain(verb);
    // What is started has the volume; the rest is within what was started.
    expect([verb, options.join(' ').includes('-v sama:/data')]).toEqual([verb, verb === 'run']);
  }
  const server = others.find(({ options }) => options.includes('-d'))?.options ?? [];
  expect(server.join(' ')).toContain('-p 127.0.0.1:4400:4400');
  const above = stagesOf(instructionsOf(fonts ?? ''));
  expect(above).toHaveLength(1);
  expect([said(above[0] ?? [], 'FROM'), said(above[0] ?? [], 'USER').at(-1)]).toEqual([['sama'], 'node']);
});

test('what the image starts lets nobody in without a token, is found well, takes the commands beside it, and stops', async () => {
  const folder = await temporaryFolder();
  await chmod(folder, 0o755);
  const carried = await carryOut(image, calls, join(root, 'packages/server'), folder);
  expect(carried.statuses).toEqual([200, 401, 0]);
  expect(Object.values(carried.calls)).toEqual([0, 0, 0]);
  expect(carried.stopped).toBe(0);
});

const Package = z.object({ bin: z.object({ sama: z.string() }) });
