import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { allExamples } from '../../../../scripts/examples.mjs';
import { projectFiles } from '../../../../scripts/tree.mjs';
import { type Carried, carryOut, instructionsOf, stagesOf } from './container.ts';
import { bytesOf } from './run-size.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');

/** What building and starting the image would do, and what it took. */
export interface Built extends Carried {
  seconds: number;
  /** Of `/app`, in megabytes. */
  megabytes: number;
}

/**
 * Carries out the container file in an empty folder, without an engine: the files of the project are copied, the steps
 * of the first stage run there by the same commands, and what they leave in `/app` is started as the second says.
 */
export async function runContainer(folder: string): Promise<Built> {
  const [source, app] = [join(folder, 'src'), join(folder, 'app')];
  // What is left out of the context is what Git leaves out.
  for (const path of projectFiles(ROOT)) cpSync(join(ROOT, path), join(source, path));
  const [build = [], image = []] = stagesOf(instructionsOf(readFileSync(join(source, 'Containerfile'), 'utf8')));
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  const began = performance.now();
  for (const { text } of build.filter(({ name }) => name === 'RUN'))
    execFileSync('sh', ['-ec', text.replaceAll('/app', app)], {
      cwd: source,
      env: { ...process.env, CI: 'true', PATH: path },
      stdio: ['ignore', 2, 2],
    });
  const seconds = Math.round((performance.now() - began) / 1000);
  chmodSync(folder, 0o755);
  const lines = allExamples().find(({ run, language }) => run === 'container' && language === 'sh')?.code ?? '';
  const carried = await carryOut(image, lines.trim().split('\n'), app, folder);
  return { seconds, megabytes: Math.round(bytesOf(app) / 2 ** 20), ...carried };
}
