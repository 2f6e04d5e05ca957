import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { nearest, type FileFormat } from '@sama/connectors';
import type { ImportMapping, ImportReport } from '@sama/metrics/contracts';
import { zone } from '@sama/metrics/time';
import { compileImport, MappingError, type ImportPlan } from '@sama/sql';
import { fillFromChunks } from '../store/chunks.ts';
import { withScratch } from '../store/duck.ts';
import { inspectLayer } from '../store/layer-writer.ts';
import { queryNumber } from '../store/rows.ts';
import { LAYER_TABLES } from '../store/schema.ts';
import type { LayerContent, LayerDraft, Store } from '../store/index.ts';
import { requireDecimalSign } from './amount-sign.ts';
import { canonicalChunks } from './canonical.ts';
import { openCsv } from './csv-source.ts';
import { ImportError } from './errors.ts';
import { openJson } from './json-source.ts';
import { refuseOverlaps } from './overlaps.ts';
import { RejectSink } from './rejects.ts';
import { importRows, type RowOutcome } from './rows.ts';
import { fileFormat } from './sample.ts';
import type { OnProgress, RowSource, SourceOptions } from './source.ts';

export interface ImportOptions {
  /** Not needed for Sama's own JSON (`{ records, events, activities, figures }`). */
  mapping?: ImportMapping;
  /** Where the mapping was read, for references beside it. */
  mappingFolder?: string;
  /** Stages a mapping may name (see `knownStages`). */
  stages: readonly string[];
  /** Stages by which a cohort enters a funnel (see `entryStages`); a file that dates none of them is noted. */
  entryStages?: readonly string[];
  /** Of dates without one, unless the mapping says; days after today here are in the future. */
  timeZone: string;
  /** Check and report, change nothing. */
  dryRun?: boolean;
  /** Where all rejects are written. Default: `rejects/BATCH.csv` in the store; nowhere in a dry run. */
  rejectsFile?: string;
  /** Default: the clock. */
  now?: Date;
  memoryLimit?: string;
  onProgress?: OnProgress;
  signal?: AbortSignal;
}

/**
 * Imports one file as one batch, all or nothing, and reports what became of every row. The same
 * file with the same mapping changes nothing. When no row could be taken, no batch is made and
 * the report's `batch` is empty.
 *
 * @throws ImportError, MappingError or StoreError; the store is then as it was.
 */
export async function importFile(store: Store, path: string, options: ImportOptions): Promise<ImportReport> {
  const { format, encoding } = await fileFormat(path);
  if (format !== 'canonical' && options.mapping === undefined) throw new ImportError(`${path} needs a mapping`);
  if (format !== 'csv' && encoding.encoding !== 'utf-8')
    throw new ImportError(`${path}: JSON must be UTF-8, and this is ${encoding.encoding}`);
  if (format === 'csv' && options.mapping !== undefined) await requireDecimalSign(path, options.mapping);
  const importer = new Importer(store, path, format, options);
  if (options.dryRun === true) return importer.dryRun();
  const contentHash = await hashFile(path);
  let report: ImportReport | undefined;
  let rejectsFile = options.rejectsFile;
  const added = await store
    .addLayer({ file: basename(path), contentHash, mappingHash: importer.mappingHash() }, async (draft) => {
      rejectsFile ??= store.rejectsFile(draft.batch);
      const { content, report: made } = await importer.write(draft, rejectsFile);
      report = made;
      return content;
    })
    .catch(async (error: unknown) => {
      if (rejectsFile !== undefined) await rm(rejectsFile, { force: true });
      throw error;
    });
  if (added?.unchanged === true) return unchangedReport(path, added.info.batch, added.info.report);
  if (report === undefined) throw new ImportError(`${path} was not read`);
  return added === undefined ? { ...report, batch: '' } : report;
}

