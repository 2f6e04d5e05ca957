import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const VARIABLE = 'PLAYWRIGHT_CHROMIUM_EXECUTABLE';
const require = createRequire(import.meta.url);

const isRoot = () => process.getuid?.() === 0;

/** @param {string} path */
function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {readonly string[]} names @param {NodeJS.ProcessEnv} env */
function onPath(names, env) {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(runnable);
}

/** The browser that Playwright has installed itself, if it has. */
function playwrightBrowser() {
  const path = require('playwright-core').chromium.executablePath();
  return path !== '' && runnable(path) ? path : undefined;
}

/** @param {string} command @param {readonly string[]} args @param {NodeJS.ProcessEnv} env */
function quietly(command, args, env) {
  return spawnSync(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: 600_000 }).status === 0;
}

function installWithPlaywright(env) {
  const cli = join(require.resolve('playwright-core/package.json'), '..', 'cli.js');
  return quietly(process.execPath, [cli, 'install', 'chromium'], env);
}

function installWithApt(env) {
  if (!isRoot() || onPath(['apt-get'], env) === undefined) return false;
  const quiet = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
  quietly('apt-get', ['update', '-qq'], quiet);
  return quietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
}

/**
 * The path of a Chromium to test with: the one named by `PLAYWRIGHT_CHROMIUM_EXECUTABLE`, else one that Playwright has
 * installed, else the system's (on PATH), else one installed now, by Playwright or, as root on Debian, by apt-get.
 *
 * @param {object} [world] replaced in tests
 * @param {NodeJS.ProcessEnv} [world.env]
 * @param {() => string | undefined} [world.installed] Playwright's own browser
 * @param {readonly ((env: NodeJS.ProcessEnv) => boolean)[]} [world.installers] tried in this order
 * @returns {string}
 * @throws when there is none and none can be installed, saying what to do
 */
export function findChromium({
  env = process.env,
  installed = playwrightBrowser,
  installers = [installWithPlaywright, installWithApt],
} = {}) {
  const named = env[VARIABLE];
  if (named !== undefined && named !== '') {
    if (runnable(named)) return named;
    throw new Error(
      `${VARIABLE} names ${named}, which cannot be run. Correct it, or unset it to have one searched for.`,
    );
  }
  const search = () => installed() ?? onPath(NAMES, env);
  const found = search();
  if (found !== undefined) return found;
  for (const install of installers) {
    const now = install(env) ? search() : undefined;
    if (now !== undefined) return now;
  }
  throw new Error(
    'The tests need Chromium, and none was found or could be installed. ' +
      'Run `npx playwright-core install chromium`, or install the chromium package of your system, ' +
      `or set ${VARIABLE} to the path of a Chromium or Chrome.`,
  );
}

/**
 * Arguments for a headless Chromium that talks to nobody by itself. Root has no sandbox to give.
 *
 * @param {{ root?: boolean }} [as]
 * @returns {string[]}
 */
export function chromiumArgs({ root = isRoot() } = {}) {
  const quiet = [
    'no-first-run',
    'disable-background-networking',
    'disable-component-update',
    'disable-sync',
    'disable-quic',
  ];
  return [...(root ? ['no-sandbox'] : []), ...quiet].map((name) => `--${name}`);
}
