import { execFile, spawn, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createClient } from '@sama/metrics/client';
import { expect, onTestFinished, test } from 'vitest';
import { examples } from '../../../../scripts/examples.mjs';
import { listen } from '../http/listen.ts';
import { testApp } from '../testing/app.ts';
import { ALL, testSignIn } from '../testing/sign-in.ts';
import { temporaryFolder } from '../testing/stores.ts';
import { TokenAnswer } from './grant.ts';

const servers = examples('sign-in', 'js', 'js', 'python', 'ruby', 'php');
const require = createRequire(import.meta.url);
const framework = pathToFileURL(require.resolve('express')).href;

/** What a host brings of its own: who is signed in, by a header in place of a session. */
const SESSION = `export const signedIn = (request) => {
  const who = request.headers.get?.('x-user') ?? request.headers['x-user'];
  return who == null ? undefined : { id: who, name: 'Dana Demoson', team: 'sales', role: 'seller' };
};
`;
/** How each example is reached. */
const HARNESS: Record<string, { before: string; after: string }> = {
  Express: {
    before: `import { signedIn } from './session.js';\n`,
    after: `const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));\n`,
  },
  'Next.js': {
    before: '',
    after: `import { createServer } from 'node:http';
const server = createServer(async (request, response) => {
  const headers = new Headers(Object.entries(request.headers));
  const answer = await POST(new Request('http://localhost/sama-token', { method: 'POST', headers }));
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
}).listen(0, '127.0.0.1', () => console.log(server.address().port));
`,
  },
};

const HOSTS = ['Express', 'Next.js', 'Django', 'Rails', 'PHP'];
/** The code of an example of the page, by the name of its host. */
const example = (host: string): string => servers[HOSTS.indexOf(host)]?.code ?? '';

/** Runs a script until the test is over; gives the port that it says. */
async function runs(file: string, env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (said: Buffer) => resolve(said.toString('utf8').trim()));
    child.once('exit', (code) => reject(new Error(`the example ended with ${code}`)));
  });
}

test.each(Object.keys(HARNESS))(
  'the server of a page in %s gets tokens for whoever is signed in there',
  async (host) => {
    const { signIn, keyring } = await testSignIn(() => Math.floor(Date.now() / 1000));
    const { secret } = await keyring.add('intranet', 'issue', ALL);
    const sama = await listen(testApp({ signIn }).app.fetch, 0);
    onTestFinished(() => sama.close(0));
    const folder = await temporaryFolder();
    const { before = '', after = '' } = HARNESS[host] ?? {};
    await writeFile(join(folder, 'session.js'), SESSION);
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    const code = example(host).replace('@/session', './session.js').replace("'express'", `'${framework}'`);
    expect(code.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(13);
    await writeFile(join(folder, 'host.js'), before + code + after);
    const src = `http://127.0.0.1:${sama.port}`;
    const port = await runs(join(folder, 'host.js'), { SAMA_URL: src, SAMA_KEY: secret });
    const ask = (headers: Record<string, string>): Promise<Response> =>
      fetch(`http://127.0.0.1:${port}/sama-token`, { method: 'POST', headers });
    expect((await ask({})).status).toBe(401);
    const { token } = TokenAnswer.parse(await (await ask({ 'x-user': 'dana' })).json());
    expect(await signIn.enter(`Bearer ${token}`)).toMatchObject({
      actor: { id: 'dana', name: 'Dana Demoson', team: 'sales', role: 'seller' },
      rights: { caps: ['act'] },
    });
    const client = createClient({ src, fetchToken: async () => token });
    expect(await client.query({ kind: 'funnel', funnel: 'lead-to-won' })).toMatchObject({ status: 'ok' });
  },
);

/** Stands in for Django and requests: what the example uses of them, over what Python brings. */
const PYTHON = `import json, os, urllib.request
class requests:
    class Answer:
        def __init__(self, answer): self.status_code, self.body = answer.status, answer.read()
        def json(self): return json.loads(self.body)
    @staticmethod
    def post(url, json=None, timeout=None, headers={}):
        body = __import__('json').dumps(json).encode()
        made = urllib.request.Request(url, body, {**headers, 'Content-Type': 'application/json'}, method='POST')
        return requests.Answer(urllib.request.urlopen(made, timeout=timeout))
class settings: SAMA_URL, SAMA_KEY = os.environ['SAMA_URL'], os.environ['SAMA_KEY']
class user:
    pk, is_authenticated = 7, True
    @staticmethod
    def get_full_name(): return 'Dana Demoson'
class request: pass
request.user = user
require_POST = lambda view: view
def JsonResponse(data, status): return print(json.dumps([status, data]))
`;
/** Stands in for what Rails gives a controller. */
const RUBY = `require 'json'
require 'net/http'
User = Struct.new(:id, :name)
class ApplicationController
  def self.before_action(*) = nil
  def current_user = User.new(7, 'Dana Demoson')
  def render(json:, status:) = puts(JSON.generate([status.to_i, JSON.parse(json)]))
end
`;
/** Who is signed in, in place of the session of PHP. */
const PHP = `$_SESSION = ['user' => ['id' => '7', 'name' => 'Dana Demoson']];
`;

/** Each language, and how its example is made a program that prints the status and the answer, or the answer alone. */
const LANGUAGES = [
  {
    host: 'Django',
    language: 'python',
    command: 'python3',
    flag: '-c',
    before: PYTHON,
    after: 'sama_token(request)\n',
  },
  {
    host: 'Rails',
    language: 'ruby',
    command: 'ruby',
    flag: '-e',
    before: RUBY,
    after: 'SamaTokensController.new.create\n',
  },
  { host: 'PHP', language: 'php', command: 'php', flag: '-r', before: PHP, after: '' },
] as const;
/** A program that ends well where a language has what its example uses. */
const PROBES = { python: '0', ruby: '0', php: 'exit(function_exists("curl_init") ? 0 : 1);' };

for (const { host, language, command, flag, before, after } of LANGUAGES)
  test.skipIf(spawnSync(command, [flag, PROBES[language]]).status !== 0)(
    `the server of a page in ${host} asks for the same`,
    async () => {
      const { signIn, keyring } = await testSignIn(() => Math.floor(Date.now() / 1000));
      const { secret } = await keyring.add('intranet', 'issue', ALL);
      const sama = await listen(testApp({ signIn }).app.fetch, 0);
      onTestFinished(() => sama.close(0));
      // A session of PHP would be read from a file.
      const code = `${before}${example(host).replace('session_start();\n', '')}${after}`;
      const env = { ...process.env, SAMA_URL: `http://127.0.0.1:${sama.port}`, SAMA_KEY: secret };
      const { stdout } = await promisify(execFile)(command, [flag, code], { env });
      const said: unknown = JSON.parse(stdout);
      const [status, answer] = Array.isArray(said) ? said : [200, said];
      expect(status).toBe(200);
      expect(await signIn.enter(`Bearer ${TokenAnswer.parse(answer).token}`)).toMatchObject({
        actor: { id: '7', name: 'Dana Demoson', team: 'sales', role: 'seller' },
        rights: { caps: ['act'] },
      });
    },
  );
