import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import type { BrowserCommand } from 'vitest/node';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, findChromium } from '../../scripts/chromium.mjs';

/** Runs a script of `src/testing` in a Node without a page, and gives what it writes to its standard output. */
function inNode(_: unknown, script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL(`src/testing/${script}`, import.meta.url), { silent: true });
    let [out, problems] = ['', ''];
    // A letter may come in two pieces.
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (problems += text));
    child.on('exit', (code) => (code === 0 ? resolve(out) : reject(new Error(problems))));
  });
}

/** What a reader who hears the page is told of a part of it. */
const ariaOf: BrowserCommand<[selector: string]> = ({ iframe }, selector) => iframe.locator(selector).ariaSnapshot();

/** Lets go of everything that nobody holds any more. */
const collectGarbage: BrowserCommand<[]> = async ({ context, page }) => {
  const session = await context.newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
};

/** A single file as it is built, by the name a query gives the kind of script; `as` makes it another version. */
const SCRIPTS: Record<string, (file: string) => string> = {
  classic: (file) => `<script src="${file}.js"></script>`,
  module: (file) => `<script type="module" src="${file}.js?copy=2"></script>`,
  older: (file) => `<script src="${file}.js?as=0.0.9"></script>`,
  newer: (file) => `<script src="${file}.js?as=9.9.9"></script>`,
};
const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/**
 * A strict host under `/strict/`: `host.html?scripts=classic+module&file=sama-funnel` has both scripts, and
 * nothing of Vite's own.
 */
const strictHost: Plugin = {
  name: 'strict-host',
  configureServer(server) {
    server.middlewares.use('/strict/', (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
      const path = pathname.slice(1);
      const file = path.startsWith('sama-') ? `dist/cdn/${path}` : `src/testing/strict/${path}`;
      response.setHeader('content-type', path.endsWith('.html') ? 'text/html' : 'text/javascript');
      if (!/^[\w-]+\.(html|js)$/.test(path)) return void response.end();
      const text = readFileSync(new URL(file, import.meta.url), 'utf8');
      if (path.endsWith('.js')) return void response.end(text.replaceAll(version, searchParams.get('as') ?? version));
      const kinds = (searchParams.get('scripts') ?? '').split(' ');
      const name = searchParams.get('file') ?? 'sama-funnel';
      // Each copy of Lit makes its own policy of the same name.
      const policies = kinds.length > 1 ? " 'allow-duplicates'" : '';
      const scripts = kinds.map((kind) => SCRIPTS[kind]?.(name) ?? '').join('');
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
    setupFiles: ['src/testing/clean.ts'],
    testTimeout: 30_000,
    isolate: false,
    browser: {
      enabled: true,
      headless: true,
      provider: playwright({ launchOptions: { executablePath: findChromium(), args: chromiumArgs() } }),
      instances: [{ browser: 'chromium', viewport: { width: 1100, height: 900 } }],
      screenshotFailures: false,
      commands: { inNode, ariaOf, collectGarbage },
    },
  },
});
