import { join } from 'node:path';
import { Command } from 'commander';
import { loadConfig } from '../config/config.ts';
import { Ledger } from '../ledger/ledger.ts';
import { openShelf } from './keeper.ts';
import { openWriteBack, readSecrets, SOURCES, writeDecisions, type WriteBackReport } from '../sync/index.ts';
import type { SyncWorld } from './sync.ts';
import { count } from './text/numbers.ts';
import { plain } from './text/table.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { DEFAULT_STORE, logTo } from './workspace.ts';

/** Done, but some decisions could not be written, or the source holds something else. */
const SOME_LEFT = 3;

interface WriteBackFlags {
  store: string;
  config?: string;
  secrets?: string;
  dryRun?: true;
  all?: true;
  timeZone?: string;
  json?: true;
}

/**
 * `sama write-back SOURCE`: brings what sales decided in the queue to the CRM. Sets `process.exitCode`
 * to 3 when some decisions were not written.
 */
export function writeBackCommand(
  terminal: Terminal = processTerminal(),
  world: SyncWorld = { environment: process.env },
): Command {
  const command = new Command('write-back')
    .description('Bring what sales decided about hand-offs to the CRM')
    .addHelpText('after', '\nExamples:\n  $ sama write-back hubspot --dry-run\n  $ sama write-back hubspot');
  for (const name of ['hubspot', 'salesforce'] as const) {
    const { title, secrets } = SOURCES[name];
    command.addCommand(
      new Command(name)
        .description(`Write acceptances and returns to ${title}, and read them again`)
        .option('--dry-run', 'say what would be written, write nothing')
        .option('--all', 'everything that was ever decided, not only what was since the last time')
        .option('--secrets <file>', 'a file of NAME=value lines that only you can read (default: the environment)')
        .option('--time-zone <zone>', 'in which a decision has its day (default: from the configuration, else UTC)')
        .option('--store <folder>', 'where the ledger is', DEFAULT_STORE)
        .option('--config <file>', 'configuration (default: sama.config.json when there is one)')
        .option('--json', 'print the report as JSON')
        .addHelpText(
          'after',
          `
Secrets, in the environment or the file of --secrets:
${secrets.map((secret) => `  ${secret}`).join('\n')}

Which fields are written stands in the configuration: connectors.${name}.writeBack.

Examples:
  $ sama write-back ${name}              the first time: begin, and write nothing that is older
  $ sama write-back ${name} --dry-run    what was decided since the last time
  $ sama write-back ${name}              write it, read it again, and tell what the source holds

Exit codes: 0 done, 1 stopped (run it again), 2 wrong usage, 3 done, but some decisions are not what the source holds.`,
        )
        .action(async (flags: WriteBackFlags) => {
          const config = await loadConfig({
            store: flags.store,
            ...(flags.config === undefined ? {} : { config: flags.config }),
          });
          const found = await readSecrets(secrets, world.environment, flags.secrets);
          const port = openWriteBack(name, config, found, world.environment, world.pace);
          const ledger = new Ledger(await openShelf(flags.store, logTo(terminal)));
          try {
            const report = await writeDecisions(join(flags.store, 'sync', name), await ledger.news(), port, {
              timeZone: flags.timeZone ?? config.timeZone,
              ...(flags.dryRun === undefined ? {} : { dryRun: true }),
              ...(flags.all === undefined ? {} : { all: true }),
            });
            terminal.out(flags.json === true ? `${JSON.stringify(report, undefined, 2)}\n` : reportText(report, title));
            if (
              report.notWritten.length > 0 ||
              report.results.some(({ status }) => status === 'differs' || status === 'conflict')
            )
              process.exitCode = SOME_LEFT;
          } finally {
            await ledger.close();
          }
        }),
    );
  }
  return command;
}

function reportText({ dryRun, begun, decisions, results, notWritten }: WriteBackReport, title: string): string {
  if (begun)
    return dryRun
      ? 'Nothing would be written: this would be the beginning. --all shows what was decided before.\n'
      : `From now on what is decided is written to ${title}. --all writes what was decided before, too.\n`;
  const lines = [
    `${count(decisions.length)} ${decisions.length === 1 ? 'decision' : 'decisions'} since the last time.`,
  ];
  if (dryRun)
    for (const { personId, decision, reason, day } of decisions)
      lines.push(`  ${plain(personId)}: ${decision} on ${day}${reason === undefined ? '' : ` (${plain(reason)})`}`);
  for (const status of ['written', 'unchanged'] as const) {
    const n = results.filter((result) => result.status === status).length;
    if (n > 0) lines.push(`  ${count(n)} ${status === 'written' ? 'written and read again' : 'were there already'}`);
  }
  for (const { personId, status, fields } of results) {
    if (status === 'conflict')
      lines.push(
        `  ${plain(personId)}: somebody else changed ${fields.map(({ field, found }) => `${plain(field)} (now ${plain(found ?? 'nothing')})`).join(', ')} in ${title} meanwhile; look which of the two counts`,
      );
    if (status === 'differs')
      for (const { field, wanted, found } of fields)
        if (wanted !== found)
          lines.push(
            `  ${plain(personId)}: ${title} took ${plain(field)} = ${plain(wanted)} and holds ${plain(found ?? 'nothing')}`,
          );
  }
  for (const { personId, reason } of notWritten) lines.push(`  ${plain(personId)}: not written: ${plain(reason)}`);
  return `${lines.join('\n')}\n`;
}
