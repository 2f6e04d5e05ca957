import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConnectorSettings } from '@sama/connectors';
import {
  BusinessCalendar,
  Currency,
  Definition,
  Exchange,
  FiscalCalendar,
  Glossary,
  TimeZone,
} from '@sama/metrics/contracts';
import {
  DEFAULT_DEFINITIONS,
  DEFAULT_SIDE_STAGES,
  definitionFaults,
  isStageFunnel,
  joinDefinitions,
} from '@sama/metrics/definitions';
import { HandoffActor, HandoffPolicy, Staff } from '@sama/metrics/handoff';
import { zone } from '@sama/metrics/time';
import * as z from 'zod/mini';
import { EscalationConfig } from '../escalation/config.ts';
import { Origin } from '../sign-in/grant.ts';
import { OperationsConfig } from './operations.ts';
import { EngineConfig, engineOf, LimitsConfig, type EngineSettings } from './engine.ts';
import { parseValue } from './parse.ts';

/** `sama.config.ts` or `sama.config.json`: what a company agreed on. */
export const SamaConfig = z.strictObject({
  $schema: z.optional(z.string()),
  definitions: z.optional(z.array(Definition)),
  /** The reporting time zone. Default: UTC. */
  timeZone: z.optional(TimeZone),
  /** What `FY26-Q3` means. Default: the calendar year. */
  fiscal: z.optional(FiscalCalendar),
  /** Assumed where a file names none. Default: EUR. */
  currency: z.optional(Currency),
  /** Rates by which money is converted. Default: money of several currencies has no sum. */
  exchange: z.optional(Exchange),
  /** What answers the questions. Default: the embedded store, or the database of `SAMA_ENGINE_URL`. */
  engine: z.optional(EngineConfig),
  /** How far a question may go. */
  limits: z.optional(LimitsConfig),
  /** Who everybody is in development, without sign-in. Default: the manager `nobody-signed-in`. */
  actor: z.optional(HandoffActor),
  /** Who takes hand-offs, by which promises and in which opening hours. Default: nobody. */
  handoffs: z.optional(
    z.strictObject({
      staff: Staff,
      policy: z.optional(HandoffPolicy),
      /** By pool, or `sales`, `marketing`, `ops`; `lead` are those of leads, read in the zone of each. */
      hours: z.optional(z.record(z.string(), BusinessCalendar)),
    }),
  ),
  /** Who hears of promises that are not kept. Hand-offs that nobody accepts expire and go on in any case. */
  escalation: z.optional(EscalationConfig),
  /** For whom tokens are, once there are keys. */
  signIn: z.optional(
    z.strictObject({
      /** What `aud` of a token must name. Default: `sama`. */
      audience: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
      /** Whose data this is; tokens of others are refused. Default: `default`. */
      tenant: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
      /** Pages that may read, as with `--origin`. */
      origins: z.optional(z.array(Origin)),
      /** Fields of records that name a person. Default: e-mail, names and telephone numbers among the attributes. */
      personal: z.optional(z.array(z.string().check(z.regex(/^(owner|attributes\..{1,120})$/u)))),
    }),
  ),
  /** How the server runs. */
  operations: z.optional(OperationsConfig),
  /** The words as they stood before the ledger began. Default: the starting lexicon, as a proposal. */
  glossary: z.optional(Glossary),
  /** How each source is read by `sama sync`. Never a secret: those stand in the environment or a file of their own. */
  connectors: z.optional(
    z.strictObject({
      hubspot: z.optional(ConnectorSettings),
      salesforce: z.optional(ConnectorSettings),
      marketo: z.optional(ConnectorSettings),
    }),
  ),
});
/** What may stand in `sama.config.ts`: `export default { … } satisfies SamaConfig`. @beta */
export type SamaConfig = z.infer<typeof SamaConfig>;

/** In the order in which they are searched in a folder. */
const CONFIG_FILES = ['sama.config.ts', 'sama.config.json'];

/** A configuration that cannot be used; the message names file, field and remedy. */
class ConfigError extends Error {
  override name = 'ConfigError';
}

