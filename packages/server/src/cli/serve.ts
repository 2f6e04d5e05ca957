import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { createApp, createPagesApp } from '../http/app.ts';
import { installedElements } from '../http/element-files.ts';
import { readFolder, type ServedFile } from '../http/folder.ts';
import { OWNER_RIGHTS } from '@sama/metrics/contracts';
import { channelsOf } from '../escalation/config.ts';
import { Escalator } from '../escalation/escalator.ts';
import type { Outbox } from '../escalation/outbox.ts';
import { RULE, ruleChannel, type Act } from '../escalation/rule.ts';
import { isLoopback } from '../http/guard.ts';
import type { ImportDoor } from '../http/imports.ts';
import type { Figures } from '../http/figures.ts';
import { MINUTE_SECONDS } from '../http/limits.ts';
import { sharedLimiter, type Limiter } from '../http/shared-limit.ts';
import { listen, type Fetch, type Listening } from '../http/listen.ts';
import { LogLevel, openLog } from '../observe/log.ts';
import { openMetrics, type ImportRows } from '../observe/metrics.ts';
import type { Observer } from '../observe/observer.ts';
import type { Keyring } from '../sign-in/keyring.ts';
import type { Snapshots } from '../snapshots/store.ts';
import { developmentSignIn, type SignIn } from '../sign-in/signed.ts';
import { audienceOf, tokenSignIn } from '../sign-in/tokens.ts';
import { namedFonts, type PictureFonts } from '../picture/fonts.ts';
import type { Store } from '../store/index.ts';
import { fillWithDemo, personsOption } from './demo.ts';
import { openDoor } from './import-door.ts';
import { openKept } from './kept.ts';
import { deskOver, laterOf, openKeeper, type OpenKeeper } from './keeper.ts';
import { packageVersion } from './package-version.ts';
import { port } from './port.ts';
import type { Terminal } from './terminal.ts';
import { openWorkspace, type Place, type Workspace } from './workspace.ts';

const starting: Fetch = () => new Response('Sama is starting.\n', { status: 503, headers: { 'Retry-After': '1' } });
/** Milliseconds between two looks at the clocks. */
const LOOK_MS = 15_000;
/** How often one reader with a token may ask. */
const REQUESTS_PER_MINUTE = 1_200;
/** Seconds requests may go on when the server is told to stop. */
const STOP_SECONDS = 10;
const noFiles: ReadonlyMap<string, ServedFile> = new Map();

/** The folder of the pages, inside the portal, that are served as another origin. */
const PARTNER = 'cross-origin';

interface ServeFlags extends Place {
  port: number;
  host?: string;
  origin: string[];
  portal?: string;
  demo?: true;
  development?: true;
  clocks: boolean;
  demoPersons: number;
}

