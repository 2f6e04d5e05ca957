import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { ImportReport } from '@sama/metrics/contracts';
import { ImportError } from '../import/errors.ts';
import { importFile, type ImportProgress } from '../import/index.ts';
import { fileErrorCode, messageOf, StoreError } from '../store/errors.ts';
import type { Store } from '../store/index.ts';
import type { UploadJob, UploadRequest, UploadState } from './shapes.ts';

/** What uploads need of the house. */
export interface UploadOptions {
  store: Store;
  stages: readonly string[];
  entryStages: readonly string[];
  timeZone: string;
  log: (error: unknown) => void;
  /** Called after each batch that has joined the store. */
  onImported?: (report: ImportReport) => Promise<unknown>;
  /** Bytes of one file. Default: 256 MB. */
  maxBytes?: number;
  /** Uploads that are not finished. Default: 20. */
  maxOpen?: number;
  /** Uploads that ended and are remembered. Default: 200. */
  maxEnded?: number;
  /** Milliseconds an upload is remembered after its last change. Default: an hour. */
  keepMs?: number;
  now?: () => number;
}

/** Why an upload was refused at the door. */
export class UploadRefused extends Error {
  readonly code: 'not-found' | 'conflict' | 'too-large' | 'rate-limited' | 'invalid';
  constructor(code: UploadRefused['code'], message: string) {
    super(message);
    this.name = 'UploadRefused';
    this.code = code;
  }
}

interface Job {
  id: string;
  request: UploadRequest;
  state: UploadState;
  touched: number;
  path: string;
  rejects: string;
  progress?: ImportProgress | { phase: 'receiving'; done: number };
  report?: ImportReport;
  error?: string;
}

const MB = 1_000_000;

/**
 * Files that come over the network: each is written to the disk as it comes, then imported as any
 * other file, one after the other. What is remembered of them ends with the process; the same file
 * sent again changes nothing.
 */
export class Uploads {
  readonly maxBytes: number;
  readonly #options: UploadOptions;
  readonly #folder: string;
  readonly #jobs = new Map<string, Job>();
  readonly #now: () => number;
  /** The imports that were asked for, one after the other. */
  #queue: Promise<void> = Promise.resolve();
  readonly #stop = new AbortController();

  private constructor(options: UploadOptions) {
    this.#options = options;
    this.#folder = join(options.store.folder, 'uploads');
    this.#now = options.now ?? Date.now;
    this.maxBytes = options.maxBytes ?? 256 * MB;
  }

