import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { freePort, ownerOf } from './local-postgres.ts';

/** One instruction of a container file, such as `COPY . .`. */
export interface Instruction {
  name: string;
  text: string;
}

/** The instructions of a container file, without what is said of them. */
export function instructionsOf(file: string): Instruction[] {
  const lines = file.replace(/^\s*#.*\n/gm, '').replace(/\\\n\s*/g, '');
  return lines.split('\n').flatMap((line) => {
    const [, name, text] = /^([A-Z]+) (.*)$/.exec(line.trim()) ?? [];
    if (line.trim() === '') return [];
    if (name === undefined || text === undefined) throw new Error(`${line}: it is no instruction`);
    return [{ name, text }];
  });
}

/** The stages of a container file, each from its `FROM` on. */
export function stagesOf(instructions: readonly Instruction[]): Instruction[][] {
  const stages: Instruction[][] = [];
  for (const instruction of instructions)
    if (instruction.name === 'FROM') stages.push([instruction]);
    else stages.at(-1)?.push(instruction);
  return stages;
}

const words = z.array(z.string());
/** The words of the one instruction of a name that is written as JSON. */
const listed = (stage: readonly Instruction[], name: string): string[] =>
  z.parse(words, JSON.parse(stage.find((one) => one.name === name)?.text.replace(/^[^[]*/, '') ?? 'null'));

/** A call of Docker: what it is told, the image or container, and what runs in it. */
export interface Call {
  verb: string;
  options: string[];
  args: string[];
}

const FLAGS = new Set(['--rm', '-d', '--read-only']);

/** Reads a line such as `docker run --rm -v sama:/data sama token list`. */
export function dockerCall(line: string): Call {
  const [program, verb = '', ...rest] = (line.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", ''));
  if (program !== 'docker') throw new Error(`${line}: it does not call docker`);
  let at = 0;
  while (rest[at]?.startsWith('-') === true) at += FLAGS.has(rest[at] ?? '') ? 1 : 2;
  return { verb, options: rest.slice(0, at), args: rest.slice(at + 1) };
}

/** What the last stage of a container file and the lines of a page did, when a folder stood for the image. */
export interface Carried {
  /** Of `/healthz`, of `/v1/meta` without a token, and of what looks at the health of the container. */
  statuses: [healthz: number, stranger: number, health: number];
  /** Exit codes of what was called beside the server, by the words of the call. */
  calls: Record<string, number>;
  /** Exit code of the server once it was told to stop. */
  stopped: number | null;
}

/**
 * Carries out the last stage of a container file without an engine: the program as it was copied to `/app`, by a user
 * that is not root, with a folder in place of `/data` and a free port in place of 4400. `lines` are those of the page,
 * of which the one with `-d` is the server.
 */
export async function carryOut(
  stage: readonly Instruction[],
  lines: readonly string[],
  app: string,
  folder: string,
): Promise<Carried> {
  const user = process.getuid?.() === 0 ? ownerOf('nobody') : undefined;
  const data = join(folder, 'data');
  mkdirSync(data);
  if (user !== undefined) chownSync(data, user.uid, user.gid);
  const port = await freePort();
  const placed = (word: string): string => word.replaceAll('/data', data).replaceAll('4400', String(port));
  const [entry] = listed(stage, 'ENTRYPOINT');
  if (entry !== 'sama') throw new Error(`the entry is ${entry}`);
  const env = {
    PATH: process.env['PATH'] ?? '',
    NODE_ENV: 'production',
    PORT: String(port),
    HOME: '/',
    SAMA_LOG: 'warn',
  };
  const options = { ...user, cwd: data, env };
  const run = (program: string, args: readonly string[]): Promise<number> =>
    new Promise((resolve) =>
      execFile(program, args, options, (error, _out, err) => {
        if (error !== null) process.stderr.write(err);
        resolve(error === null ? 0 : Number(error.code));
      }),
    );
  const sama = (args: readonly string[]): Promise<number> =>
    run(process.execPath, [join(app, 'bin/sama.js'), ...args.map(placed)]);
  const calls: Record<string, number> = {};
  const told = lines.map(dockerCall).filter(({ verb }) => verb === 'run' || verb === 'exec');
  const call = async ({ verb, args }: Call): Promise<void> => {
    calls[args.join(' ')] = await sama(verb === 'exec' ? args.slice(1) : args);
  };
  const isServer = ({ options }: Call): boolean => options.includes('-d');
  const at = told.findIndex(isServer);
  for (const one of told.slice(0, at)) await call(one);
  const started = told[at]?.args ?? [];
  const args = started.length === 0 ? listed(stage, 'CMD') : started;
  const server = spawn(process.execPath, [join(app, 'bin/sama.js'), ...args.map(placed)], {
    ...options,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(server, 'exit');
  try {
    const healthz = await statusOf(server, `http://127.0.0.1:${port}/healthz`);
    const stranger = (await fetch(`http://127.0.0.1:${port}/v1/meta`)).status;
    const [program = '', ...health] = listed(stage, 'HEALTHCHECK');
    const isWell = await run(program === 'node' ? process.execPath : program, health.map(placed));
    for (const one of told.slice(at + 1)) await call(one);
    server.kill('SIGTERM');
    const [stopped]: (number | null)[] = await ended;
    return { statuses: [healthz, stranger, isWell], calls, stopped: stopped ?? null };
  } finally {
    server.kill('SIGKILL');
    await ended;
  }
}

/** Waits until a server answers. */
async function statusOf(server: ReturnType<typeof spawn>, address: string): Promise<number> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const response = await fetch(address).catch(() => undefined);
    if (response !== undefined) return response.status;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
