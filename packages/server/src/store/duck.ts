import { availableParallelism } from 'node:os';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { sqlIdentifier, sqlText } from '@sama/sql';
import { GENERATION } from './overlay.ts';

/** Nothing is ever fetched or loaded: JSON, Parquet and ICU are built in. */
const CLOSED_WORLD = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
};

export interface DuckOptions {
  /** Such as `1GB`. Default: `700MB`, as fast as more with a million rows; the process takes about half as much again. */
  memoryLimit?: string;
  /** Where what does not fit in memory goes. */
  spillTo?: string;
  threads?: number;
}

/** An in-memory database to work in. It may read and write files. */
async function openScratch(options: DuckOptions = {}): Promise<DuckDBInstance> {
  return DuckDBInstance.create(':memory:', {
    ...CLOSED_WORLD,
    // Rows inserted in parallel leave a few short row groups between the full ones. To close the gaps
    // a checkpoint would write every table of a generation a second time.
    max_vacuum_tasks: '0',
    memory_limit: options.memoryLimit ?? '700MB',
    threads: String(options.threads ?? availableParallelism()),
    ...(options.spillTo === undefined ? {} : { temp_directory: options.spillTo }),
  });
}

/** A file to read. Its SQL reaches no other file, and no network. */
export async function openReadOnly(path: string, options: DuckOptions = {}): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(path, {
    ...CLOSED_WORLD,
    access_mode: 'READ_ONLY',
    memory_limit: options.memoryLimit ?? '2GB',
    threads: String(options.threads ?? availableParallelism()),
    ...(options.spillTo === undefined ? {} : { temp_directory: options.spillTo }),
  });
  return closed(instance);
}

/** A database that reaches nothing else any more, once it has what it reads; closed where that fails. */
async function closed(
  instance: DuckDBInstance,
  prepare: (connection: DuckDBConnection) => Promise<void> = async () => undefined,
): Promise<DuckDBInstance> {
  try {
    const connection = await instance.connect();
    await prepare(connection);
    // Not among the settings of an instance: where it is off, none may name a folder.
    await connection.run('SET enable_external_access = false');
    connection.closeSync();
    return instance;
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

/**
 * A generation to read, under the catalog `generation` of a database in memory that may hold more beside it; without a
 * path an empty one, to be filled. Its SQL reaches no other file, and no network.
 */
export async function openGeneration(path: string | undefined, options: DuckOptions = {}): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(':memory:', {
    ...CLOSED_WORLD,
    memory_limit: options.memoryLimit ?? '2GB',
    threads: String(options.threads ?? availableParallelism()),
    ...(path === undefined ? {} : { temp_directory: `${path}.tmp` }),
  });
  return closed(instance, async (connection) => {
    const from = path === undefined ? `':memory:'` : sqlText(path);
    await connection.run(`ATTACH ${from} AS ${GENERATION}${path === undefined ? '' : ' (READ_ONLY)'}`);
  });
}

/**
 * Parquet files to read, each table of them as a view. Their SQL reaches no other file, and no network.
 *
 * @param fault makes what is thrown of what DuckDB says about a table.
 */
export async function openTables(
  tables: ReadonlyMap<string, readonly string[]>,
  options: DuckOptions,
  fault: (name: string, error: unknown) => Error,
): Promise<DuckDBInstance> {
  const instance = await openScratch(options);
  return closed(instance, async (connection) => {
    // DuckDB asks for the pattern as it is written and for what it finds.
    const paths = [...tables.values()].flat();
    const allowed = [...paths, ...paths.map(asPattern)].map(sqlText);
    await connection.run(`SET allowed_paths = [${allowed.join(', ')}]`);
    for (const [name, files] of tables) {
      const list = files.map((file) => sqlText(asPattern(file))).join(', ');
      await connection
        .run(`CREATE VIEW ${sqlIdentifier(name)} AS SELECT * FROM read_parquet([${list}], union_by_name = true)`)
        .catch((error: unknown) => {
          throw fault(name, error);
        });
    }
  });
}

/** A pattern that finds this path alone. */
const asPattern = (path: string): string => path.replaceAll(/[*?[]/g, '[$&]');

/** A connection that gives the same answers wherever it runs. */
export async function connect(instance: DuckDBInstance): Promise<DuckDBConnection> {
  const connection = await instance.connect();
  await connection.run(`SET TimeZone = 'UTC'`);
  return connection;
}

/** Opens a scratch database, hands it over with a connection and closes it whatever happens. */
export async function withScratch<T>(
  options: DuckOptions,
  work: (connection: DuckDBConnection, instance: DuckDBInstance) => Promise<T>,
): Promise<T> {
  const instance = await openScratch(options);
  try {
    const connection = await connect(instance);
    try {
      return await work(connection, instance);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}
