import { confirm, isCancel } from '@clack/prompts';
import { WIRE_VERSION } from '@sama/metrics/contracts';
import { Command } from 'commander';
import type { LedgerDoor } from '../ledger/index.ts';
import { UsageError } from './failure.ts';
import { onLedger, onLedgerOptions } from './on-ledger.ts';
import type { Terminal } from './terminal.ts';
import { plain } from './text/table.ts';
import type { Place } from './workspace.ts';

/** Asks somebody at the terminal; false when they say no or leave. */
export type AskSure = (question: string) => Promise<boolean>;

const askSure: AskSure = async (message) => {
  const answer = await confirm({ message, initialValue: false, output: process.stderr });
  return !isCancel(answer) && answer;
};

/** `sama person`: what the ledger knows of one person. */
export function personCommand(terminal: Terminal, ask: AskSure = askSure): Command {
  return new Command('person')
    .description('Give out or forget what the ledger knows of one person')
    .addCommand(
      onLedgerOptions(new Command('export'))
        .description('Print all that is known of a person as JSON: { v, person, card, handoffs }')
        .argument('<id>', 'of the person, as in the records')
        .action((id: string, flags: Place) =>
          onLedger(flags, terminal, (door) => {
            const known = knownOf(door, id);
            terminal.out(`${JSON.stringify({ v: WIRE_VERSION, person: id, ...known }, undefined, 2)}\n`);
          }),
        ),
    )
    .addCommand(
      onLedgerOptions(new Command('erase'))
        .description('Forget name, contact data and own words of a person, for good')
        .argument('<id>', 'of the person, as in the records')
        .option('--yes', 'without asking; has to be said where nobody can be asked')
        .action((id: string, flags: Place & { yes?: true }) => erase(id, flags, terminal, ask)),
    )
    .addHelpText(
      'after',
      `
The ledger keeps what is known of a person beside its log. Erasing takes that away, and the log stays whole: hand-offs
go on under the id of the person. A server of the same ledger forgets the person within a second.
Imported records are not part of it: take the person out of the source and import anew, or sama import --undo BATCH.

Examples:
  $ sama person export p-1042 > p-1042.json
  $ sama person erase p-1042
  $ sama person erase p-1042 --yes < /dev/null

Exit codes: 0 done, 1 failed or nothing is known of the person, 2 wrong usage.`,
    );
}

async function erase(id: string, flags: Place & { yes?: true }, terminal: Terminal, ask: AskSure): Promise<void> {
  if (flags.yes !== true && !terminal.interactive)
    throw new UsageError('Nobody can be asked here. Say --yes to erase without being asked.');
  await onLedger(flags, terminal, async (door) => {
    const { card, handoffs } = knownOf(door, id);
    if (card === undefined) {
      terminal.err(`Of ${plain(id)} only the log is known, which stays: ${handoffs.length} hand-offs.\n`);
      return;
    }
    const sure = flags.yes === true || (await ask(`Forget ${plain(card.name ?? id)} (${plain(id)}) for good?`));
    if (!sure) throw new Error('Nothing was erased.');
    await door.forget(id);
    terminal.err(`Forgotten: ${plain(id)}. The log of ${handoffs.length} hand-offs stays.\n`);
  });
}

function knownOf(door: LedgerDoor, id: string) {
  const known = door.person(id);
  if (known === undefined) throw new Error(`Nothing is known of ${plain(id)}.`);
  return known;
}
