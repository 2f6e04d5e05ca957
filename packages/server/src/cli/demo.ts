import { createHash } from 'node:crypto';
import { DEMO_AS_OF, demoChunks, type DemoChunk, type DemoOptions } from '@sama/demo';
import { Command, InvalidArgumentError, Option } from 'commander';
import { requireOwnStore } from '../config/kept.ts';
import { fillLedger } from './keeper.ts';
import { packageVersion } from './package-version.ts';
import type { Terminal } from './terminal.ts';
import { logTo, openWorkspace, type Place, type Workspace } from './workspace.ts';

/** Enough to look like a company, few enough to be there at once. */
const DEMO_PERSONS = 20_000;

/** What company to make up. */
interface DemoFlags {
  persons: number;
  seed?: number;
}

const whole = new Intl.NumberFormat('en');

/** `sama demo`: fills a store with the demo company. */
export function demoCommand(terminal: Terminal): Command {
  return new Command('demo')
    .description('Fill a store with a made-up company, to try things out')
    .addOption(personsOption('--persons <number>'))
    .option('--seed <number>', 'a whole number; the same one gives the same company', seed)
    .option('--store <folder>', 'where the records go (default: .sama)')
    .option('--force', 'also when the store has records already; an earlier made-up company is replaced')
    .addHelpText('after', '\nExamples:\n  $ sama demo\n  $ sama demo --persons 1000000 --store big')
    .action(async (flags: DemoFlags & Place & { force?: true }) => {
      const workspace = await openWorkspace(flags, logTo(terminal));
      try {
        requireOwnStore(workspace.config);
        if (!workspace.isEmpty() && flags.force !== true) {
          throw new Error('The store has records already. Name another with --store, or add --force.');
        }
        await fillWithDemo(workspace, flags, terminal);
      } finally {
        await workspace.close();
      }
    });
}

/** The number of persons, under either name. */
export function personsOption(flag: string): Option {
  return new Option(flag, 'how many persons the made-up company knows').default(DEMO_PERSONS).argParser((text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < 100 || value > 10_000_000) {
      throw new InvalidArgumentError('Give a whole number from 100 to 10000000.');
    }
    return value;
  });
}

function seed(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 0xff_ff_ff_ff)
    throw new InvalidArgumentError('Give a whole number from 0 to 4294967295.');
  return value;
}

/**
 * Generates the company into the store, with progress for who watches. The new one is there before
 * an earlier one is taken out; Ctrl+C leaves the store as it was.
 */
export async function fillWithDemo(workspace: Workspace, flags: DemoFlags, terminal: Terminal): Promise<void> {
  const { store } = workspace;
  const options: DemoOptions = {
    persons: flags.persons,
    asOf: DEMO_AS_OF,
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
  };
  const earlier = (await store.batches()).filter((batch) => batch.demo);
  const interrupt = new AbortController();
  const leave = (): void => interrupt.abort(new Error('Interrupted; the store is as it was.'));
  process.once('SIGINT', leave);
  try {
    const said = createHash('sha256')
      .update(JSON.stringify([packageVersion(), options]))
      .digest('hex');
    const batch = { file: 'made-up company', contentHash: said, mappingHash: said, demo: true };
    const chunks = counted(demoChunks(options), (persons) => {
      if (terminal.interactive)
        terminal.err(`\rMaking up a company: ${whole.format(persons)} of ${whole.format(flags.persons)} persons`);
    });
    const added = await store.importChunks(batch, chunks, { signal: interrupt.signal });
    for (const { batch: name } of earlier) if (name !== added.info.batch) await store.undo(name);
    const { records, events } = added.info;
    const done = added.unchanged
      ? 'This made-up company is there already'
      : `Made up a company of ${whole.format(flags.persons)} persons`;
    const end = `${done}: ${whole.format(records)} records, ${whole.format(events)} events.\n`;
    terminal.err(terminal.interactive ? `\r\u001B[K${end}` : end);
    await workspace.refresh();
    if (workspace.onlyDemo()) await fillLedger(workspace, options);
  } finally {
    process.off('SIGINT', leave);
  }
}

/** Passes chunks through and tells how many persons have passed. */
function* counted(chunks: Iterable<DemoChunk>, tell: (persons: number) => void): Generator<DemoChunk> {
  let persons = 0;
  for (const chunk of chunks) {
    yield chunk;
    persons += chunk.records.filter(({ entityType }) => entityType === 'person').length;
    tell(persons);
  }
}
