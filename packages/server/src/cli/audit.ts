import { When, WIRE_VERSION } from '@sama/metrics/contracts';
import type { LedgerAuditLine } from '@sama/metrics/desk';
import { Command, InvalidArgumentError, Option } from 'commander';
import { auditCsv } from '../ledger/index.ts';
import { onLedger, onLedgerOptions } from './on-ledger.ts';
import type { Terminal } from './terminal.ts';
import { plain, tableLines } from './text/table.ts';
import type { Place } from './workspace.ts';

interface AuditFlags extends Place {
  csv?: true;
  json?: true;
  target?: string;
  since?: string;
}

/** `sama audit`: who did what, of the whole ledger. */
export function auditCommand(terminal: Terminal): Command {
  return onLedgerOptions(new Command('audit'))
    .description('Say who did what to hand-offs, terms, annotations and decisions')
    .option('--target <id>', 'only what was done to this')
    .option('--since <moment>', 'only from this day (in UTC) or instant on', moment)
    .addOption(new Option('--csv', 'print it as CSV, for a spreadsheet').conflicts('json'))
    .option('--json', 'print it as JSON: { v, lines }')
    .addHelpText(
      'after',
      `
Who (id, team, role), what, when, by what, from what to what, and the codes of reasons: names of leads and free words
are not in it. It may run while the server does.

Examples:
  $ sama audit
  $ sama audit --target H-1042
  $ sama audit --csv > audit.csv
  $ sama audit --since 2026-07-01 --json | jq '.lines[] | select(.event == "return")'

Exit codes: 0 done, also when nothing was done yet; 1 failed, 2 wrong usage.`,
    )
    .action(async (flags: AuditFlags) => {
      const from = flags.since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(flags.since);
      const all = await onLedger(flags, terminal, (door) => door.audit());
      const lines = all.filter(
        ({ target, at }) => (flags.target === undefined || target === flags.target) && Date.parse(at) >= from,
      );
      if (flags.csv === true) terminal.out(auditCsv(lines));
      else if (flags.json === true) terminal.out(`${JSON.stringify({ v: WIRE_VERSION, lines }, undefined, 2)}\n`);
      else terminal.out(textOf(lines));
    });
}

function textOf(lines: readonly LedgerAuditLine[]): string {
  if (lines.length === 0) return 'Nothing was done.\n';
  const rows = lines.map((line) => [
    line.at,
    line.actorId,
    line.team,
    `${line.kind} ${line.event}`,
    line.target,
    `${line.before ?? '–'} → ${line.after ?? '–'}`,
    line.reason ?? '',
  ]);
  return `${tableLines(
    ['when', 'who', 'team', 'what', 'of', 'from, to', 'why'].map((head) => ({ head, align: 'start' as const })),
    rows.map((row) => row.map(plain)),
  ).join('\n')}\n`;
}

function moment(text: string): string {
  if (!When.safeParse(text).success) throw new InvalidArgumentError('Give a day (2026-07-01) or an instant.');
  return text;
}
