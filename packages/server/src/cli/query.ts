import { Outcome, type Question } from '@sama/metrics/contracts';
import { Command, Option } from 'commander';
import { ask, frameOf } from '../http/answer.ts';
import { owner } from '../sign-in/signed.ts';
import { UsageError } from './failure.ts';
import {
  differenceQuestion,
  funnelQuestion,
  jsonQuestion,
  measureQuestion,
  recordsQuestion,
  type DifferenceFlags,
  type FrameFlags,
  type FunnelFlags,
  type RecordsFlags,
} from './question.ts';
import { openAsking } from './keeper.ts';
import type { Terminal } from './terminal.ts';
import { envelopeText, failureText } from './text/envelope.ts';
import { DEFAULT_STORE, logTo, type OpenWorkspace, type Place } from './workspace.ts';

interface Output extends Place {
  json?: true;
}

/** `sama query`: one question, answered in the terminal. */
export function queryCommand(terminal: Terminal, open: OpenWorkspace = openAsking): Command {
  const query = common(new Command('query'))
    .description('Ask one question and print its answer')
    .option('--question <json>', 'a whole question as JSON; - reads it from standard input')
    .allowExcessArguments()
    .addHelpText(
      'after',
      `
Examples:
  $ sama query funnel lead-to-won --period 2026-Q3 --compare previous
  $ sama query funnel lead-to-won --view activity --period last-90-days
  $ sama query funnel lead-to-won --period 2026-Q2 --segment region-dach --skip-policy strict --json
  $ sama query records lead-to-won --period 2026-Q2 --stage sal --outcome lost --sort -amount
  $ sama query difference lead-to-won --period 2026-Q2 --stage mql --than view=activity
  $ sama query measure '{"of":"opportunity","value":{"field":"amount"},"aggregates":["sum","median"]}'
  $ echo '{"kind":"funnel","funnel":"lead-to-won"}' | sama query --question -`,
    )
    .action(async (flags: Output & { question?: string }, command: Command) => {
      const [stray] = command.args;
      if (stray !== undefined)
        throw new UsageError(
          `query: ${stray} is no kind of question; use funnel, records, difference, measure or --question`,
        );
      if (flags.question === undefined)
        throw new UsageError(
          'query: say what to ask: funnel NAME, records NAME, difference NAME, measure NAME or --question JSON',
        );
      const text = flags.question === '-' ? await terminal.input() : flags.question;
      await print(jsonQuestion(text), flags, terminal, open);
    });

  query
    .addCommand(
      counted(new Command('funnel'))
        .description('A stage funnel: counts, rates, times and outcomes')
        .option('--compare <with>', 'previous, previous-year, a period, or segment:ID')
        .option('--value', 'sum the amounts as well')
        .addHelpText(
          'after',
          '\nExample:\n  $ sama query funnel lead-to-won --period 2026-Q3 --view cohort --compare previous --segment region-dach',
        )
        .action((name: string, flags: FunnelFlags & FrameFlags, command: Command) =>
          print(funnelQuestion(name, flags), command.optsWithGlobals<Output>(), terminal, open),
        ),
    )
    .addCommand(
      counted(new Command('records'))
        .description('The records behind a number of a stage funnel')
        .requiredOption('--stage <stage>', 'those who reached it, entered it or stand in it, as the view counts')
        .addOption(
          new Option('--outcome <outcome>', 'of a cohort, only those of whom this became').choices(Outcome.options),
        )
        .option('--fields <names>', 'what is read of each, with commas: amount,attributes.region')
        .option('--sort <field>', 'entered, id or one of the fields; -entered for the latest first')
        .option('--limit <n>', 'how many, up to 500 (default: 50)')
        .option('--offset <n>', 'how many to pass over')
        .addHelpText(
          'after',
          '\nExample:\n  $ sama query records lead-to-won --period 2026-Q3 --stage sal --outcome lost --fields amount,currency,attributes.region --sort -amount',
        )
        .action((name: string, flags: RecordsFlags & FrameFlags, command: Command) =>
          print(recordsQuestion(name, flags), command.optsWithGlobals<Output>(), terminal, open),
        ),
    )
    .addCommand(
      counted(new Command('difference'))
        .description('Why two numbers of a stage funnel differ, setting by setting')
        .requiredOption('--stage <stage>', 'the stage whose number is meant')
        .option(
          '--than <setting...>',
          'how the other number is counted: view=activity, period=2026-Q1, stage=sal, skip-policy=strict, ...; segment= for none',
        )
        .option('--reported <number>', 'what a report says in place of the other number')
        .option('--value', 'of the amounts, in minor units, in place of the counts')
        .option('--records <n>', 'name so many of the records that each setting adds or takes away, up to 100')
        .addHelpText(
          'after',
          '\nExample:\n  $ sama query difference lead-to-won --period 2026-Q3 --stage mql --than skip-policy=strict --reported 212 --records 5',
        )
        .action((name: string, flags: DifferenceFlags & FrameFlags, command: Command) =>
          print(differenceQuestion(name, flags), command.optsWithGlobals<Output>(), terminal, open),
        ),
    )
    .addCommand(
      framed(new Command('measure'))
        .description('A named figure, or a measure given as JSON')
        .argument('<measure>', 'the id of a figure, or a measure as JSON')
        .option('--filter <json>', 'criteria on the records')
        .addHelpText(
          'after',
          `\nExample:\n  $ sama query measure '{"of":"person","aggregates":["count"],"by":"attributes.region"}'`,
        )
        .action((measure: string, flags: { filter?: string } & FrameFlags, command: Command) =>
          print(measureQuestion(measure, flags), command.optsWithGlobals<Output>(), terminal, open),
        ),
    );
  return query;
}

