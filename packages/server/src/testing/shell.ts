import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { main } from '../cli/main.ts';
import { recordedTerminal } from './terminal.ts';

const COMMAND = fileURLToPath(new URL('../../bin/sama.js', import.meta.url));

/** What a program said, and how it ended. */
export interface Said {
  code: number;
  out: string;
  err: string;
}

/**
 * Runs lines in a shell, in a folder and where `sama` is installed, as it was built. Ends at the first that fails;
 * whoever asks meanwhile is told nothing.
 */
export function shell(
  folder: string,
  lines: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Said> {
  // A line without anything a shell would do is called in this process, which has the program already.
  if (/^sama [^|>$\n]*$/.test(lines)) return called(folder, callOf(lines).args, environment);
  const sama = `sama() { '${process.execPath}' '${COMMAND}' "$@" < /dev/null; }\n`;
  const options = { cwd: folder, env: { ...process.env, CI: 'true', ...environment } };
  return new Promise((resolve) => {
    execFile('bash', ['-euo', 'pipefail', '-c', sama + lines], options, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

async function called(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Said> {
  const terminal = recordedTerminal();
  const before = process.cwd();
  process.chdir(folder);
  Object.assign(process.env, environment);
  try {
    const code = await main(args, terminal);
    return { code: Number(process.exitCode ?? code), ...terminal.written };
  } finally {
    process.exitCode = undefined;
    for (const name of Object.keys(environment)) delete process.env[name];
    process.chdir(before);
  }
}

/** The lines of a shell block, without what is said of them. */
export const linesOf = (code: string): string[] =>
  code
    .trim()
    .split('\n')
    .map((line) => line.replace(/\s+# .*$/, ''));

/** The environment and the words of a line that calls `sama`. */
export function callOf(line: string): { environment: Record<string, string>; args: string[] } {
  const words = (line.match(/(?:"[^"]*"|'[^']*'|\S)+/g) ?? []).map((word) => word.replace(/^(["'])(.*)\1$/, '$2'));
  const at = words.indexOf('sama');
  if (at === -1) throw new Error(`${line}: it does not call sama`);
  const environment = words.slice(0, at).map((word) => word.split(/=(.*)/s).slice(0, 2));
  return { environment: Object.fromEntries(environment), args: words.slice(at + 1) };
}

/** Says that something was not tried, and why. */
export function skipped(what: string, why: string): true {
  process.stdout.write(`Skipped: ${what}. ${why}\n`);
  return true;
}
