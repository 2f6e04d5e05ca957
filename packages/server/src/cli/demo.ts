import { Command, InvalidArgumentError, Option } from 'commander';
import { DEMO_BATCH, demoChunks } from '@sama/demo';
import type { Terminal } from './terminal.ts';
import { DEMO_AS_OF, logTo, openWorkspace, type Place, type Workspace } from './workspace.ts';

/** What company to make up. */
interface DemoFlags {
  persons: number;
  seed?: number;
}

/** `sama demo`: fills a store with the demo company. */
export function demoCommand(terminal: Terminal): Command {
  return new Command('demo')
    .description('Fill a store with a made-up company, to try things out')
    .addOption(personsOption('--persons <number>').default(20_000))
    .option('--seed <number>', 'a whole number; the same one gives the same company', seed)
    .option('--store <folder>', 'where the records go (default: .sama)')
    .option('--force', 'also when the store has records already; an earlier made-up company is replaced')
    .addHelpText('after', '\nExamples:\n  $ sama demo\n  $ sama demo --persons 1000000 --store big')
    .action(async (flags: DemoFlags & Place & { force?: true }) => {
      const workspace = await openWorkspace(flags, logTo(terminal));
      try {
        if (!workspace.isEmpty() && flags.force !== true) {
          throw new Error('The store has records already. Choose another with --store, or add --force.');
        }
        await fillWithDemo(workspace, flags, terminal);
      } finally {
        await workspace.close();
      }
    });
}

/** `--persons` under either name. */
export function personsOption(flag: string): Option {
  return new Option(flag, 'how many persons the made-up company knows').argParser((text) => {
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

/** Generates the company into the store, with progress for who watches. */
export async function fillWithDemo(workspace: Workspace, flags: DemoFlags, terminal: Terminal): Promise<void> {}
