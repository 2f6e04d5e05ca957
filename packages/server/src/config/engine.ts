import { Warehouse } from '@sama/sql';
import * as z from 'zod/mini';
import { filesOf, FilesConfig, type FilesSettings } from './files.ts';

const outside = {
  /** How the company's own tables become the canonical ones, read where they are. Default: canonical tables are there. */
  warehouse: z.optional(Warehouse),
  /** Seconds for which the data passes for unchanged, so that an answer may be given again. Default: 60. */
  refresh: z.optional(z.int().check(z.gte(1), z.lte(86_400))),
};
const Name = z.string().check(z.minLength(1), z.maxLength(63));

/** What answers the questions. Never an address with a password: that stands in `SAMA_ENGINE_URL`. */
export const EngineConfig = z.discriminatedUnion('kind', [
  /** The embedded store, which is filled by imports; or files that others fill. */
  z.strictObject({ kind: z.literal('duckdb'), ...FilesConfig }),
  z.strictObject({
    kind: z.literal('postgresql'),
    ...outside,
    /** Where the canonical tables are. Default: the search path of the user. */
    schema: z.optional(Name),
  }),
  z.strictObject({
    kind: z.literal('clickhouse'),
    ...outside,
    /** Default: that of the user. */
    database: z.optional(Name),
  }),
]);
export type EngineConfig = z.infer<typeof EngineConfig>;

/** How far a question may go. */
export const LimitsConfig = z.strictObject({
  /** Seconds until a question is stopped. Default: 30. */
  seconds: z.optional(z.number().check(z.gte(1), z.lte(3600))),
  /** Rows that one statement of it may read into the server. Default: 20,000,000. */
  rows: z.optional(z.int().check(z.gte(1))),
});
/** Names the database of the questions. In the environment, since it holds a password. */
export const ENGINE_URL = 'SAMA_ENGINE_URL';

/** An engine with what it needs to be reached. */
export type EngineSettings =
  | { kind: 'duckdb' }
  | FilesSettings
  | (Exclude<EngineConfig, { kind: 'duckdb' }> & {
      url: string;
    });

const SCHEMES = { postgresql: /^postgres(ql)?:$/, clickhouse: /^https?:$/ };
const EXAMPLES = {
  postgresql: 'postgresql://user:password@host:5432/database',
  clickhouse: 'https://user:password@host:8443',
};

/**
 * The engine that configuration and environment call for: the one configured, else the one of the address, else the
 * embedded store.
 *
 * @param folder from which paths of files are meant.
 * @throws Error naming the field and the remedy, and never repeating the address.
 */
export function engineOf(
  given: EngineConfig | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  folder: string,
): EngineSettings {
  const url = environment[ENGINE_URL]?.trim() ?? '';
  if (given?.kind === 'duckdb') return filesOf(given, folder) ?? { kind: 'duckdb' };
  if (given === undefined && url === '') return { kind: 'duckdb' };
  if (url === '') {
    const kind = given?.kind ?? 'postgresql';
    throw new Error(
      `engine: the address of the ${kind} database is missing; set ${ENGINE_URL} in the environment, such as ${EXAMPLES[kind]}`,
    );
  }
  const scheme = URL.canParse(url) ? new URL(url).protocol : '';
  const kinds = ['postgresql', 'clickhouse'] as const;
  const told = kinds.find((kind) => SCHEMES[kind].test(scheme));
  const wanted = given?.kind ?? told;
  if (wanted === undefined || told !== wanted) {
    const examples = wanted === undefined ? Object.values(EXAMPLES).join(' or ') : EXAMPLES[wanted];
    throw new Error(
      `${ENGINE_URL} is no address of a ${wanted ?? 'database Sama knows'}${wanted === undefined ? '' : ' database'}; write it like ${examples}`,
    );
  }
  return { ...(given ?? { kind: wanted }), url };
}
