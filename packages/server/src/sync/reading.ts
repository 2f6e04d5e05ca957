import type { Page, Stream } from '@sama/connectors';
import type { Spool } from './spool.ts';
import { emptyHealth, type Health, type Run, type StreamState } from './state.ts';
import type { SyncOptions } from './options.ts';

/** One reading of a stream, from where it began or broke off to the end of what the source has. */
export class Reading {
  readonly notes: string[] = [];
  resumed = false;
  readonly #stream: Stream;
  readonly #before: StreamState;
  readonly #spool: Spool;
  readonly #options: SyncOptions;
  readonly #overlapMs: number;
  #run: Run;

  constructor(stream: Stream, before: StreamState, spool: Spool, options: SyncOptions, overlapMs: number) {
    this.#stream = stream;
    this.#before = before;
    this.#spool = spool;
    this.#options = options;
    this.#overlapMs = overlapMs;
    this.#run = this.#anew();
  }

  get run(): Run {
    return this.#run;
  }

  /** Goes on with a reading that broke off where that is possible, else begins one. */
  async begin(): Promise<void> {
    const { run, reads } = this.#before;
    const tables = this.#stream.tables.map(({ name }) => name);
    if (run !== undefined && this.#options.dryRun !== true && this.#options.full !== true) {
      if (!same(run.reads, this.#stream.reads))
        this.notes.push('The fields of the source have changed since the last sync broke off, so it began anew.');
      else if (await this.#spool.holds(run.bytes)) {
        this.#run = run;
        this.resumed = true;
      }
    }
    const added = this.#stream.reads.filter((name) => reads !== undefined && !reads.includes(name));
    if (added.length > 0 && this.#run.from !== undefined)
      this.notes.push(
        `Read for the first time: ${added.join(', ')}. Records that have not changed since lack them; --full reads all records again.`,
      );
    const gone = (reads ?? []).filter((name) => !this.#stream.reads.includes(name));
    if (gone.length > 0) this.notes.push(`No longer at the source, or no longer asked for: ${gone.join(', ')}.`);
    await this.#spool.resume(tables, this.#run.bytes);
  }

  /** Reads page by page; `keep` is called once a page is on the disk. */
  async read(keep: (state: StreamState) => Promise<void>): Promise<void> {
    const { pages, dryRun, signal, onProgress } = this.#options;
    const run = this.#run;
    if (run.complete) return;
    const { from, until, position } = run;
    const limit = dryRun === true ? (pages ?? Infinity) : Infinity;
    for await (const page of this.#stream.read({ until, ...(from === undefined ? {} : { from }) }, position, signal)) {
      const total = page.remaining === undefined ? undefined : run.records + page.remaining;
      await this.#add(page);
      if (dryRun !== true) await keep({ ...this.#before, run });
      onProgress?.({ stream: this.#stream.name, records: run.records, ...(total === undefined ? {} : { total }) });
      signal?.throwIfAborted();
      if (run.pages >= limit) return;
    }
    run.complete = true;
    if (dryRun !== true) await keep({ ...this.#before, run });
  }

  async #add(page: Page): Promise<void> {
    const run = this.#run;
    for (const { name, fields } of this.#stream.tables) {
      const rows = page.rows[name] ?? [];
      run.bytes[name] = await this.#spool.add(name, rows);
      run.rows[name] = (run.rows[name] ?? 0) + rows.length;
      for (const field of fields) count(run.health, name, field, rows);
    }
    for (const kind of ['unsupported', 'unmatched'] as const)
      for (const [name, more] of Object.entries(page[kind] ?? {}))
        run.health[kind][name] = (run.health[kind][name] ?? 0) + more;
    run.pages += 1;
    run.records += page.count;
    run.position = page.position;
  }

  #anew(): Run {
    const now = this.#options.now ?? new Date();
    const { through } = this.#before;
    const from =
      through === undefined || this.#options.full === true
        ? undefined
        : new Date(Date.parse(through) - this.#overlapMs).toISOString();
    return {
      ...(from === undefined ? {} : { from }),
      until: now.toISOString(),
      reads: [...this.#stream.reads],
      complete: false,
      pages: 0,
      records: 0,
      bytes: {},
      rows: {},
      health: emptyHealth(),
    };
  }
}

function count(health: Health, table: string, field: string, rows: Page['rows'][string]): void {
  let entry = health.fields.find((one) => one.table === table && one.field === field);
  if (entry === undefined) {
    entry = { table, field, filled: 0, rows: 0 };
    health.fields.push(entry);
  }
  entry.rows += rows.length;
  entry.filled += rows.filter((row) => row[field] !== null && row[field] !== '').length;
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}
