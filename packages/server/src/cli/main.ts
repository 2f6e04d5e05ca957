import { Command } from 'commander';
import { auditCommand } from './audit.ts';
import { backupCommand, restoreCommand } from './backup.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { importCommand } from './import.ts';
import { personCommand } from './person.ts';
import { packageVersion } from './package-version.ts';
import { queryCommand } from './query.ts';
import { run } from './run.ts';
import { serveCommand } from './serve.ts';
import { snapshotCommand } from './snapshot.ts';
import { syncCommand } from './sync.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { writeBackCommand } from './write-back.ts';
import { tokenCommand } from './token.ts';

/** The `sama` command with all its parts. */
export function samaCommand(terminal: Terminal): Command {
  return new Command('sama')
    .description('One funnel for marketing and sales: import records, ask questions, serve the answers.')
    .version(packageVersion(), '-V, --version')
    .addCommand(importCommand(terminal))
    .addCommand(syncCommand(terminal))
    .addCommand(writeBackCommand(terminal))
    .addCommand(serveCommand(terminal))
    .addCommand(demoCommand(terminal))
    .addCommand(queryCommand(terminal))
    .addCommand(tokenCommand(terminal))
    .addCommand(snapshotCommand(terminal))
    .addCommand(auditCommand(terminal))
    .addCommand(personCommand(terminal))
    .addCommand(doctorCommand(terminal))
    .addCommand(backupCommand(terminal))
    .addCommand(restoreCommand(terminal))
    .addHelpText(
      'after',
      `
Examples:
  $ sama serve --demo                                  a made-up company, in the browser
  $ sama import leads.csv                              bring your own records
  $ sama sync hubspot --dry-run                        or read them from the CRM
  $ sama query funnel lead-to-won --period 2026-Q3     numbers in the terminal
  $ sama query funnel lead-to-won --json | jq .data.stages

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 imported with some rows refused.`,
    );
}

/** Runs `sama` with these arguments and gives its exit code. */
export function main(args: readonly string[], terminal: Terminal = processTerminal()): Promise<0 | 1 | 2> {
  return run(samaCommand(terminal), args, terminal);
}
