import { existsSync } from 'node:fs';
import { OUTBOX } from '../escalation/outbox.ts';
import { connectPostgres } from '../ledger/index.ts';
import { KEYS } from '../sign-in/keyring.ts';
import { SNAPSHOTS } from '../snapshots/store.ts';
import { versionIn } from '../tables/forward.ts';
import { prefixOf, versionTableOf } from '../tables/postgres-tables.ts';
import { fileOf } from '../tables/sqlite-tables.ts';
import type { Plan } from '../tables/tables.ts';
import { keysStanding, noticesStanding, type Asked } from './access.ts';
import { examine, fail, ok, warn, type Finding } from './finding.ts';

const PATIENCE_MS = 5_000;
const REMEDY = 'start PostgreSQL, and see that SAMA_LEDGER_URL names its host, database, user and password';

const LOOKS: readonly { plan: Plan; look?: (asked: Asked, now: number) => Promise<Finding> }[] = [
  { plan: KEYS, look: keysStanding },
  { plan: OUTBOX, look: noticesStanding },
  { plan: SNAPSHOTS },
];

/**
 * Looks at what several servers share in PostgreSQL beside their ledger, without changing it. `now` in milliseconds.
 *
 * @param folder of the store, in which this server may have kept the same for itself.
 */
export async function examineShared(folder: string, url: string, now: number): Promise<Finding[]> {
  // That it is no address the ledger has said.
  if (!URL.canParse(url)) return [];
  const postgres = connectPostgres(url, () => undefined, { connectionTimeoutMillis: PATIENCE_MS });
  try {
    const findings: Finding[] = [];
    for (const { plan, look } of LOOKS) {
      findings.push(
        ...(await examine(plan.holds, REMEDY, async () => {
          const version = await versionIn(postgres, versionTableOf(plan.name));
          if (version > plan.shared.length)
            return [
              fail(
                plan.holds,
                `those in PostgreSQL are of a newer Sama (version ${version}; this one reads up to ${plan.shared.length})`,
                'update Sama',
              ),
            ];
          if (existsSync(fileOf(folder, plan.name)))
            return [
              warn(
                plan.holds,
                `${plan.name}.sqlite of this folder is not shared yet`,
                'start the server once with SAMA_LEDGER_URL: it takes over what is in there',
              ),
            ];
          if (version === 0) return [ok(plan.holds, 'there are none yet; the server makes their tables')];
          if (look === undefined) return [ok(plan.holds, `shared, version ${version}`)];
          return [await look({ prefix: prefixOf(plan.name), ask: postgres.query }, now)];
        })),
      );
    }
    return findings;
  } finally {
    await postgres.close();
  }
}
