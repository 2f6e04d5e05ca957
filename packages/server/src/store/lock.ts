import { mkdir, realpath, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import * as z from 'zod/mini';
import { messageOf, StoreError } from './errors.ts';
import { readIfThere, replaceFile } from './files.ts';
import type { Layout } from './layout.ts';

const Info = z.object({ pid: z.int(), since: z.string() });

/** Writers of this process: the system tells processes apart, not writers within one. */
const held = new Set<string>();

export interface WriterLock {
  release(): Promise<void>;
}

/**
 * Takes the one writer lock of a store, trying again for `patience` milliseconds. The lock is the
 * one DuckDB takes of the system on a database it writes, so it ends with its process however
 * that ends, and there is no stale lock to guess about.
 *
 * @throws StoreError `locked`, naming who holds it and since when.
 */
export async function takeLock(layout: Layout, patience: number): Promise<WriterLock> {
  await mkdir(layout.folder, { recursive: true });
  const key = await realpath(layout.folder);
  const until = Date.now() + patience;
  for (;;) {
    const lock = await tryLock(layout, key);
    if (lock !== undefined) return lock;
    if (Date.now() >= until) throw new StoreError('locked', await lockedMessage(layout));
    await wait(50);
  }
}

async function tryLock(layout: Layout, key: string): Promise<WriterLock | undefined> {
  if (held.has(key)) return undefined;
  held.add(key);
  try {
    const instance = await DuckDBInstance.create(layout.lock, { threads: '1' });
    await replaceFile(layout.lockInfo, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
    return {
      release: async () => {
        await rm(layout.lockInfo, { force: true });
        instance.closeSync();
        held.delete(key);
      },
    };
  } catch (error) {
    held.delete(key);
    if (/lock on file/i.test(messageOf(error))) return undefined;
    throw new StoreError('unreadable', `${layout.folder} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

async function lockedMessage(layout: Layout): Promise<string> {
  const text = (await readIfThere(layout.lockInfo)) ?? '{}';
  const info = z.safeParse(Info, JSON.parse(text === '' ? '{}' : text));
  const who = info.success ? `pid ${info.data.pid}, since ${info.data.since}` : 'by another process';
  return `another import is running (${who}) in ${layout.folder}. Wait until it has ended, or end that process; its lock ends with it.`;
}
