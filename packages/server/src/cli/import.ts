import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import { NoProposalError, proposeMapping, type Proposal, type Sample } from '@sama/connectors';
import { ImportMapping, type ImportReport } from '@sama/metrics/contracts';
import { Command } from 'commander';
import { entryStages, knownStages, loadConfig, type LoadedConfig } from '../config/config.ts';
import { parseValue } from '../config/parse.ts';
import { importFile, sampleFile } from '../import/index.ts';
import { openKeptStore, requireOwnStore } from '../config/kept.ts';
import { openStore } from '../store/index.ts';
import { UsageError } from './failure.ts';
import { askAboutProposal, type AskAboutProposal } from './import-ask.ts';
import { takeDemoOut } from './import-demo.ts';
import { ProgressLine } from './import-progress.ts';
import { batchesText, contentsText, definitionsText, proposalText, reportText } from './import-text.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { DEFAULT_STORE } from './workspace.ts';

/** Imported, but rows were refused. */
const SOME_REFUSED = 3;

interface ImportFlags {
  map?: string;
  store: string;
  config?: string;
  definitions?: true;
  propose?: true;
  dryRun?: true;
  yes?: true;
  json?: true;
  timeZone?: string;
  rejects?: string;
  undo?: string;
  list?: true;
}

/**
 * `sama import`: brings a CSV, JSON or NDJSON file into the store as one batch. Sets
 * `process.exitCode` to 3 when rows were refused.
 */
export function importCommand(
  terminal: Terminal = processTerminal(),
  ask: AskAboutProposal = askAboutProposal,
): Command {
  return new Command('import')
    .description('Bring a CSV, JSON or NDJSON file into the store as one batch, all or nothing')
    .argument('[file]', 'the file to import')
    .option('--map <file>', 'the mapping: what each column means, as JSON')
    .option('--propose', 'print a mapping guessed from the file, and import nothing')
    .option('--dry-run', 'check everything and report, change nothing')
    .option('--rejects <file>', 'where refused rows are listed (default: rejects/BATCH.csv in the store)')
    .option(
      '--time-zone <zone>',
      'of times without an offset, and of today (default: from the configuration, else UTC)',
    )
    .option('--store <folder>', 'where the records go', DEFAULT_STORE)
    .option('--config <file>', 'configuration with definitions (default: sama.config.json when there is one)')
    .option('--definitions', 'show the stages a mapping may name, and where they are defined')
    .option('--list', 'show the batches in the store')
    .option('--undo <batch>', 'take a batch out of the store again')
    .option('--json', 'print the report as JSON')
    .option(
      '-y, --yes',
      'take the proposed mapping without asking, unless dates or amounts have two readings or there is no stage',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ sama import deals.csv                              look at the proposed mapping, then import
  $ sama import deals.csv --propose > mapping.json     keep the proposal, to edit it
  $ sama import deals.csv --map mapping.json --dry-run
  $ sama import deals.csv --map mapping.json --rejects refused.csv
  $ sama import clicks.csv --map activities.json       activities and figures: "rows" in the mapping says so
  $ sama import --list
  $ sama import --undo b000002-1c9d40ab

The first import of your own takes the made-up company of \`sama demo\` out again.
A file of Sama's own shape, { "records": [...], "events": [...] }, needs no mapping.

Exit codes: 0 imported (or nothing new), 1 nothing was changed, 2 wrong usage,
3 imported, but some rows were refused.`,
    )
    .action((file: string | undefined, flags: ImportFlags) => act(file, flags, terminal, ask));
}

async function act(
  file: string | undefined,
  flags: ImportFlags,
  terminal: Terminal,
  ask: AskAboutProposal,
): Promise<void> {
  if (flags.list === true) return list(flags, terminal);
  const config = await loadConfig({
    store: flags.store,
    ...(flags.config === undefined ? {} : { config: flags.config }),
  });
  if (flags.undo !== undefined) return undo(flags.undo, config, flags, terminal);
  if (flags.definitions === true) return terminal.out(definitionsText(config));
  if (file === undefined) throw new UsageError('import: name a file, or use --list, --undo or --definitions');
  const given = flags.map === undefined ? undefined : await readMapping(flags.map);
  const sample = await sampleFile(file, given?.delimiter);
  if (flags.propose === true)
    return terminal.out(`${JSON.stringify(propose(file, sample, config).mapping, undefined, 2)}\n`);
  const mapping =
    given ?? (sample.format === 'canonical' ? undefined : await agree(file, sample, config, flags, terminal, ask));
  if (mapping === undefined && sample.format !== 'canonical') {
    terminal.err('Nothing was imported.\n');
    process.exitCode = 1;
    return;
  }
  const { report, demo } = await bring(file, mapping, config, flags, terminal);
  terminal.out(flags.json === true ? `${JSON.stringify(report, undefined, 2)}\n` : reportText(report));
  // The report in JSON is a contract of its own; what became of other batches stands beside it.
  if (demo !== undefined) (flags.json === true ? terminal.err : terminal.out)(`\n${demo}\n`);
  if (report.unchanged) return;
  if (report.rows.kept === 0) process.exitCode = 1;
  else if (report.rows.refused > 0) process.exitCode = SOME_REFUSED;
}