/** A configuration with its defaults and the package's definitions. */
export interface LoadedConfig {
  /** The file it was read from; absent when there is none. */
  path?: string;
  /** The company's definitions, then those of the package. */
  definitions: Definition[];
  timeZone: string;
  currency: string;
  /** What answers the questions, and how it is reached. */
  engine: EngineSettings;
  /** What the file itself says, without defaults. */
  given: SamaConfig;
}

export interface ConfigPlace {
  /** The file named by `--config`; it must exist. */
  config?: string;
  /** The store's folder, searched last. */
  store?: string;
  /** Default: the process's. */
  workingFolder?: string;
  /** Default: the process's. */
  environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads the configuration: the file named, else `sama.config.ts` or `sama.config.json` in the working folder, else the
 * one in the store. Without any, defaults apply.
 *
 * @throws ConfigError naming the file and the field.
 */
export async function loadConfig(place: ConfigPlace): Promise<LoadedConfig> {
  const searched =
    place.config === undefined
      ? [place.workingFolder ?? process.cwd(), ...(place.store === undefined ? [] : [place.store])].flatMap((folder) =>
          CONFIG_FILES.map((name) => join(folder, name)),
        )
      : [place.config];
  const environment = place.environment ?? process.env;
  for (const path of searched) {
    const text = await readText(path, place.config !== undefined);
    if (text === undefined) continue;
    const value = /\.[cm]?[jt]s$/.test(path) ? await runConfig(path) : parseConfig(path, text);
    return complete(checkConfig(path, value), path, environment);
  }
  return complete({}, undefined, environment);
}

/** What a configuration that is code exports. Code of an operator, run with the rights of the server. */
async function runConfig(path: string): Promise<unknown> {
  try {
    // A file that has changed is another module.
    const { mtimeMs } = await stat(path);
    const { default: value }: { default?: unknown } = await import(`${pathToFileURL(path).href}#${mtimeMs}`);
    if (value === undefined) throw new Error('it has no default export; write export default { … }');
    return value;
  } catch (error) {
    throw new ConfigError(`${path} cannot be run: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

async function readText(path: string, required: boolean): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
    if (missing && !required) return undefined;
    throw new ConfigError(
      missing
        ? `${path}: there is no such file`
        : `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

/** Parses a configuration text. The path is only for messages. */
function parseConfig(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ConfigError(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** The path is only for messages. */
function checkConfig(path: string, value: unknown): SamaConfig {
  const parsed = parseValue(SamaConfig, value);
  if ('wrong' in parsed) throw new ConfigError(`${path}: ${parsed.wrong}`);
  return parsed.data;
}

function complete(
  given: SamaConfig,
  path: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): LoadedConfig {
  const timeZone = given.timeZone ?? 'UTC';
  try {
    zone(timeZone);
    const definitions = joinDefinitions([
      { name: path ?? 'the configuration', definitions: given.definitions ?? [] },
      { name: 'the package', definitions: DEFAULT_DEFINITIONS },
    ]);
    const [fault] = definitionFaults(given.definitions ?? [], definitions);
    if (fault !== undefined) throw new Error(`${fault.field}: ${fault.reason}; ${fault.remedy}`);
    const engine = engineOf(given.engine, environment, path === undefined ? process.cwd() : dirname(path));
    return {
      ...(path === undefined ? {} : { path }),
      definitions,
      timeZone,
      currency: given.currency ?? 'EUR',
      engine,
      given,
    };
  } catch (error) {
    throw new ConfigError(`${path ?? 'configuration'}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** The stages by which a cohort enters a funnel: its anchor, else its first. Without repeats. */
export function entryStages(definitions: readonly Definition[]): string[] {
  const funnels = definitions.filter(isStageFunnel);
  return [...new Set(funnels.flatMap(({ anchor, stages }) => anchor ?? stages[0]?.key ?? []))];
}

/** The stages events may name: main and side stages of every funnel, in order, without repeats. */
export function knownStages(definitions: readonly Definition[]): { key: string; label?: string }[] {
  const found = new Map<string, { key: string; label?: string }>();
  for (const definition of definitions.filter(isStageFunnel)) {
    for (const { key, label } of [...definition.stages, ...(definition.side ?? DEFAULT_SIDE_STAGES)]) {
      if (!found.has(key)) found.set(key, { key, ...(label === undefined ? {} : { label }) });
    }
  }
  return [...found.values()];
}
