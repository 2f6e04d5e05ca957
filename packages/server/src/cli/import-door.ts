import type { ImportReport } from '@sama/metrics/contracts';
import { entryStages, knownStages } from '../config/config.ts';
import type { ImportDoor } from '../http/imports.ts';
import { Arrivals } from '../uploads/arrivals.ts';
import { Uploads } from '../uploads/uploads.ts';
import { UsageError } from './failure.ts';
import { takeDemoOut } from './import-demo.ts';
import type { Workspace } from './workspace.ts';

const SHORTEST = 24;

/** The door for files to import; undefined where nobody has a key to it, and where the data is another's. */
export async function openDoor(
  { store, config, desk, outside, refresh }: Workspace,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ImportDoor | undefined> {
  const key = environment['SAMA_IMPORT_KEY']?.trim() ?? '';
  if (key === '' || outside !== undefined) return undefined;
  if (key.length < SHORTEST)
    throw new UsageError(
      `SAMA_IMPORT_KEY has fewer than ${SHORTEST} characters. Make one with: openssl rand -base64 33`,
    );
  const shared = {
    store,
    stages: knownStages(config.definitions).map(({ key: stage }) => stage),
    timeZone: config.timeZone,
    log: desk.log,
    onImported: async ({ batch }: ImportReport) => {
      await takeDemoOut(store, batch, config);
      await refresh();
    },
  };
  const uploads = await Uploads.open({ ...shared, entryStages: entryStages(config.definitions) });
  const arrivals = await Arrivals.open({ ...shared, inTurn: (work) => uploads.inTurn(work) });
  return { uploads, arrivals, key };
}
