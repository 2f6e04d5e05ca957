import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FunnelEnvelope } from '@sama/metrics/contracts';

const command = fileURLToPath(new URL('../bin/sama.js', import.meta.resolve('@sama/server')));
const portal = fileURLToPath(new URL('../../dist', import.meta.url));

/** A running `sama serve`, told by the addresses it prints. */
export interface Running {
  /** `http://localhost:PORT`, without the closing slash. */
  origin: string;
  partner: string;
  port: number;
  stop(): Promise<void>;
}

/** Starts the server on a store, filled with the demo company when empty. Port 0 takes free ones. */
export async function serve(store: string, port = 0): Promise<Running> {
  const args = [
    'serve',
    '--demo',
    '--demo-persons',
    '3000',
    '--store',
    store,
    '--port',
    String(port),
    '--portal',
    portal,
  ];
  const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const text = await firstOutput(child, 'Stop with Ctrl+C.');
  const address = (name: string): string => {
    const found = new RegExp(`${name}\\s+(http://localhost:\\d+)/`).exec(text)?.[1];
    if (found === undefined) throw new Error(`sama serve printed no address of ${name}: ${text}`);
    return found;
  };
  const origin = address('Portal');
  return { origin, partner: address('Other origin'), port: Number(new URL(origin).port), stop: () => stop(child) };
}

/** What `sama query --json` answers. */
export async function query(store: string, ...args: readonly string[]): Promise<FunnelEnvelope> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    command,
    'query',
    ...args,
    '--store',
    store,
    '--json',
  ]);
  return FunnelEnvelope.parse(JSON.parse(stdout));
}

function firstOutput(child: ChildProcess, until: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes(until)) resolve(out);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`sama serve ended with ${code}: ${out}${err}`)));
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
