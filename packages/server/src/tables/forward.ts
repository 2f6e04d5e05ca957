import type { Postgres } from '../ledger/postgres.ts';

/** Of the lock under which one of several servers that start brings tables forward. */
const LOCK = 5_427_681;

/** The version of tables in PostgreSQL; 0 where there are none. `table` holds it. */
export async function versionIn({ query }: Pick<Postgres, 'query'>, table: string): Promise<number> {
  const [there] = await query('SELECT to_regclass($1) IS NOT NULL AS made', [table]);
  if (there?.['made'] !== true) return 0;
  const [row] = await query(`SELECT max(version) AS version FROM ${table}`);
  return Number(row?.['version'] ?? 0);
}

/**
 * Makes tables in PostgreSQL, or brings them forward: all steps or none, by one of several servers that start. Those
 * that are as they should be are not written, so that a database that can only be read is opened.
 *
 * @param table that holds their version, such as `sama_ledger`.
 * @param holds what is in them, for messages.
 * @throws Error for tables of a newer Sama, naming both versions.
 */
export async function bringForward(
  postgres: Pick<Postgres, 'query' | 'whole'>,
  table: string,
  holds: string,
  steps: readonly (readonly string[])[],
): Promise<void> {
  if (isCurrent(await versionIn(postgres, table))) return;
  await postgres.whole(async (query) => {
    await query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await query(`CREATE TABLE IF NOT EXISTS ${table} (version INTEGER NOT NULL)`);
    const found = await versionIn({ query }, table);
    if (isCurrent(found)) return;
    for (const statement of steps.slice(found).flat()) await query(statement);
    await query(`INSERT INTO ${table} (version) VALUES ($1)`, [steps.length]);
  });

  function isCurrent(found: number): boolean {
    if (found > steps.length)
      throw new Error(
        `the ${holds} in PostgreSQL are of a newer Sama (version ${found} of ${table}; this one reads up to ${steps.length}). Update Sama, or name another database.`,
      );
    return found === steps.length;
  }
}
