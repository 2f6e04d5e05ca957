import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, findChromium } from '../../scripts/chromium.mjs';

/** Runs a script of `src/testing` in a Node without a page, and gives what it writes to its standard output. */
function inNode(_: unknown, script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL(`src/testing/${script}`, import.meta.url), { silent: true });
    let [out, problems] = ['', ''];
    child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (problems += chunk.toString()));
    child.on('exit', (code) => (code === 0 ? resolve(out) : reject(new Error(problems))));
  });
}

/** Pages of a strict host under `/strict/`, with the single file as it is built and nothing of Vite's own. */
const strictHost: Plugin = {
  name: 'strict-host',
  configureServer(server) {
    server.middlewares.use('/strict/', (request, response) => {
      const path = new URL(request.url ?? '', 'http://localhost').pathname.slice(1);
      const file = path === 'sama-funnel.js' ? 'dist/cdn/sama-funnel.js' : `src/testing/strict/${path}`;
      response.setHeader('content-type', path.endsWith('.html') ? 'text/html' : 'text/javascript');
      response.end(/^[\w-]+\.(html|js)$/.test(path) ? readFileSync(new URL(file, import.meta.url)) : '');
    });
  },
};

export default defineConfig({
  plugins: [strictHost],
  test: {
    name: 'elements',
    include: ['src/**/*.test.ts'],
    testTimeout: 30_000,
    browser: {
      enabled: true,
      headless: true,
      provider: playwright({ launchOptions: { executablePath: findChromium(), args: chromiumArgs() } }),
      instances: [{ browser: 'chromium', viewport: { width: 1100, height: 900 } }],
      screenshotFailures: false,
      commands: { inNode },
    },
  },
});