  /** Begins with an empty folder: what an earlier process left there was never imported. */
  static async open(options: UploadOptions): Promise<Uploads> {
    const uploads = new Uploads(options);
    await rm(uploads.#folder, { recursive: true, force: true });
    return uploads;
  }

  /** A place for a file. Throws UploadRefused. */
  create(request: UploadRequest): UploadJob {
    this.#forget();
    const open = [...this.#jobs.values()].filter((job) => !hasEnded(job));
    if (open.length >= (this.#options.maxOpen ?? 20))
      throw new UploadRefused(
        'rate-limited',
        `${open.length} uploads are not finished. Finish them, or come again later.`,
      );
    // A list is searched among the files of this machine, and what differs is quoted.
    if (request.mapping?.references !== undefined)
      throw new UploadRefused(
        'invalid',
        'mapping.references: an upload cannot refer to files of the server; leave it out.',
      );
    const id = randomUUID();
    const job: Job = {
      id,
      request: { ...request },
      state: 'waiting',
      touched: this.#now(),
      // In a folder of its own: it may be called as anything else that is written.
      path: join(this.#folder, id, 'content', request.file),
      rejects: join(this.#folder, id, 'rejects.csv'),
    };
    this.#jobs.set(id, job);
    return shown(job);
  }

  get(id: string): UploadJob {
    return shown(this.#find(id));
  }

  /** The rows a file lost, as CSV; undefined when it lost none. */
  async rejects(id: string): Promise<Readable | undefined> {
    const path = this.#find(id).report?.rejectsFile;
    if (path === undefined) return undefined;
    try {
      return (await open(path, 'r')).createReadStream();
    } catch (error) {
      // The batch was taken out again.
      if (fileErrorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Takes the file, and returns when it is on the disk; the import goes on by itself. Throws UploadRefused. */
  async receive(id: string, body: ReadableStream<Uint8Array>): Promise<UploadJob> {
    const job = this.#find(id);
    if (job.state !== 'waiting')
      throw new UploadRefused('conflict', 'The content has been sent before. Ask for another upload to send it again.');
    this.#set(job, 'receiving');
    try {
      await mkdir(dirname(job.path), { recursive: true });
      await pipeline(Readable.fromWeb(body), this.#counter(job), createWriteStream(job.path), {
        signal: this.#stop.signal,
      });
    } catch (error) {
      await rm(join(this.#folder, id), { recursive: true, force: true });
      job.error = error instanceof UploadRefused ? error.message : 'the content did not come to its end';
      this.#set(job, 'failed');
      if (error instanceof UploadRefused) throw error;
      if (fileErrorCode(error) === 'ENOSPC') this.#options.log(error);
      throw new UploadRefused(
        'invalid',
        'The content did not come to its end. Ask for another upload to send it again.',
      );
    }
    this.#set(job, 'queued');
    void this.inTurn(() => this.#import(job));
    return shown(job);
  }

  /** Runs work that must not throw when no other import is running. */
  inTurn(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work);
    return this.#queue;
  }

  /** Ends what is running, and waits for it. */
  async close(): Promise<void> {
    this.#stop.abort(new Error('the server stops'));
    await this.#queue;
    await rm(this.#folder, { recursive: true, force: true });
  }

  #counter(job: Job): Transform {
    let bytes = 0;
    const { maxBytes } = this;
    const count = (chunk: Uint8Array, done: TransformCallback): void => {
      bytes += chunk.byteLength;
      job.progress = { phase: 'receiving', done: bytes };
      job.touched = this.#now();
      if (bytes > maxBytes) done(tooLarge(maxBytes));
      else done(null, chunk);
    };
    return new Transform({ transform: (chunk: Uint8Array, _encoding, done) => count(chunk, done) });
  }

  async #import(job: Job): Promise<void> {
    const { store, stages, entryStages, timeZone, onImported, log } = this.#options;
    const { mapping, dryRun } = job.request;
    this.#set(job, 'running');
    try {
      const report = await importFile(store, job.path, {
        ...(mapping === undefined ? {} : { mapping }),
        // The refused rows of a batch stay with the batch; a dry run makes none.
        ...(dryRun === true ? { dryRun, rejectsFile: job.rejects } : {}),
        stages,
        entryStages,
        timeZone,
        signal: this.#stop.signal,
        onProgress: (progress) => {
          job.progress = progress;
          job.touched = this.#now();
        },
      });
      job.report = report;
      this.#set(job, 'done');
      if (!report.dryRun && !report.unchanged && report.rows.kept > 0) await onImported?.(report);
    } catch (error) {
      const known = error instanceof ImportError || (error instanceof StoreError && error.code === 'locked');
      // Whoever sends a file need not know where it stands on this machine.
      job.error = known
        ? messageOf(error).replaceAll(job.path, job.request.file).replaceAll(store.folder, 'the store')
        : 'the import failed; the log of the server says why';
      if (!known) log(error);
      this.#set(job, 'failed');
    } finally {
      await rm(job.path, { force: true });
    }
  }

  #set(job: Job, state: UploadState): void {
    job.state = state;
    job.touched = this.#now();
    if (state === 'queued' || hasEnded(job)) delete job.progress;
    if (!hasEnded(job)) return;
    delete job.request.mapping;
    const ended = [...this.#jobs.values()].filter(hasEnded);
    for (const old of ended.slice(0, -(this.#options.maxEnded ?? 200))) this.#drop(old);
  }

  #drop({ id }: Job): void {
    this.#jobs.delete(id);
    void rm(join(this.#folder, id), { recursive: true, force: true }).catch(this.#options.log);
  }

  #find(id: string): Job {
    this.#forget();
    const job = this.#jobs.get(id);
    if (job === undefined)
      throw new UploadRefused(
        'not-found',
        'There is no such upload. It may have been long ago, or before the server was started.',
      );
    return job;
  }

  /** Takes off what nobody has touched for long, except what is at work. */
  #forget(): void {
    const before = this.#now() - (this.#options.keepMs ?? 3_600_000);
    for (const job of this.#jobs.values()) {
      if (job.touched < before && job.state !== 'queued' && job.state !== 'running') this.#drop(job);
    }
  }
}

const hasEnded = ({ state }: Job): boolean => state === 'done' || state === 'failed';

/** The refusal of a file beyond a limit. */
export function tooLarge(maxBytes: number): UploadRefused {
  return new UploadRefused(
    'too-large',
    `The content is larger than ${Math.floor(maxBytes / MB)} MB. Cut the file into parts.`,
  );
}

function shown({ id, request, state, progress, report, error }: Job): UploadJob {
  return {
    v: 1,
    id,
    file: request.file,
    dryRun: request.dryRun === true,
    state,
    ...(progress === undefined ? {} : { progress }),
    ...(report === undefined ? {} : { report: withoutPath(report) }),
    ...(error === undefined ? {} : { error }),
  };
}

function withoutPath({ rejectsFile: _path, ...report }: ImportReport): ImportReport {
  return report;
}
