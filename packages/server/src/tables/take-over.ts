import { existsSync, renameSync } from 'node:fs';
import { fileDatabases, fileOf } from './sqlite-tables.ts';
import type { Databases, Plan, Value } from './tables.ts';

/** What a file is called once its rows are in the PostgreSQL that several servers share. */
const takenName = (path: string): string => `${path}.shared`;

const valueOf = (cell: unknown): Value => (typeof cell === 'string' || typeof cell === 'number' ? cell : null);

/**
 * Takes what a server has kept for itself into what it shares from now on, so that keys, links and notices go on. The
 * file is put aside under another name; a second try, after a crash between, changes nothing.
 *
 * @returns the rows of each file that was taken over.
 */
export async function takeOver(
  folder: string,
  shared: Databases,
  plans: readonly Plan[],
): Promise<{ holds: string; rows: number }[]> {
  const taken: { holds: string; rows: number }[] = [];
  for (const plan of plans) {
    const path = fileOf(folder, plan.name);
    if (!existsSync(path)) continue;
    const from = await fileDatabases(folder).open(plan);
    const to = await shared.open(plan);
    let rows = 0;
    try {
      await to.change(async (run) => {
        for (const { table, columns, clash } of plan.carried) {
          const places = columns.map((_, i) => `$${i + 1}`).join(', ');
          const text = `INSERT INTO ${to.prefix}${table} (${columns.join(', ')}) VALUES (${places}) ON CONFLICT ${clash}`;
          for (const row of await from.run(`SELECT ${columns.join(', ')} FROM ${table}`)) {
            await run(text, ...columns.map((column) => valueOf(row[column])));
            rows += 1;
          }
        }
      });
    } finally {
      await from.close();
      await to.close();
    }
    renameSync(path, takenName(path));
    taken.push({ holds: plan.holds, rows });
  }
  return taken;
}
