import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore, type NewBatch, type RecordChunk, type Store, type StoreOptions } from '../store/index.ts';

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sama-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A store that is closed after the test. */
export async function testStore(folder: string, options: StoreOptions = {}): Promise<Store> {
  const store = await openStore(folder, { threads: 1, ...options });
  onTestFinished(() => store.close());
  return store;
}

export function batchOf(content: string): NewBatch {
  return { file: `${content}.json`, contentHash: content.padEnd(64, '0'), mappingHash: 'm' };
}

/** One person who became an MQL. */
export function person(
  id: string,
  fields: { stage?: string; at?: string; owner?: string; attributes?: Record<string, string | number | null> } = {},
): RecordChunk {
  return {
    records: [
      {
        entityType: 'person',
        id,
        ...(fields.owner === undefined ? {} : { owner: fields.owner }),
        attributes: fields.attributes ?? {},
        batch: 'x',
      },
    ],
    events: [
      {
        entityType: 'person',
        entityId: id,
        stage: fields.stage ?? 'mql',
        at: fields.at ?? '2026-03-01',
        source: { system: 'crm', recordId: id },
        batch: 'x',
      },
    ],
  };
}
