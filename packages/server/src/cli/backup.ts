import { Command } from 'commander';
import { backUp } from '../backup/backup.ts';
import type { Manifest } from '../backup/manifest.ts';
import { restore } from '../backup/restore.ts';
import { LEDGER_URL } from './databases.ts';
import { packageVersion } from './package-version.ts';
import type { Terminal } from './terminal.ts';
import { DEFAULT_STORE, type Place } from './workspace.ts';

/** `sama backup`: everything of a store, while the server runs. */
export function backupCommand(terminal: Terminal): Command {
  return new Command('backup')
    .description('Copy the store to a folder, also while the server runs')
    .argument('<folder>', 'a new or empty folder')
    .option('--store <folder>', 'where the records are (default: .sama)')
    .addHelpText(
      'after',
      `
In it are the records, the ledger, keys, notices and snapshots, and backup.json with the hash of every file.
It can be read by its owner only, since whoever has the keys gets in. What servers share in PostgreSQL is not in it:
  pg_dump --format=custom --file=ledger.dump "$SAMA_LEDGER_URL"

Examples:
  $ sama backup /mnt/backups/sama-$(date +%F)
  $ sama backup backup-1 --store /var/lib/sama

Exit codes: 0 done, 1 failed (and nothing is left of it), 2 wrong usage.`,
    )
    .action(async (folder: string, flags: Place) => {
      const url = process.env[LEDGER_URL] ?? '';
      const manifest = await backUp(flags.store ?? DEFAULT_STORE, folder, {
        version: packageVersion(),
        sharedLedger: url !== '',
      });
      terminal.err(
        `${folder} holds ${contentOf(manifest)}.\n${sharedNote(manifest, 'Back them up too: sama backup --help says how.')}`,
      );
    });
}

/** `sama restore`: a store out of a backup. */
export function restoreCommand(terminal: Terminal): Command {
  return new Command('restore')
    .description('Bring a backup back; the server must be stopped')
    .argument('<folder>', 'the backup')
    .option('--store <folder>', 'where it is brought back (default: .sama)')
    .option('--force', 'replace what is there; it is kept beside it')
    .addHelpText(
      'after',
      `
Every file is compared with its hash before anything is changed, and the store appears all at once.
A backup that is damaged or of a newer Sama is refused, and so is a store in which a server is at work.
The first start afterwards builds the data of the questions anew from the records.

Examples:
  $ sama restore /mnt/backups/sama-2026-07-01
  $ sama restore backup-1 --store /var/lib/sama --force

Exit codes: 0 done, 1 failed (and nothing was changed), 2 wrong usage.`,
    )
    .action(async (folder: string, flags: Place & { force?: true }) => {
      const store = flags.store ?? DEFAULT_STORE;
      const { manifest, before } = await restore(folder, store, { force: flags.force === true });
      terminal.err(`${store} holds ${contentOf(manifest)}, as of ${manifest.madeAt}.\n`);
      if (before !== undefined) terminal.err(`What was there before is in ${before}; remove it when you are sure.\n`);
      terminal.err(sharedNote(manifest, 'Restore them with pg_restore.'));
    });
}

function contentOf({ files, ledger }: Manifest): string {
  const megabytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 20;
  const layers = new Set(files.flatMap(({ path }) => /^layers\/([^/]+)\//.exec(path)?.[1] ?? [])).size;
  const events = ledger.kept === 'here' ? `${ledger.events} events of the ledger` : 'no ledger';
  return `${layers} ${layers === 1 ? 'batch' : 'batches'} and ${events} (${files.length} files, ${megabytes.toFixed(1)} MB)`;
}

const sharedNote = ({ ledger }: Manifest, remedy: string): string =>
  ledger.kept === 'here'
    ? ''
    : `Ledger, keys, notices and snapshots are in PostgreSQL and not in this backup. ${remedy}\n`;
