import type { ImportReport } from '@sama/metrics/contracts';

/** How far a sync is. Without `total` the source does not say. */
export interface SyncProgress {
  stream: string;
  records: number;
  total?: number;
}

export interface SyncOptions {
  /** Stages a mapping may name. */
  stages: readonly string[];
  timeZone: string;
  /** Read and check, change nothing. */
  dryRun?: boolean;
  /** Read everything anew, whatever was read before. */
  full?: boolean;
  /** Pages of each stream to read in a dry run. Default: all. */
  pages?: number;
  /** Streams to read. Default: all the source has. */
  streams?: readonly string[];
  /** Default: the clock. */
  now?: Date;
  signal?: AbortSignal;
  onProgress?: (progress: SyncProgress) => void;
  /** Called after each batch that has joined the store. */
  onImported?: (report: ImportReport) => Promise<void>;
}
