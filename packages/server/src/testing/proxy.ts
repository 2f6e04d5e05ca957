import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './local-postgres.ts';

/** A proxy that runs; `at` is where people reach it. */
export interface Proxy {
  at: string;
  stop(): Promise<void>;
}

/** Whether this machine has a program. */
export const has = (program: string, flag = '--version'): boolean => spawnSync(program, [flag]).status === 0;

/**
 * Runs nginx with the file of a page, as it stands but for its ports, its certificate and where it writes.
 *
 * @param ports in place of those of the servers, in order
 */
export async function nginx(folder: string, text: string, ports: readonly number[]): Promise<Proxy> {
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
  const pair = ['-keyout', join(folder, 'metrics.key'), '-out', join(folder, 'metrics.pem')];
  execFileSync('openssl', [...request, ...pair], { stdio: 'ignore' });
  const port = await freePort();
  const left = [...ports];
  const server = text
    .replace(/listen 443\b/, `listen 127.0.0.1:${port}`)
    .replace(/(?<=server )[\d.]+:4400/g, () => `127.0.0.1:${left.shift()}`)
    // Where the page leaves the certificate to the reader, it is the one beside the file.
    .replace(
      /server_name [^;]*;(?!\s*ssl_certificate)/,
      `$&\n  ssl_certificate metrics.pem;\n  ssl_certificate_key metrics.key;`,
    );
  const written = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  const head = `pid ${join(folder, 'pid')};\nerror_log stderr;\ndaemon off;\nevents {}\nhttp {\naccess_log off;\n`;
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, `${head}${written.join('\n')}\n${server}}\n`);
  const tried = spawnSync('nginx', ['-t', '-c', file], { encoding: 'utf8' });
  if (tried.status !== 0) throw new Error(tried.stderr);
  return running(spawn('nginx', ['-c', file], { stdio: 'ignore' }), `https://127.0.0.1:${port}`);
}

/** Runs Caddy with the file of a page, as it stands but for its address, over HTTP, and the port of the server. */
export async function caddy(folder: string, text: string, server: number): Promise<Proxy> {
  const port = await freePort();
  // It keeps certificates and its last file in the home of whoever runs it.
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  writeFileSync(join(folder, 'Caddyfile'), text);
  const whole = spawnSync('caddy', ['validate', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')], {
    env,
    encoding: 'utf8',
  });
  if (whole.status !== 0) throw new Error(whole.stderr);
  const here = text
    .replace('metrics.example.com', `http://127.0.0.1:${port}`)
    .replace('127.0.0.1:4400', `127.0.0.1:${server}`);
  const file = join(folder, 'Caddyfile.here');
  writeFileSync(file, `{\n  admin off\n}\n${here}`);
  return running(
    spawn('caddy', ['run', '--adapter', 'caddyfile', '--config', file], { env, stdio: 'ignore' }),
    `http://127.0.0.1:${port}`,
  );
}

async function running(child: ReturnType<typeof spawn>, at: string): Promise<Proxy> {
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  for (let tries = 0; ; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the proxy ended with ${child.exitCode}`);
    if ((await through(at, '/readyz')).status === 200) return { at, stop };
    if (tries > 300) {
      await stop();
      throw new Error(`${at} does not answer`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Asks through a proxy, by whatever version of HTTP it offers; its certificate is its own. Status 0: nobody answers. */
export async function through(
  at: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; version: string; head: string; body: string }> {
  const named = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const child = spawn('curl', [
    '-ksi',
    '--max-time',
    '20',
    '-w',
    '\n%{http_code} %{http_version}',
    ...named,
    `${at}${path}`,
  ]);
  const gone = once(child, 'close');
  let said = '';
  for await (const chunk of child.stdout) said += String(chunk);
  await gone;
  const [, text = '', status = '0', version = ''] = /^(.*)\n(\d+) (\S+)$/s.exec(said) ?? [];
  const [head = '', ...body] = text.split('\r\n\r\n');
  return { status: Number(status), version, head: head.toLowerCase(), body: body.join('\r\n\r\n') };
}
