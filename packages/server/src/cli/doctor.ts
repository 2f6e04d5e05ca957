import { Command, Option } from 'commander';
import { loadConfig, type LoadedConfig } from '../config/config.ts';
import { examineChannels, examineKeys, examineNotices } from '../doctor/access.ts';
import { examineDatabase } from '../doctor/database.ts';
import { causeOf, fail, ok, type Finding } from '../doctor/finding.ts';
import { examineFonts } from '../doctor/fonts.ts';
import { examineLedger } from '../doctor/ledger.ts';
import {
  examineClock,
  examineDisk,
  examineElements,
  examineEngine,
  examineNode,
  examinePort,
} from '../doctor/machine.ts';
import { examineShared } from '../doctor/shared.ts';
import { examineStore } from '../doctor/store.ts';
import { LEDGER_URL } from './databases.ts';
import { setupOf } from './keeper.ts';
import { port } from './port.ts';
import type { Terminal } from './terminal.ts';
import { plain, tableLines } from './text/table.ts';
import { DEFAULT_STORE, type Place } from './workspace.ts';

interface DoctorFlags extends Place {
  port: number;
  json?: true;
}

/** `sama doctor`: what is wrong, and how to mend it. It changes nothing. */
export function doctorCommand(terminal: Terminal): Command {
  return new Command('doctor')
    .description('Say what is wrong, and how to mend it')
    .option('--store <folder>', 'where the records are (default: .sama)')
    .option('--config <file>', 'configuration with definitions (default: sama.config.json when there is one)')
    .addOption(new Option('--port <number>', "the server's port").default(4400).env('PORT').argParser(port))
    .option('--json', 'for programs: { v, ok, findings: [{ check, standing, found, remedy }] }')
    .addHelpText(
      'after',
      `
It looks at Node.js, the engine, the elements, fonts for pictures, configuration and definitions, the database of the
questions, store, ledger, keys, notices, imports, port, disk and clock, with a server running or not, and changes nothing. It says no secret.

Examples:
  $ sama doctor
  $ sama doctor --store /var/lib/sama --port 8080
  $ sama doctor --json | jq '.findings[] | select(.standing != "ok")'

Exit codes: 0 nothing fails (there may be warnings), 1 something does, 2 wrong usage.`,
    )
    .action(async (flags: DoctorFlags) => {
      const findings = await examineAll(flags, process.env);
      const failing = findings.filter(({ standing }) => standing === 'fail').length;
      terminal.out(
        flags.json === true
          ? `${JSON.stringify({ v: 1, ok: failing === 0, findings }, undefined, 2)}\n`
          : textOf(findings),
      );
      if (failing > 0) throw new Error(failing === 1 ? 'One thing fails.' : `${failing} things fail.`);
    });
}

async function examineAll(flags: DoctorFlags, environment: NodeJS.ProcessEnv): Promise<Finding[]> {
  const folder = flags.store ?? DEFAULT_STORE;
  const now = Date.now();
  const { config, finding } = await configuration(flags);
  const { findings: store, batches, generationBytes } = await examineStore(folder, now);
  const isMadeUp = batches.length > 0 && batches.every(({ demo }) => demo);
  const { setup } = setupOf(config, isMadeUp);
  const url = environment[LEDGER_URL] === '' ? undefined : environment[LEDGER_URL];
  const ledger = await examineLedger(folder, url, setup);
  // What is in a PostgreSQL that does not answer is not looked at: it would be said again and again.
  const isReached = ledger.moments.some(({ by }) => by.includes('PostgreSQL'));
  const imports = batches.map(({ importedAt }) => ({ by: 'the last import', at: Date.parse(importedAt) }));
  // The past of the made-up company may lie ahead.
  const moments = isMadeUp ? ledger.moments.filter(({ by }) => by.includes('PostgreSQL')) : ledger.moments;
  return [
    examineNode(),
    ...(await examineEngine()),
    ...(await examineElements()),
    ...(await examineFonts(environment)),
    finding,
    ...(await examineDatabase(config.engine, now)),
    ...store,
    ...ledger.findings,
    ...(await examineChannels(config.given.escalation, environment)),
    ...(url === undefined
      ? [...(await examineKeys(folder, now)), ...(await examineNotices(folder, now))]
      : isReached
        ? await examineShared(folder, url, now)
        : []),
    await examinePort(flags.port),
    await examineDisk(folder, generationBytes),
    examineClock(now, [...moments, ...imports]),
  ];
}

/** The configuration, or when it cannot be used the defaults, so that the rest can be looked at. */
async function configuration(place: Place): Promise<{ config: LoadedConfig; finding: Finding }> {
  const store = place.store ?? DEFAULT_STORE;
  try {
    const config = await loadConfig({ store, ...(place.config === undefined ? {} : { config: place.config }) });
    const all = config.definitions.length;
    const own = config.given.definitions?.length ?? 0;
    const found = `${config.path ?? 'defaults'}: ${all} ${all === 1 ? 'definition' : 'definitions'}, ${own} of them your own`;
    return { config, finding: ok('config', found) };
  } catch (error) {
    const remedy = 'mend the field that is named; the server does not start before';
    const engine = { kind: 'duckdb' } as const;
    const defaults = { definitions: [], timeZone: 'UTC', currency: 'EUR', engine, given: {} };
    return { config: defaults, finding: fail('config', causeOf(error), remedy) };
  }
}

const MARKS = { ok: 'ok', warn: 'look', fail: 'FAIL' } as const;

function textOf(findings: readonly Finding[]): string {
  const lines = tableLines(
    ['', 'what', 'found'].map((head) => ({ head, align: 'start' as const })),
    findings.map(({ standing, check, found }) => [MARKS[standing], check, plain(found)]),
  );
  const remedies = findings.flatMap(({ check, remedy }) =>
    remedy === undefined ? [] : [`  ${check}: ${plain(remedy)}`],
  );
  return `${[...lines, ...(remedies.length === 0 ? [] : ['', 'To mend it:', ...remedies])].join('\n')}\n`;
}
