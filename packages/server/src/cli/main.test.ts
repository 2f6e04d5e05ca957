import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen } from '../http/listen.ts';
import { recordedTerminal } from '../testing/terminal.ts';
import { main } from './main.ts';

async function sama(...args: readonly string[]) {
  const terminal = recordedTerminal();
  return { code: await main(args, terminal), ...terminal.written };
}

test.each([
  [['--help']],
  [['serve', '--help']],
  [['demo', '--help']],
  [['query', '--help']],
  [['query', 'funnel', '--help']],
  [['query', 'measure', '--help']],
  [['import', '--help']],
  [['token', '--help']],
  [['snapshot', '--help']],
  [['doctor', '--help']],
  [['backup', '--help']],
  [['restore', '--help']],
  [['sync', '--help']],
  [['sync', 'hubspot', '--help']],
  [['write-back', '--help']],
  [['write-back', 'hubspot', '--help']],
  [['sync', 'salesforce', '--help']],
])('%j shows examples', async (args) => {
  const { code, out, err } = await sama(...args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^Usage: sama/);
  expect(out).toMatch(/Examples?:/);
});

test('--version prints it', async () => {
  expect(await sama('--version')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

test.each([
  [['sevre'], /unknown command 'sevre'\s+\(Did you mean serve\?\)/],
  [['serve', '--prot', '1'], /unknown option '--prot'\s+\(Did you mean --port\?\)/],
  [['serve', '--port', 'web'], /A port is a number/],
  [['serve', '--origin', 'example.com'], /An origin is a scheme, a host/],
  [['serve', '--origin', 'https://example.com/page'], /An origin is a scheme, a host/],
])('%j is wrong usage and gets a suggestion', async (args, message) => {
  const { code, err } = await sama(...args);
  expect(code).toBe(2);
  expect(err).toMatch(message);
});

let store: string;
beforeAll(async () => {
  store = await mkdtemp(join(tmpdir(), 'sama-main-'));
});
afterAll(() => rm(store, { recursive: true, force: true }));

test('a port in use is named, with the way out', async () => {
  const other = await listen(() => new Response(), 0);
  try {
    const { code, err } = await sama('serve', '--store', store, '--port', String(other.port));
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`^sama: Port ${other.port} is in use.*PORT=\\d+\n$`));
  } finally {
    await other.close(0);
  }
});

test.each([
  [['--host', '0.0.0.0'], /--host 0\.0\.0\.0: without sign-in .* sama token key NAME/],
  [['--portal', 'nowhere'], /--portal: nowhere has no index\.html/],
])('serve %j is refused with the reason', async (args, message) => {
  const { code, err } = await sama('serve', '--store', store, '--port', '0', ...args);
  expect(code).toBe(1);
  expect(err).toMatch(message);
});

const entry = `import { main } from ${JSON.stringify(new URL('./main.ts', import.meta.url).href)}; process.exitCode = (await main(process.argv.slice(1))) || process.exitCode;`;
const node = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', entry, '--'];

test('a reader that closes the pipe ends it quietly', async () => {
  const child = spawn(process.execPath, [...node, 'query', 'funnel', '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  child.stdout.destroy();
  const code = await new Promise((resolve) => child.on('exit', resolve));
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test('serves until it is told to stop, and says where', async () => {
  const child = spawn(
    process.execPath,
    [...node, 'serve', '--demo', '--demo-persons', '200', '--store', join(store, 'served'), '--port', '0'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const text = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('Ctrl+C')) resolve(out);
    });
    child.on('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  const address = /http:\/\/localhost:\d+/.exec(text)?.[0] ?? '';
  const health = await fetch(`${address}/healthz`);
  expect(await health.json()).toEqual({ status: 'ok' });
  child.removeAllListeners('exit');
  const code = new Promise((resolve) => child.on('exit', resolve));
  child.kill('SIGTERM');
  expect(await code).toBe(0);
});

test('neither colour nor progress goes into a pipe', async () => {
  const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve, reject) => {
    execFile(
      process.execPath,
      [...node, 'demo', '--persons', '200', '--store', join(store, 'piped')],
      (error, stdout, stderr) => {
        if (error === null) resolve({ stdout, stderr });
        else reject(error);
      },
    );
  });
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^Made up a company of 200 persons: [\d,]+ records, [\d,]+ events\.\n$/);
});
