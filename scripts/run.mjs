import { spawnSync } from 'node:child_process';
import { delimiter, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** The environment in which the project's own tools, and its Node, come first. */
export function toolEnv(more = {}) {
  const path = [join(root, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter);
  return { ...process.env, ...more, PATH: path };
}

/**
 * Runs one of the project's tools with its output shown.
 *
 * @param {string} tool a name in `node_modules/.bin`
 * @param {readonly string[]} args
 * @param {Record<string, string>} [more] environment
 * @returns {boolean} whether it succeeded
 */
export function succeeds(tool, args, more) {
  return spawnSync(tool, args, { cwd: root, env: toolEnv(more), stdio: 'inherit' }).status === 0;
}
