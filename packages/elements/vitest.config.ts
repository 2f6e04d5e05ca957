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

/** The single file as it is built, by the name a query gives the kind of script. */
const SCRIPTS: Record<string, string> = {
  classic: '<script src="sama-funnel.js"></script>',
  module: '<script type="module" src="sama-funnel.js?copy=2"></script>',
};

/** A strict host under `/strict/`: `host.html?classic+module` has both scripts, and nothing of Vite's own. */
const strictHost: Plugin = {
  name: 'strict-host',
  configureServer(server) {
    server.middlewares.use('/strict/', (request, response) => {
      const { pathname, search } = new URL(request.url ?? '', 'http://localhost');
      const path = pathname.slice(1);
      const file = path === 'sama-funnel.js' ? 'dist/cdn/sama-funnel.js' : `src/testing/strict/${path}`;
      response.setHeader('content-type', path.endsWith('.html') ? 'text/html' : 'text/javascript');
      if (!/^[\w-]+\.(html|js)$/.test(path)) return void response.end();
      const text = readFileSync(new URL(file, import.meta.url), 'utf8');
      const kinds = search.slice(1).split('+');
      // Each copy of Lit makes its own policy of the same name.
      const policies = kinds.length > 1 ? " 'allow-duplicates'" : '';
      const scripts = kinds.map((kind) => SCRIPTS[kind] ?? '').join('');
      response.end(text.replace('{{policies}}', policies).replace('{{scripts}}', scripts));
    });
  },
};

export default defineConfig({
  plugins: [strictHost],
  // Found late they would reload a page in the middle of its tests.
  optimizeDeps: {
    include: [
      '@noble/hashes/sha2.js',
      '@noble/hashes/utils.js',
      'canonicalize',
      'htmlparser2',
      'temporal-polyfill',
      'zod/locales',
      'zod/mini',
    ].map((name) => `@sama/metrics > ${name}`),
  },
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