function common(command: Command): Command {
  return command
    .option('--json', 'print the whole answer as JSON')
    .option('--store <folder>', 'where the records are (default: .sama)')
    .option('--config <file>', 'configuration with definitions (default: sama.config.json when there is one)');
}

function framed(command: Command): Command {
  return command
    .configureHelp({ showGlobalOptions: true })
    .option('--as-of <moment>', 'the day or instant the answer is true for (default: now)')
    .option('--time-zone <zone>', 'the zone days are counted in, such as Europe/Berlin');
}

/** A command about those whom a stage funnel counts. */
function counted(command: Command): Command {
  return framed(command)
    .argument('<name>', 'the definition: id, or id@1.0.0 for one version')
    .option('--period <period>', 'entries in 2026, 2026-Q3, 2026-07, 2026-W30, last-90-days or 2026-07-01/2026-10-01')
    .addOption(
      new Option('--view <view>', 'how to count (default: cohort)').choices(['cohort', 'activity', 'snapshot']),
    )
    .option('--segment <id>', 'only this segment of the definition')
    .option('--anchor <stage>', 'the stage a cohort enters by')
    .option('--window <time>', 'how long to follow each: 120d, 48h or none')
    .addOption(
      new Option('--skip-policy <policy>', 'what a skipped stage counts as').choices(['impute', 'strict', 'open']),
    )
    .addOption(new Option('--entry-policy <policy>', 'which entry is followed').choices(['first', 'every', 'last']))
    .addOption(new Option('--unit <unit>', 'what is counted').choices(['entity', 'cycle', 'visit']))
    .option('--filter <json>', 'criteria on the records');
}

async function print(question: Question, output: Output, terminal: Terminal, open: OpenWorkspace): Promise<void> {
  const workspace = await open(output, logTo(terminal));
  const interrupt = new AbortController();
  const leave = (): void => interrupt.abort();
  process.once('SIGINT', leave);
  try {
    const { desk } = workspace;
    const envelope = await ask(desk, frameOf(desk, owner()), question, interrupt.signal);
    const failed = envelope.status === 'error' || envelope.status === 'denied';
    if (output.json === true) terminal.out(`${JSON.stringify(envelope, undefined, 2)}\n`);
    else if (!failed) terminal.out(envelopeText(envelope, question.timeZone ?? desk.timeZone()));
    if (failed) throw new Error(failureText(envelope));
    if (envelope.code === 'no-data-yet')
      terminal.err(
        `sama: there are no records in ${output.store ?? DEFAULT_STORE}; sama import or sama demo brings some\n`,
      );
  } finally {
    process.off('SIGINT', leave);
    await workspace.close();
  }
}
