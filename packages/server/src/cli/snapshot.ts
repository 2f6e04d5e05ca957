import type { Envelope, Question } from '@sama/metrics/contracts';
import { Command, InvalidArgumentError } from 'commander';
import { ask, frameOf, isLasting } from '../http/answer.ts';
import { owner } from '../sign-in/signed.ts';
import { Snapshots, type SnapshotLine } from '../snapshots/store.ts';
import { withDatabases } from './databases.ts';
import { UsageError } from './failure.ts';
import { openAsking } from './keeper.ts';
import type { Terminal } from './terminal.ts';
import { plain, tableLines } from './text/table.ts';
import { DEFAULT_STORE, logTo, type Place } from './workspace.ts';

interface MakeFlags extends Place {
  funnel: string[];
  kpi: string[];
  period?: string;
  days: number;
  url: string;
}

const gather = (text: string, before: string[]): string[] => [...before, text];

/** `sama snapshot`: answers for whoever has a link. */
export function snapshotCommand(terminal: Terminal): Command {
  return new Command('snapshot')
    .description('Answers as they stand now, for whoever has a link')
    .addCommand(
      placed(new Command('create'))
        .description('Keep answers and say their link, once')
        .argument('<title>', 'what stands above them')
        .option('--funnel <id>', 'a funnel; repeat for more', gather, [])
        .option('--kpi <id>', 'a KPI; all go into one scorecard', gather, [])
        .option('--period <period>', 'such as 2026-Q3')
        .option('--days <number>', 'how long the link holds', days, 30)
        .option('--url <address>', 'where the server is reached', 'http://localhost:4400')
        .action((title: string, flags: MakeFlags) => create(title, flags, terminal)),
    )
    .addCommand(
      placed(new Command('list'))
        .description('List the snapshots')
        .action((flags: Place) =>
          on(flags, terminal, async (snapshots) => terminal.out(listText(await snapshots.list()))),
        ),
    )
    .addCommand(
      placed(new Command('revoke'))
        .description('Take a snapshot back: its link holds no longer, and its answers are gone')
        .argument('<id>', 'as sama snapshot list says it')
        .action((id: string, flags: Place) =>
          on(flags, terminal, async (snapshots) => {
            if (!(await snapshots.revoke(id))) throw new Error(`There is no snapshot ${id} that still holds.`);
            terminal.err(`The link of ${id} no longer holds.\n`);
          }),
        ),
    )
    .addHelpText(
      'after',
      `
Examples:
  $ sama snapshot create "Third quarter" --funnel lead-to-won --period 2026-Q3 --url https://metrics.example.com
  $ sama snapshot list
  $ sama snapshot revoke snap_0123456789ab`,
    );
}

async function create(title: string, flags: MakeFlags, terminal: Terminal): Promise<void> {
  const period = flags.period === undefined ? {} : { period: flags.period };
  const questions: Question[] = [
    ...flags.funnel.map((funnel): Question => ({ kind: 'funnel', funnel, ...period })),
    ...(flags.kpi.length === 0 ? [] : [{ kind: 'kpi', kpis: flags.kpi, ...period } satisfies Question]),
  ];
  if (questions.length === 0) throw new UsageError('Name a --funnel or a --kpi.');
  const workspace = await openAsking(flags, logTo(terminal));
  try {
    const { desk } = workspace;
    const answers: Envelope[] = [];
    for (const question of questions) {
      const envelope = await ask(desk, frameOf(desk, owner()), question, new AbortController().signal);
      if (!isLasting(envelope)) throw new Error(envelope.message ?? envelope.code ?? 'The question was not answered.');
      answers.push(envelope);
    }
    await on(flags, terminal, async (snapshots) => {
      const { id, link } = await snapshots.add(answers, { title, maker: 'owner', days: flags.days });
      terminal.err(`Snapshot ${id}. Its link is said this once:\n`);
      terminal.out(`${flags.url.replace(/\/$/, '')}/s/${link}\n`);
    });
  } finally {
    await workspace.close();
  }
}

function placed(command: Command): Command {
  return command
    .option('--store <folder>', 'where the records are (default: .sama)')
    .option('--config <file>', 'configuration with definitions (default: sama.config.json when there is one)');
}

function on({ store }: Place, terminal: Terminal, work: (snapshots: Snapshots) => Promise<void>): Promise<void> {
  return withDatabases(store ?? DEFAULT_STORE, logTo(terminal), async (databases) => {
    const snapshots = await Snapshots.open(databases);
    try {
      await work(snapshots);
    } finally {
      await snapshots.close();
    }
  });
}

const day = (seconds: number | null): string =>
  seconds === null ? '' : new Date(seconds * 1000).toISOString().slice(0, 10);

function listText(lines: readonly SnapshotLine[]): string {
  const rows = lines.map(({ id, title, maker, made, expires, revoked }) => [
    id,
    plain(title),
    plain(maker),
    day(made),
    day(expires),
    day(revoked),
  ]);
  if (rows.length === 0) return 'There are no snapshots.\n';
  const columns = ['id', 'title', 'made by', 'made', 'until', 'taken back'];
  return `${tableLines(
    columns.map((head) => ({ head, align: 'start' as const })),
    rows,
  ).join('\n')}\n`;
}

function days(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 365)
    throw new InvalidArgumentError('Give a whole number from 1 to 365.');
  return value;
}
