import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** `sama serve` in a process of its own, at a free port; its log goes nowhere, but is written. */
export interface Served {
  /** Where it is reached. */
  address: string;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts one, and waits until it is ready. */
export async function served(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const entry = `import { main } from ${JSON.stringify(new URL('../cli/main.ts', import.meta.url).href)}; process.exitCode = await main(process.argv.slice(1));`;
  const program = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', entry, '--'];
  const child = spawn(process.execPath, [...program, 'serve', '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...environment },
  });
  const address = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const found = /http:\/\/localhost:(\d+)/.exec(out);
      if (found !== null && out.includes('Ctrl+C')) resolve(`http://127.0.0.1:${found[1]}`);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return {
    address,
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}
