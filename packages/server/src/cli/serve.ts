import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { createApp, createPagesApp } from '../http/app.ts';
import { installedElements } from '../http/element-files.ts';
import { readFolder, type ServedFile } from '../http/folder.ts';
import { listen, type Listening } from '../http/listen.ts';
import { fillWithDemo, personsOption } from './demo.ts';
import { openKeeper, type OpenKeeper } from './keeper.ts';
import { packageVersion } from './package-version.ts';
import type { Terminal } from './terminal.ts';
import { logTo, openWorkspace, type Place, type Workspace } from './workspace.ts';

type Fetch = (request: Request) => Response | Promise<Response>;

const starting: Fetch = () => new Response('Sama is starting.\n', { status: 503, headers: { 'Retry-After': '1' } });
const noFiles: ReadonlyMap<string, ServedFile> = new Map();

/** The folder of the pages, inside the portal, that are served as another origin. */
const PARTNER = 'cross-origin';

interface ServeFlags extends Place {
  port: number;
  host?: string;
  origin: string[];
  portal?: string;
  demo?: true;
  demoPersons: number;
}

/** `sama serve`: the server, on this machine only. */
export function serveCommand(terminal: Terminal): Command {
  return new Command('serve')
    .description('Serve the elements, the answers and the pages, on this machine only')
    .option('--store <folder>', 'where the records are (default: .sama)')
    .addOption(new Option('--port <number>', 'the port').default(4400).env('PORT').argParser(port))
    .addOption(new Option('--host <name>', 'the address to listen on').hideHelp())
    .option(
      '--origin <origin>',
      'a page origin that may read, such as https://intranet.example.com; repeat for more',
      collect,
      [],
    )
    .option('--portal <folder>', 'pages to serve at the root, such as apps/portal/dist')
    .option('--config <file>', 'configuration with definitions (default: sama.config.json when there is one)')
    .option('--as-of <moment>', 'the day or instant answers are true for (default: now; with demo data: its own)')
    .option('--time-zone <zone>', 'the zone days are counted in, such as Europe/Berlin')
    .option('--demo', 'fill an empty store with a made-up company first')
    .addOption(personsOption('--demo-persons <number>'))
    .addHelpText(
      'after',
      `
Examples:
  $ sama serve                        what was imported into .sama
  $ sama serve --demo                 a made-up company when there is nothing yet
  $ PORT=8080 sama serve              another port; the next one serves the page of another origin
  $ sama serve --origin https://intranet.example.com`,
    )
    .action((flags: ServeFlags) => serve(flags, terminal));
}

async function serve(flags: ServeFlags, terminal: Terminal): Promise<void> {
  refuseForeignHost(flags.host);
  const workspace = await openWorkspace(flags, logTo(terminal));
  try {
    if (flags.demo === true && workspace.isEmpty())
      await fillWithDemo(workspace, { persons: flags.demoPersons }, terminal);
    // Without it answers are as right, only slower: an import that runs meanwhile does it too.
    await workspace.prepare().catch(workspace.desk.log);
    const ledger = await openKeeper(workspace);
    try {
      const closing = new AbortController();
      const running = await start(flags, workspace, ledger, closing.signal);
      terminal.out(welcome(flags, running, workspace, ledger));
      await untilStopped(terminal);
      closing.abort();
      await Promise.all(running.map((one) => one.close()));
    } finally {
      await ledger.keeper.close();
    }
  } finally {
    await workspace.close();
  }
}