function unchangedReport(path: string, batch: string, kept: ImportReport | undefined): ImportReport {
  const nothing = {
    rows: { read: 0, kept: 0, merged: 0, refused: 0 },
    records: 0,
    events: 0,
    activities: 0,
    figures: 0,
    undated: 0,
    notes: [],
    rejects: [],
  };
  return { ...(kept ?? nothing), batch, file: basename(path), dryRun: false, unchanged: true };
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

class Importer {
  readonly #store: Store;
  readonly #path: string;
  readonly #format: FileFormat;
  readonly #options: ImportOptions;
  readonly #now: Date;
  readonly #timeZone: string;

  constructor(store: Store, path: string, format: FileFormat, options: ImportOptions) {
    this.#store = store;
    this.#path = path;
    this.#format = format;
    this.#options = options;
    this.#now = options.now ?? new Date();
    this.#timeZone = options.mapping?.dates?.timeZone ?? options.timeZone;
  }

  /** Of all that decides how the file is read. */
  mappingHash(): string {
    return createHash('sha256')
      .update(JSON.stringify([this.#options.mapping ?? null, this.#timeZone, [...this.#options.stages].sort()]))
      .digest('hex');
  }

  async dryRun(): Promise<ImportReport> {
    const temporary = await mkdtemp(join(tmpdir(), 'sama-dry-run-'));
    try {
      const { memoryLimit } = this.#options;
      return await withScratch(
        { spillTo: join(temporary, 'spill'), ...(memoryLimit === undefined ? {} : { memoryLimit }) },
        async (connection) => {
          for (const statement of LAYER_TABLES) await connection.run(statement);
          const { report } = await this.write({ connection, batch: 'dry-run', temporary }, this.#options.rejectsFile);
          return { ...report, batch: '', dryRun: true };
        },
      );
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }

  /** Fills the layer's tables. Without `content` no row was taken. */
  async write(
    draft: LayerDraft,
    rejectsFile: string | undefined,
  ): Promise<{ content?: LayerContent; report: ImportReport }> {
    const rejects = new RejectSink(rejectsFile);
    const { known, histories, ...written } =
      this.#format === 'canonical' ? await this.#writeCanonical(draft, rejects) : await this.#writeRows(draft, rejects);
    this.#options.signal?.throwIfAborted();
    await refuseOverlaps(draft.connection, this.#store, basename(this.#path));
    const undated = await queryNumber(draft.connection, 'SELECT count(*) FROM records WHERE current_stage IS NOT NULL');
    const facts = await inspectLayer(draft.connection, known);
    const report: ImportReport = {
      batch: draft.batch,
      file: basename(this.#path),
      dryRun: false,
      unchanged: false,
      ...written,
      records: facts.records,
      events: facts.events,
      activities: facts.activities,
      figures: facts.figures,
      undated,
      ...(await rejects.close()),
    };
    this.#options.onProgress?.({ phase: 'writing', done: 0 });
    if (written.rows.kept === 0) return { report };
    const content = { rows: written.rows, facts, report, ...(histories === undefined ? {} : { histories }) };
    return { report, content };
  }

  async #writeRows({ connection, batch, temporary }: LayerDraft, rejects: RejectSink): Promise<RowOutcome> {
    const mapping = this.#options.mapping;
    if (mapping === undefined) throw new ImportError(`${this.#path} needs a mapping`);
    const parse = async (columns: readonly string[], from: string): Promise<void> => {
      await connection.run(this.#compile(mapping, columns, batch).parse(from));
    };
    const source = await this.#source(connection, temporary, parse);
    const plan = this.#compile(mapping, source.columns, batch);
    const { mappingFolder, onProgress } = this.#options;
    const places = { path: this.#path, ...(mappingFolder === undefined ? {} : { mappingFolder }) };
    return importRows(connection, source, plan, mapping, this.#options.entryStages ?? [], places, rejects, onProgress);
  }

  #source(connection: DuckDBConnection, temporary: string, parse: SourceOptions['parse']): Promise<RowSource> {
    const { onProgress, signal, mapping } = this.#options;
    const options = {
      path: this.#path,
      connection,
      temporary,
      parse,
      ...(mapping?.delimiter === undefined ? {} : { delimiter: mapping.delimiter }),
      ...(onProgress === undefined ? {} : { onProgress }),
      ...(signal === undefined ? {} : { signal }),
    };
    return this.#format === 'csv' ? openCsv(options) : openJson(options, this.#format === 'ndjson');
  }

  #limits(): { today: string; endOfTodayMs: number } {
    const local = zone(this.#options.timeZone);
    const today = local.dayOf(this.#now.getTime());
    return { today, endOfTodayMs: local.endOf(today) };
  }

  #compile(mapping: ImportMapping, columns: readonly string[], batch: string): ImportPlan {
    try {
      zone(this.#timeZone);
      return compileImport(mapping, columns, {
        knownStages: this.#options.stages,
        timeZone: this.#timeZone,
        batch,
        fetchedAtMs: this.#now.getTime(),
        ...this.#limits(),
      });
    } catch (error) {
      if (error instanceof MappingError)
        throw new ImportError(explain(error, columns, this.#options.stages), { cause: error });
      throw error;
    }
  }

  async #writeCanonical({ connection, batch, temporary }: LayerDraft, rejects: RejectSink): Promise<RowOutcome> {
    const counts = { read: 0, refused: 0 };
    const chunks = canonicalChunks(
      this.#path,
      { knownStages: this.#options.stages, ...this.#limits() },
      counts,
      rejects,
      this.#options.onProgress,
    );
    await fillFromChunks(connection, temporary, batch, chunks, () => this.#options.signal?.throwIfAborted());
    const notes = await canonicalNotes(connection);
    return {
      rows: { read: counts.read, kept: counts.read - counts.refused, merged: 0, refused: counts.refused },
      notes,
      known: {},
    };
  }
}

async function canonicalNotes(connection: DuckDBConnection): Promise<ImportReport['notes']> {
  const days = await queryNumber(
    connection,
    'SELECT count(*) FROM (SELECT at_day FROM stage_events UNION ALL SELECT at_day FROM activity_events) WHERE at_day IS NOT NULL',
  );
  const unlinked = await queryNumber(
    connection,
    `SELECT count(*) FROM records WHERE entity_type = 'opportunity' AND person_id IS NULL`,
  );
  const undated = await queryNumber(connection, 'SELECT count(*) FROM records WHERE current_stage IS NOT NULL');
  return [
    ...(days === 0
      ? []
      : [
          {
            code: 'date-only' as const,
            field: 'at',
            count: days,
            detail: 'days without a time; a day counts by the rules for days',
          },
        ]),
    ...(unlinked === 0
      ? []
      : [
          {
            code: 'unlinked' as const,
            field: 'personId',
            count: unlinked,
            detail: 'opportunities without a person join no person funnel',
          },
        ]),
    ...(undated === 0
      ? []
      : [
          {
            code: 'undated' as const,
            field: 'currentStage',
            count: undated,
            detail: 'a state without a date: counted in the snapshot, never in a rate',
          },
        ]),
  ];
}

/** What is wrong with a mapping, with what the file and the definitions have instead. */
function explain(error: MappingError, columns: readonly string[], stages: readonly string[]): string {
  const lines = error.problems.map(({ path, kind, name, message }) => {
    const [close] =
      kind === 'missing-column' ? nearest(name, columns, 1) : kind === 'unknown-stage' ? nearest(name, stages, 1) : [];
    return `  ${path}: ${message}${close === undefined ? '' : `; did you mean "${close}"?`}`;
  });
  const kinds = new Set(error.problems.map(({ kind }) => kind));
  return [
    'The mapping does not fit:',
    ...lines,
    ...(kinds.has('missing-column') ? [`The file has the columns: ${columns.join(', ')}`] : []),
    ...(kinds.has('unknown-stage')
      ? [`Known stages: ${stages.join(', ')}. Others are defined in sama.config.json.`]
      : []),
  ].join('\n');
}
