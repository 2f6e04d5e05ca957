import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ConnectorError, type HandoffOutcome, type WriteBack, type WriteBackResult } from '@sama/connectors';
import type { DeskEvent } from '@sama/metrics/desk';
import * as z from 'zod/mini';
import { parseJson, readIfThere, replaceFile } from '../store/files.ts';
import { decisionsOf } from './decisions.ts';

/** What a write-back remembers: how many events of the ledger it has been through. */
const Mark = z.object({ v: z.literal(1), events: z.int() });

export interface WriteBackOptions {
  timeZone: string;
  /** Say what would be written, write nothing. */
  dryRun?: boolean;
  /** Everything that was ever decided, not only what was since the last time. */
  all?: boolean;
  signal?: AbortSignal;
}

/** A decision that could not be written, and why. */
export interface NotWritten {
  personId: string;
  reason: string;
}

export interface WriteBackReport {
  dryRun: boolean;
  /** The first time, nothing is written unless all is asked for: what is there may be older than the source. */
  begun: boolean;
  /** Decisions since the last time. */
  decisions: HandoffOutcome[];
  results: WriteBackResult[];
  notWritten: NotWritten[];
}

/**
 * Writes the decisions of a ledger since the last time to the source they came from. One that the
 * source refuses is told and left; a limit or a fault of the source ends it, and the next time
 * begins with the same decisions, of which those that are written already change nothing.
 *
 * @throws ConnectorError
 */
export async function writeDecisions(
  folder: string,
  events: readonly DeskEvent[],
  port: WriteBack,
  { timeZone, dryRun = false, all = false, signal }: WriteBackOptions,
): Promise<WriteBackReport> {
  const path = join(folder, 'written.json');
  const text = await readIfThere(path);
  const mark = text === undefined ? undefined : parseJson(Mark, path, text).events;
  const begun = mark === undefined && !all;
  const decisions = begun ? [] : decisionsOf(events, all ? 0 : (mark ?? 0), timeZone);
  const report: WriteBackReport = { dryRun, begun, decisions, results: [], notWritten: [] };
  if (dryRun) return report;
  for (const decision of decisions) {
    try {
      report.results.push(await port.write(decision, signal));
    } catch (error) {
      const left = error instanceof ConnectorError && (error.code === 'refused' || error.code === 'not-found');
      if (!left) throw error;
      report.notWritten.push({ personId: decision.personId, reason: error.message });
    }
  }
  await mkdir(folder, { recursive: true });
  await replaceFile(path, `${JSON.stringify({ v: 1, events: events.length })}\n`);
  return report;
}