/** The main server and, where the portal has pages of another origin, a second one for those. */
async function start(
  flags: ServeFlags,
  workspace: Workspace,
  { keeper, door }: OpenKeeper,
  closing: AbortSignal,
): Promise<Listening[]> {
  const elements = installedElements();
  const portal = portalFolder(flags);
  const all = portal === undefined ? noFiles : readFolder(portal);
  const own = new Map([...all].filter(([path]) => !path.startsWith(`${PARTNER}/`)));
  const foreign = portal === undefined ? noFiles : readFolder(join(portal, PARTNER));

  // Each needs the other's port, so both listen before either has something to say.
  let app: Fetch = starting;
  let partner: Fetch = starting;
  const first = await listen((request) => app(request), flags.port);
  const running = [first];
  try {
    if (foreign.size > 0)
      running.push(await listen((request) => partner(request), flags.port === 0 ? 0 : flags.port + 1));
  } catch (error) {
    await first.close(0);
    throw error;
  }
  const [, second] = running;
  const options = {
    ...workspace.desk,
    engine: keeper.engine(workspace.desk.engine),
    ledger: door,
    closing,
    version: packageVersion(),
    dataThrough: workspace.dataThrough,
    origins: [...flags.origin, ...(second === undefined ? [] : loopbackOrigins(second.port))],
    elements,
  };
  const pages = { files: own, ...(second === undefined ? {} : { partnerPort: second.port }) };
  app = createApp(portal === undefined ? options : { ...options, pages }).fetch;
  partner = createPagesApp({ files: foreign, samaPort: first.port }, elements, workspace.desk.log).fetch;
  return running;
}

function loopbackOrigins(at: number): string[] {
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${at}`);
}

/** Without `--portal`, the demonstration serves the pages of a checkout when they are built. */
function portalFolder(flags: ServeFlags): string | undefined {
  if (flags.portal !== undefined) {
    const folder = resolve(flags.portal);
    if (!existsSync(join(folder, 'index.html')))
      throw new Error(`--portal: ${flags.portal} has no index.html. Build it, or name another folder.`);
    return folder;
  }
  return undefined;
}

function refuseForeignHost(host: string | undefined): void {
  if (host === undefined || host === 'localhost' || host === '127.0.0.1' || host === '::1') return;
  throw new Error(
    `--host ${host}: Sama has no sign-in yet, so it listens on this machine only. Leave --host out; to reach it from elsewhere use an SSH tunnel.`,
  );
}

function welcome(flags: ServeFlags, running: readonly Listening[], workspace: Workspace, { door }: OpenKeeper): string {
  const [first, second] = running;
  const at = `http://localhost:${first?.port}`;
  const lines: [string, string][] = [];
  if (flags.portal !== undefined) lines.push(['Portal', `${at}/`], ['Plain page', `${at}/plain.html`]);
  if (second !== undefined) lines.push(['Other origin', `http://localhost:${second.port}/`]);
  lines.push(
    ['Answers', `${at}/v1/query`],
    ['API', `${at}/v1/openapi.json`],
    ['Elements', `${at}/cdn/latest/sama-funnel.js`],
    ['Acting as', `${door.reader.name}, ${door.reader.role} (no sign-in yet)`],
  );
  const width = Math.max(...lines.map(([name]) => name.length));
  const head = workspace.isEmpty()
    ? 'Sama serves, but there are no records yet: run sama import, or sama serve --demo.'
    : `Sama serves${workspace.desk.demo() ? ' the made-up company' : ''}.`;
  return `${head}\n\n${lines.map(([name, url]) => `  ${name.padEnd(width)}  ${url}`).join('\n')}\n\nStop with Ctrl+C.\n`;
}

/** Resolves on the first SIGINT or SIGTERM; the second ends the process at once. */
function untilStopped(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals): void => {
      terminal.err(signal === 'SIGINT' ? '\nStopping.\n' : 'Stopping.\n');
      process.once('SIGINT', () => process.exit(130));
      process.once('SIGTERM', () => process.exit(143));
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_534)
    throw new InvalidArgumentError('A port is a number from 0 (any free one) to 65534.');
  return value;
}

function collect(text: string, before: string[]): string[] {
  let origin: string;
  try {
    origin = new URL(text).origin;
  } catch {
    origin = 'null';
  }
  if (origin === 'null' || origin !== text.replace(/\/$/, '')) {
    throw new InvalidArgumentError('An origin is a scheme, a host and perhaps a port: https://intranet.example.com');
  }
  return [...before, origin];
}
