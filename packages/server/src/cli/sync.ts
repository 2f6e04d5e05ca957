import type { Pace } from '@sama/connectors';
import { Command, InvalidArgumentError } from 'commander';
import { knownStages, loadConfig } from '../config/config.ts';
import { openKeptStore, requireOwnStore } from '../config/kept.ts';
import { openSource, readSecrets, SOURCES, syncConnector, type SourceName } from '../sync/index.ts';
import { takeDemoOut } from './import-demo.ts';
import { UsageError } from './failure.ts';
import { progressText, syncText } from './sync-text.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { DEFAULT_STORE } from './workspace.ts';

/** Brought in, but rows were refused. */
const SOME_REFUSED = 3;

interface SyncFlags {
  store: string;
  config?: string;
  secrets?: string;
  dryRun?: true;
  pages?: number;
  full?: true;
  streams?: string[];
  timeZone?: string;
  json?: true;
}

/** What a sync takes of its process; a test gives its own. */
export interface SyncWorld {
  environment: Readonly<Record<string, string | undefined>>;
  pace?: Pace;
  now?: Date;
}

/**
 * `sama sync SOURCE`: brings what has changed at a CRM into the store. Sets `process.exitCode` to 3
 * when rows were refused.
 */
export function syncCommand(
  terminal: Terminal = processTerminal(),
  world: SyncWorld = { environment: process.env },
): Command {
  const command = new Command('sync').description('Bring what has changed at a CRM into the store').addHelpText(
    'after',
    `
Examples:
  $ sama sync hubspot --dry-run
  $ sama sync hubspot

Each source has its own help: sama sync hubspot --help`,
  );
  for (const name of names) command.addCommand(sourceCommand(name, terminal, world));
  return command;
}

const names: readonly SourceName[] = ['hubspot', 'salesforce', 'marketo'];

function sourceCommand(name: SourceName, terminal: Terminal, world: SyncWorld): Command {
  const { title, reads, secrets, address } = SOURCES[name];
  return new Command(name)
    .description(`Read ${reads} of ${title}; only what has changed, once there was a first time`)
    .option('--dry-run', 'read and check, change nothing')
    .option('--pages <number>', 'with --dry-run: read so many pages of each stream', pages)
    .option('--streams <names>', 'only these, with commas between them', (text: string) => text.split(','))
    .option('--full', 'read everything again, not only what has changed')
    .option('--secrets <file>', 'a file of NAME=value lines that only you can read (default: the environment)')
    .option(
      '--time-zone <zone>',
      'of times without an offset, and of today (default: from the configuration, else UTC)',
    )
    .option('--store <folder>', 'where the records go', DEFAULT_STORE)
    .option('--config <file>', 'configuration (default: sama.config.json when there is one)')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      `
Secrets, in the environment or the file of --secrets:
${secrets.map((secret) => `  ${secret}`).join('\n')}
${address} in the environment names the address of your account.

Examples:
  $ sama sync ${name} --dry-run --pages 1     look at the first records, change nothing
  $ sama sync ${name}                         bring them in; again later: what has changed since
  $ sama sync ${name} --full --json           read everything again, report as JSON

A sync that was interrupted goes on where it stopped when the same command is run again.

Exit codes: 0 done, 1 stopped (what was finished stays), 2 wrong usage, 3 done, but some rows were refused.`,
    )
    .action((flags: SyncFlags) => act(name, flags, terminal, world));
}

async function act(name: SourceName, flags: SyncFlags, terminal: Terminal, world: SyncWorld): Promise<void> {
  if (flags.pages !== undefined && flags.dryRun !== true)
    throw new UsageError('sync: --pages belongs to --dry-run; a real sync reads everything');
  const config = await loadConfig({
    store: flags.store,
    ...(flags.config === undefined ? {} : { config: flags.config }),
  });
  const secrets = await readSecrets(SOURCES[name].secrets, world.environment, flags.secrets);
  const connector = openSource(name, config, secrets, world.environment, world.pace);
  const streams = flags.streams ?? config.given.connectors?.[name]?.streams;
  requireOwnStore(config);
  const store = await openKeptStore(flags.store, config);
  const interrupt = new AbortController();
  const leave = (): void => interrupt.abort(new Error('interrupted; run the same command again to go on'));
  process.once('SIGINT', leave);
  const clear = (): void => (terminal.interactive ? terminal.err('\r\u001B[2K') : undefined);
  let demo: string | undefined;
  try {
    const report = await syncConnector(store, connector, {
      stages: knownStages(config.definitions).map(({ key }) => key),
      timeZone: flags.timeZone ?? config.timeZone,
      ...(flags.dryRun === undefined ? {} : { dryRun: true }),
      ...(flags.full === undefined ? {} : { full: true }),
      ...(flags.pages === undefined ? {} : { pages: flags.pages }),
      ...(streams === undefined ? {} : { streams }),
      ...(world.now === undefined ? {} : { now: world.now }),
      signal: interrupt.signal,
      onProgress: (progress) => {
        if (terminal.interactive) terminal.err(`\r\u001B[2K${progressText(progress)}`);
      },
      onImported: async ({ batch }) => {
        demo ??= await takeDemoOut(store, batch, config);
      },
    });
    clear();
    terminal.out(
      flags.json === true ? `${JSON.stringify(report, undefined, 2)}\n` : syncText(report, SOURCES[name].title),
    );
    if (demo !== undefined) (flags.json === true ? terminal.err : terminal.out)(`\n${demo}\n`);
    const refused = report.streams.some(
      ({ imports, notImported }) => notImported.length > 0 || imports.some(({ rows }) => rows.refused > 0),
    );
    if (refused) process.exitCode = SOME_REFUSED;
  } catch (error) {
    clear();
    throw error;
  } finally {
    process.off('SIGINT', leave);
    await store.close();
  }
}

function pages(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1) throw new InvalidArgumentError('Give a whole number from 1.');
  return value;
}
