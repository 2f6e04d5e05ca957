import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { toolEnv } from './run.mjs';

const project = resolve(import.meta.dirname, '..');
const CONFIGURATION = [
  '.dependency-cruiser.mjs',
  '.oxfmtrc.json',
  '.oxlintrc.json',
  'knip.json',
  'tsconfig.base.json',
  'tsconfig.test.json',
];

/**
 * A small work tree with the project's own configuration and tools, to see whether a gate fails when it should.
 *
 * @param {Record<string, string>} files by path
 * @returns {{ root: string, run: (tool: string, ...args: string[]) => { ok: boolean, said: string }, remove: () => void }}
 */
export function plant(files) {
  const root = mkdtempSync(join(tmpdir(), 'sama-planted-'));
  for (const name of CONFIGURATION) cpSync(join(project, name), join(root, name));
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'));
  for (const [path, text] of Object.entries({ '.gitignore': 'node_modules\ndist\n', ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  spawnSync('git', ['init', '-q'], { cwd: root });

  const run = (tool, ...args) => {
    const { status, stdout, stderr } = spawnSync(tool, args, { cwd: root, env: toolEnv(), encoding: 'utf8' });
    return { ok: status === 0, said: `${stdout}${stderr}` };
  };
  return { root, run, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** The path of one of the project's own scripts. */
export const script = (name) => join(import.meta.dirname, name);
