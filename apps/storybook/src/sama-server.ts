import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../../packages/server/bin/sama.js', import.meta.url));

/** A Sama server with the demo company, run as a user would. */
export interface SamaServer {
  origin: string;
  close(): Promise<void>;
}

/**
 * Runs `sama serve --demo` in a new folder, for pages of one other origin.
 *
 * @param allowed the origin of those pages
 * @throws when the server ends before it says where it listens; the error has its output
 */
export async function startSama(allowed: string): Promise<SamaServer> {
  const folder = await mkdtemp(join(tmpdir(), 'sama-snippets-'));
  const args = ['serve', '--demo', '--demo-persons', '2000', '--port', '0', '--origin', allowed];
  const child = spawn(process.execPath, [COMMAND, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const origin = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString('utf8');
      const found = /http:\/\/localhost:\d+/.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
    child.once('exit', (code) => reject(new Error(`sama serve ended with ${code}: ${said}`)));
  });
  return {
    origin,
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
