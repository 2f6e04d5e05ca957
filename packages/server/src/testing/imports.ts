import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportMapping, ImportReport } from '@sama/metrics/contracts';
import { importFile, type ImportOptions } from '../import/index.ts';
import type { Store } from '../store/index.ts';
import { DEALS, STAGES } from './deals.ts';
import { temporaryFolder, testStore } from './stores.ts';

export { DEALS, DEALS_HEADER } from './deals.ts';

/** A store in a folder of its own, and a way to import texts into it. */
export class Bench {
  readonly folder: string;
  readonly store: Store;

  constructor(folder: string, store: Store) {
    this.folder = folder;
    this.store = store;
  }

  static async open(): Promise<Bench> {
    const folder = await temporaryFolder();
    return new Bench(folder, await testStore(join(folder, 'store')));
  }

  async write(content: string | Uint8Array, name = 'deals.csv'): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, content);
    return path;
  }

  async import(
    content: string | Uint8Array,
    mapping: ImportMapping | undefined = DEALS,
    options: Partial<ImportOptions> & { name?: string } = {},
  ): Promise<ImportReport> {
    const { name, ...rest } = options;
    const path = await this.write(content, name);
    return importFile(this.store, path, {
      ...(mapping === undefined ? {} : { mapping }),
      stages: STAGES,
      timeZone: 'Europe/Berlin',
      now: new Date('2026-07-01T12:00:00Z'),
      ...rest,
    });
  }

  rows(sql: string): Promise<Record<string, unknown>[]> {
    return this.store.reader().all(sql);
  }
}