/** `sama serve`: the server, on this machine only. */
export function serveCommand(terminal: Terminal): Command {
  return new Command('serve')
    .description('Serve the elements, the answers and the pages')
    .option('--store <folder>', 'where the records are (default: .sama)')
    .addOption(new Option('--port <number>', 'the port').default(4400).env('PORT').argParser(port))
    .option('--host <address>', 'the address to listen on (default: this machine only); others need sign-in')
    .option('--no-clocks', 'leave the clocks of hand-offs to other servers of the same ledger')
    .option('--development', 'let everybody on this machine in, though there are keys')
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
  $ sama serve --origin https://intranet.example.com
  $ sama token key intranet           sign-in: with a key, nobody gets in without a token
  $ sama serve --host 0.0.0.0         reachable by others, behind a proxy that speaks TLS

The environment may hold:
  SAMA_IMPORT_KEY     files to import may be sent to /imports by whoever has it
  SAMA_LEDGER_URL     a PostgreSQL that keeps ledger, keys, notices and snapshots, for several servers
  SAMA_FONTS          font files, folders or "system" for letters in PNGs that the package has none for, as in Japanese
  SAMA_METRICS_TOKEN  whoever has it reads /metrics; without it, programs on this machine do
  SAMA_LOG            debug, info, warn, error or silent: from which weight on lines are logged, as JSON on stderr

On SIGTERM it ends live streams, answers what is under way and stops; on a second one it stops at once.`,
    )
    .action((flags: ServeFlags) => serve(flags, terminal));
}

async function serve(flags: ServeFlags, terminal: Terminal): Promise<void> {
  const told = LogLevel.safeParse(process.env['SAMA_LOG']).data;
  const log = openLog(told ?? (terminal.interactive ? 'warn' : 'info'), terminal.err);
  const workspace = await openWorkspace(flags, log.error);
  const { log: level = log.level, stopSeconds = STOP_SECONDS } = workspace.config.given.operations ?? {};
  log.level = told ?? level;
  try {
    if (flags.demo === true && workspace.isEmpty())
      await fillWithDemo(workspace, { persons: flags.demoPersons }, terminal);
    // Without it answers are as right, only slower: an import that runs meanwhile does it too.
    await workspace.prepare().catch(workspace.desk.log);
    const fonts = await namedFonts(process.env);
    const imports = await openDoor(workspace, process.env);
    const ledger = await openKeeper(workspace);
    const kept = await openKept(workspace, log.note).catch(async (error: unknown) => {
      await ledger.keeper.close();
      throw error;
    });
    const { keyring, outbox, snapshots } = kept;
    try {
      const closing = new AbortController();
      const signIn = signInFor(flags, workspace, keyring, ledger);
      const metrics = openMetrics(packageVersion(), () => importedRows(workspace.store));
      const observer: Observer = {
        ...metrics,
        request: (line) => {
          metrics.request(line);
          log.request(line);
        },
      };
      const escalator = escalatorFor(workspace, ledger, outbox, observer);
      const figures = { text: metrics.text, token: metricsToken(process.env) };
      const { requestsPerMinute: most = REQUESTS_PER_MINUTE } = workspace.config.given.operations ?? {};
      const limiter = kept.shared === undefined ? undefined : await sharedLimiter(kept.shared, most, MINUTE_SECONDS);
      const open = { signIn, keeper: ledger, imports, snapshots, observer, figures, fonts, limiter };
      const running = await start(flags, workspace, open, closing.signal);
      terminal.out(welcome(flags, running, workspace, signIn.development ? ledger : undefined));
      // Nobody waits for a made-up company.
      if (flags.clocks && !workspace.onlyDemo()) escalator.start(LOOK_MS);
      await untilStopped(terminal);
      log.note('stopping');
      closing.abort();
      await escalator.stop();
      await Promise.all(running.map((one) => one.close(stopSeconds * 1000)));
      log.note('stopped');
    } finally {
      await imports?.arrivals.close();
      await imports?.uploads.close();
      await kept.close();
      await ledger.keeper.close();
    }
  } finally {
    await workspace.close();
  }
}

/** What a server is made of beside its workspace. */
interface Opened {
  keeper: OpenKeeper;
  signIn: SignIn;
  imports: ImportDoor | undefined;
  snapshots: Snapshots;
  observer: Observer;
  figures: Figures;
  fonts: PictureFonts | undefined;
  limiter: Limiter | undefined;
}

/** What Prometheus has to show; undefined where only this machine may read. */
function metricsToken(environment: NodeJS.ProcessEnv): string | undefined {
  const token = environment['SAMA_METRICS_TOKEN']?.trim() ?? '';
  return token === '' ? undefined : token;
}

/** The rows of all batches in a store. */
async function importedRows(store: Store): Promise<ImportRows> {
  const batches = await store.batches();
  const sum = (of: keyof ImportRows): number => batches.reduce((before, { rows }) => before + rows[of], 0);
  return { kept: sum('kept'), merged: sum('merged'), refused: sum('refused') };
}

/** The main server and, where the portal has pages of another origin, a second one for those. */
async function start(
  flags: ServeFlags,
  workspace: Workspace,
  { keeper, signIn, imports, snapshots, observer, figures, fonts, limiter }: Opened,
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
  const first = await listen((request, wire) => app(request, wire), flags.port, flags.host);
  const running = [first];
  try {
    if (foreign.size > 0)
      running.push(await listen((request, wire) => partner(request, wire), flags.port === 0 ? 0 : flags.port + 1));
  } catch (error) {
    await first.close(0);
    throw error;
  }
  const [, second] = running;
  const { operations = {} } = workspace.config.given;
  const options = {
    ...deskOver(workspace, keeper.keeper),
    ledger: keeper.door,
    signIn,
    snapshots,
    fonts,
    personal: workspace.config.given.signIn?.personal,
    imports,
    closing,
    observer,
    figures,
    requestsPerMinute: operations.requestsPerMinute ?? REQUESTS_PER_MINUTE,
    limiter,
    liveStreams: operations.liveStreams,
    version: packageVersion(),
    dataThrough: () => dataThrough(workspace, keeper),
    origins: [
      ...flags.origin,
      ...(workspace.config.given.signIn?.origins ?? []),
      ...(second === undefined ? [] : loopbackOrigins(second.port)),
    ],
    elements,
  };
  const pages = { files: own, ...(second === undefined ? {} : { partnerPort: second.port }) };
  app = createApp(portal === undefined ? options : { ...options, pages }).fetch;
  partner = createPagesApp({ files: foreign, samaPort: first.port }, elements, workspace.desk.log).fetch;
  return running;
}

/** The latest event of the records or of hand-offs. */
function dataThrough({ dataThrough }: Workspace, { keeper }: OpenKeeper): string | undefined {
  const { version, latest } = keeper.stages;
  const records = dataThrough();
  return version === 0 ? records : laterOf(records ?? new Date(latest).toISOString(), latest);
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

/** Looks at the clocks of hand-offs and lets be known what the configuration says. */
function escalatorFor(
  { config, desk }: Workspace,
  { keeper }: OpenKeeper,
  outbox: Outbox,
  observer: Observer,
): Escalator {
  const act: Act = (command) => keeper.command(command, RULE, OWNER_RIGHTS, { timeZone: desk.timeZone() });
  return new Escalator({
    desk: () => keeper.desk,
    now: () => keeper.now(),
    outbox,
    refresh: () => keeper.refresh(),
    observer,
    channels: [...channelsOf(config.given.escalation), ruleChannel(() => keeper.desk, act)],
    log: desk.log,
  });
}

/**
 * Without keys, or when told so, everybody is let in, which is for this machine only; from the first key on nobody is
 * without a token.
 */
function signInFor(flags: ServeFlags, { config }: Workspace, keyring: Keyring, { actor }: OpenKeeper): SignIn {
  const isOpen = flags.development === true || !keyring.isUsed();
  if (isOpen && flags.host !== undefined && !isLoopback(flags.host.includes(':') ? `[${flags.host}]` : flags.host)) {
    const remedy =
      flags.development === true
        ? 'Leave --development or --host out.'
        : 'Make a key with sama token key NAME first, or leave --host out.';
    throw new Error(`--host ${flags.host}: without sign-in Sama listens on this machine only. ${remedy}`);
  }
  if (isOpen) return developmentSignIn(actor);
  return tokenSignIn(keyring, audienceOf(config.given.signIn));
}

function welcome(
  flags: ServeFlags,
  running: readonly Listening[],
  workspace: Workspace,
  open: OpenKeeper | undefined,
): string {
  const [first, second] = running;
  const at = `http://localhost:${first?.port}`;
  const lines: [string, string][] = [];
  if (flags.portal !== undefined) lines.push(['Portal', `${at}/`], ['Plain page', `${at}/plain.html`]);
  if (second !== undefined) lines.push(['Other origin', `http://localhost:${second.port}/`]);
  lines.push(
    ['Answers', `${at}/v1/query`],
    ['API', `${at}/v1/openapi.json`],
    ['Elements', `${at}/cdn/latest/sama-funnel.js`],
  );
  const width = Math.max(...lines.map(([name]) => name.length));
  const head = workspace.isEmpty()
    ? 'Sama serves, but there are no records yet: run sama import, or sama serve --demo.'
    : `Sama serves${workspace.desk.demo() ? ' the made-up company' : ''}.`;
  const warning =
    open === undefined
      ? ''
      : `\n*** DEVELOPMENT MODE: there is no sign-in. Everybody on this machine reads everything and acts as ${open.actor.name}, ${open.actor.role}. ***\n*** Make a key to end it: sama token key NAME ***\n`;
  return `${head}\n${warning}\n${lines.map(([name, url]) => `  ${name.padEnd(width)}  ${url}`).join('\n')}\n\nStop with Ctrl+C.\n`;
}

/** Resolves on the first SIGINT or SIGTERM; the second ends the process at once. */
function untilStopped(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals): void => {
      if (terminal.interactive) terminal.err(signal === 'SIGINT' ? '\nStopping.\n' : 'Stopping.\n');
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