async function list(flags: ImportFlags, terminal: Terminal): Promise<void> {
  const store = await openStore(flags.store);
  try {
    const batches = await store.batches();
    terminal.out(
      flags.json === true ? `${JSON.stringify(batches, undefined, 2)}\n` : batchesText(batches, flags.store),
    );
  } finally {
    await store.close();
  }
}

async function undo(batch: string, config: LoadedConfig, flags: ImportFlags, terminal: Terminal): Promise<void> {
  const store = await openKeptStore(flags.store, config);
  try {
    // A number or beginning is enough where it names one batch; else the store says what there is.
    const meant = (await store.batches()).filter(
      (known) => known.batch.startsWith(batch) || String(known.seq) === batch,
    );
    const [one] = meant;
    const info = await store.undo(one !== undefined && meant.length === 1 ? one.batch : batch);
    terminal.out(
      flags.json === true
        ? `${JSON.stringify({ undone: info.batch })}\n`
        : `Took ${info.batch} (${info.file}) out again: ${contentsText(info)}.\n`,
    );
  } finally {
    await store.close();
  }
}

async function readMapping(path: string): Promise<ImportMapping> {
  let value: unknown;
  try {
    value = JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const reason = missing
      ? 'there is no such file'
      : `it cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`;
    throw new Error(`--map ${path}: ${reason}`, { cause: error });
  }
  const parsed = parseValue(ImportMapping, value);
  if ('wrong' in parsed) throw new Error(`--map ${path}: ${parsed.wrong}`);
  return parsed.data;
}

function propose(file: string, sample: Sample, config: LoadedConfig): Proposal {
  if (sample.format === 'canonical') throw new Error(`${file} has Sama's own shape and needs no mapping`);
  try {
    return proposeMapping(sample, {
      source: basename(file, extname(file)),
      stages: knownStages(config.definitions),
      entryStages: entryStages(config.definitions),
      currency: config.currency,
    });
  } catch (error) {
    if (error instanceof NoProposalError) throw new Error(`${file}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** The proposed mapping, when somebody agrees to it; undefined when they do not. */
async function agree(
  file: string,
  sample: Sample,
  config: LoadedConfig,
  flags: ImportFlags,
  terminal: Terminal,
  ask: AskAboutProposal,
): Promise<ImportMapping | undefined> {
  if (flags.yes !== true && !terminal.interactive && flags.dryRun !== true) {
    throw new UsageError(
      `import: say what the columns mean: \`sama import ${file} --propose > mapping.json\` writes a proposal; then add --map mapping.json, or take it as it is with --yes`,
    );
  }
  const proposal = propose(file, sample, config);
  terminal.err(proposalText(proposal, sample));
  if (flags.yes === true) {
    if (proposal.unsafe.length === 0) return proposal.mapping;
    throw new Error(
      `--yes does not decide this for you:\n${proposal.unsafe.map((reason) => `  ${reason}`).join('\n')}\nWrite the proposal with \`sama import ${file} --propose > mapping.json\`, edit it, then add --map mapping.json. Nothing was imported.`,
    );
  }
  if (!terminal.interactive) return proposal.mapping;
  const answer = await ask(basename(file, extname(file)));
  if (answer.save !== undefined) {
    await writeFile(answer.save, `${JSON.stringify(proposal.mapping, undefined, 2)}\n`, { flag: 'wx' });
    terminal.err(`Wrote ${answer.save}.\n`);
    if (!answer.go) terminal.err(`Edit it, then run: sama import ${file} --map ${answer.save}\n`);
  }
  return answer.go ? proposal.mapping : undefined;
}

async function bring(
  file: string,
  mapping: ImportMapping | undefined,
  config: LoadedConfig,
  flags: ImportFlags,
  terminal: Terminal,
): Promise<{ report: ImportReport; demo: string | undefined }> {
  requireOwnStore(config);
  const store = await openKeptStore(flags.store, config);
  const progress = new ProgressLine(terminal);
  const interrupt = new AbortController();
  const leave = (): void => interrupt.abort(new Error('interrupted; the store is as it was'));
  process.once('SIGINT', leave);
  try {
    const report = await importFile(store, file, {
      ...(mapping === undefined ? {} : { mapping }),
      ...(flags.map === undefined ? {} : { mappingFolder: dirname(flags.map) }),
      stages: knownStages(config.definitions).map(({ key }) => key),
      entryStages: entryStages(config.definitions),
      timeZone: flags.timeZone ?? config.timeZone,
      ...(flags.dryRun === undefined ? {} : { dryRun: true }),
      ...(flags.rejects === undefined ? {} : { rejectsFile: flags.rejects }),
      signal: interrupt.signal,
      onProgress: (step) => progress.show(step),
    });
    const added = !report.dryRun && !report.unchanged && report.rows.kept > 0;
    return { report, demo: added ? await takeDemoOut(store, report.batch, config) : undefined };
  } finally {
    process.off('SIGINT', leave);
    progress.clear();
    await store.close();
  }
}
