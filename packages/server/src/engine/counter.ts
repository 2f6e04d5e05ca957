import type {
  ActivityPlan,
  ActivityRow,
  Counter,
  MemberPage,
  MemberPlan,
  RecordRow,
  RowPlan,
} from '@sama/metrics/engine';
import { QuestionError } from '@sama/metrics';
import type {
  EntryStatistics,
  EventFunnelPlan,
  EventFunnelStatistics,
  FunnelPlan,
  FunnelStatistics,
  Line,
  Span,
} from '@sama/metrics/funnel';
import type { FigurePlan, FigureRow, RecordPlan, RecordStatistics } from '@sama/metrics/kpi';
import type { MeasurePlan, MeasureStatistics } from '@sama/metrics/measure';
import { zone } from '@sama/metrics/time';
import {
  ACTIVITIES_TABLE,
  compileActivities,
  compileEntries,
  compileEventFunnel,
  compileFigures,
  compileFunnel,
  compileMeasure,
  compileMembers,
  compileRecords,
  compileRows,
  DATE_ONLY_DAYS,
  DAYS_TABLE,
  decodeActivities,
  decodeEntries,
  decodeEventFunnel,
  decodeFigures,
  decodeFunnel,
  decodeMeasure,
  decodeMembers,
  decodeRecords,
  decodeRows,
  type Dialect,
  duckdb,
  eventDays,
  FIGURES_TABLE,
  freshLine,
  horizonStatement,
  keptLine,
  lineTables,
  type Batch,
  type FunnelStatements,
  type LineSource,
  sql,
  type SqlStatement,
} from '@sama/sql';
import * as z from 'zod/mini';

export type Row = Readonly<Record<string, unknown>>;

/** One consistent view of a store: all reads of a question see the same data. */
export interface SqlReader {
  all(statement: SqlStatement, signal?: AbortSignal): Promise<readonly Row[]>;
  /** Kept tables that lack some of what is read here. Default: none. */
  readonly stale?: ReadonlySet<string>;
  /** Reads a long answer column by column. Default: from the rows of `all`. */
  batches?(statement: SqlStatement, signal?: AbortSignal): Promise<readonly Batch[]>;
  /** Which tables there are besides records and stage events. Default: as the database says. */
  tables?: readonly string[];
}

const Names = z.object({ name: z.string() });
const Days = z.object({ day: z.string() });
const Found = z.object({ n: z.number() });
const Horizon = z.object({ horizon: z.nullable(z.number()) });

/** Counts questions by SQL over canonical tables. */
export class SqlCounter implements Counter {
  readonly #reader: SqlReader;
  readonly #dialect: Dialect;
  readonly #known = new Map<string, Promise<readonly Row[]>>();

  /** @param dialect of the database. Default: DuckDB, which also reads lines that the store keeps. */
  constructor(reader: SqlReader, dialect: Dialect = duckdb) {
    this.#reader = reader;
    this.#dialect = dialect;
  }

  async funnel(plan: FunnelPlan, signal?: AbortSignal): Promise<FunnelStatistics> {
    const read = (statement: SqlStatement): Promise<readonly Row[]> => this.#reader.all(statement, signal);
    const source = await this.#source(plan.line, plan.asOf, signal);
    const horizon = await this.#horizon(plan, source, signal);
    const statements = compileFunnel(plan, source, horizon);
    const rows = {
      counts: await read(statements.counts),
      ...(statements.durations === undefined ? {} : { durations: await read(statements.durations) }),
      ...(statements.conversion === undefined ? {} : { conversion: await read(statements.conversion) }),
      ...(statements.reasons === undefined ? {} : { reasons: await read(statements.reasons) }),
      scope: await this.#scope(statements, read),
    };
    return decodeFunnel(plan, rows, horizon);
  }

  /** Counts a cohort or the entries of each span. */
  async entries(plan: FunnelPlan, spans: readonly Span[], signal?: AbortSignal): Promise<EntryStatistics[]> {
    const source = await this.#source(plan.line, plan.asOf, signal);
    const horizon = await this.#horizon(plan, source, signal);
    const { counts, present, facts } = compileEntries(plan, spans, source, horizon);
    const kept = facts === undefined ? [] : await this.#once(facts, signal);
    const rows = {
      counts: await this.#reader.all(counts, signal),
      present: kept.length > 0 ? kept : await this.#once(present, signal),
    };
    return decodeEntries(plan, spans, rows, horizon);
  }

  async #scope(
    { facts, scope }: FunnelStatements,
    read: (statement: SqlStatement) => Promise<readonly Row[]>,
  ): Promise<readonly Row[]> {
    const kept = facts === undefined ? [] : await read(facts);
    return kept.length > 0 ? kept : read(scope);
  }

  async measure(plan: MeasurePlan, signal?: AbortSignal): Promise<MeasureStatistics> {
    const read = (statement: SqlStatement): Promise<readonly Row[]> => this.#reader.all(statement, signal);
    const source = plan.line === undefined ? undefined : await this.#source(plan.line, plan.asOf, signal);
    const statements = compileMeasure(plan, source, this.#dialect);
    return decodeMeasure(plan, {
      totals: await read(statements.totals),
      ...(statements.currencies === undefined ? {} : { currencies: await read(statements.currencies) }),
      ...(statements.groups === undefined ? {} : { groups: await read(statements.groups) }),
    });
  }

  /** Counts the records of a KPI. */
  async records(plan: RecordPlan, signal?: AbortSignal): Promise<RecordStatistics[]> {
    const source = plan.line === undefined ? undefined : await this.#source(plan.line, plan.asOf, signal);
    const { sums, values, ids, groups } = compileRecords(plan, source, this.#dialect);
    const read = async (statement: SqlStatement | undefined): Promise<readonly Row[]> =>
      statement === undefined ? [] : this.#reader.all(statement, signal);
    return decodeRecords(plan, {
      sums: await read(sums),
      values: await read(values),
      ids: await read(ids),
      groups: await read(groups),
    });
  }

  async eventFunnel(plan: EventFunnelPlan, signal?: AbortSignal): Promise<EventFunnelStatistics> {
    if (plan.source !== 'stages' && !(await this.#has(ACTIVITIES_TABLE, signal))) {
      throw new QuestionError(
        'unsupported',
        `funnel "${plan.definition.id}" has source "${plan.source}", and this store holds no activities: use source "stages", or ask the in-memory engine`,
      );
    }
    const read = eventDays(plan).statement(this.#dialect.placeholder);
    const days = (await this.#reader.all(read, signal)).map((row) => z.parse(Days, row).day);
    const { events, counts } = compileEventFunnel({ plan, days, dialect: this.#dialect });
    return decodeEventFunnel(plan, {
      counts: await this.#reader.all(counts, signal),
      events: await this.#batches(events, signal),
    });
  }

  async #batches(statement: SqlStatement, signal?: AbortSignal): Promise<readonly Batch[]> {
    if (this.#reader.batches !== undefined) return this.#reader.batches(statement, signal);
    const rows = await this.#reader.all(statement, signal);
    const names = new Set(Object.keys(rows[0] ?? {}));
    return [{ rows: rows.length, column: (name) => (names.has(name) ? (row) => rows[row]?.[name] : null) }];
  }

  /** Reads the supplied figures of a name. */
  async figures(plan: FigurePlan, signal?: AbortSignal): Promise<FigureRow[]> {
    if (!(await this.#has(FIGURES_TABLE, signal))) {
      throw new QuestionError('unsupported', 'this store holds no supplied figures: ask the in-memory engine');
    }
    return decodeFigures(await this.#reader.all(compileFigures(plan, this.#dialect), signal));
  }

  /** Finds those whom a funnel counts at a stage. */
  async members(plan: MemberPlan, signal?: AbortSignal): Promise<MemberPage> {
    const { total, page } = compileMembers(plan, await this.#source(plan.funnel.line, plan.funnel.asOf, signal));
    return decodeMembers(plan, {
      total: await this.#reader.all(total, signal),
      page: await this.#batches(page, signal),
    });
  }

  /** Reads records one by one. */
  async rows(plan: RowPlan, signal?: AbortSignal): Promise<RecordRow[]> {
    const source = plan.line === undefined ? undefined : await this.#source(plan.line, plan.asOf, signal);
    return decodeRows(plan, await this.#batches(compileRows(plan, source, this.#dialect), signal));
  }

  /** Reads activities one by one. */
  async activities(plan: ActivityPlan, signal?: AbortSignal): Promise<ActivityRow[]> {
    if (!(await this.#has(ACTIVITIES_TABLE, signal))) {
      throw new QuestionError('unsupported', 'this store holds no activities to read: ask the in-memory engine');
    }
    return decodeActivities(plan, await this.#batches(compileActivities(plan, this.#dialect), signal));
  }

  /** What several plans of a question ask: read once, since the reader shows one state of the data. */
  #once(statement: SqlStatement, signal?: AbortSignal): Promise<readonly Row[]> {
    const key = JSON.stringify([statement.text, statement.params]);
    const rows = this.#known.get(key) ?? this.#reader.all(statement, signal);
    this.#known.set(key, rows);
    return rows;
  }

  async #has(table: string, signal?: AbortSignal): Promise<boolean> {
    if (this.#reader.tables !== undefined) return this.#reader.tables.includes(table);
    const tables = sql`SELECT count(*) AS n FROM information_schema.tables WHERE table_name = ${table}`;
    const [row] = await this.#once(tables.statement(this.#dialect.placeholder), signal);
    return z.parse(Found, row).n > 0;
  }

  /** The kept line when there is one and no date-only event of `asOf`'s day could still move. */
  async #source(line: Line, asOf: number, signal?: AbortSignal): Promise<LineSource> {
    const wanted = [lineTables(line).facts, DAYS_TABLE];
    const found =
      // A company's own tables keep no lines, whatever they are called.
      this.#dialect === duckdb && this.#reader.tables === undefined
        ? await this.#once(
            { text: 'SELECT table_name AS name FROM duckdb_tables() WHERE table_name IN (?, ?)', params: wanted },
            signal,
          )
        : [];
    const names = found.map((row) => z.parse(Names, row).name);
    const kept = new Set(names.filter((name) => this.#reader.stale?.has(name) !== true));
    const read = kept.has(DAYS_TABLE)
      ? { text: `SELECT day FROM ${DAYS_TABLE}`, params: [] }
      : DATE_ONLY_DAYS.statement();
    const days = (await this.#once(read, signal)).map((row) => z.parse(Days, row).day);
    return kept.size === wanted.length && !days.includes(zone(line.timeZone).dayOf(asOf))
      ? keptLine(line, days)
      : freshLine(line, days, asOf, this.#dialect);
  }

  async #horizon(plan: FunnelPlan, source: LineSource, signal?: AbortSignal): Promise<number | undefined> {
    if (plan.view !== 'cohort' || plan.windowMs !== undefined || !plan.estimate) return plan.windowMs;
    const [row] = await this.#once(horizonStatement(plan, source), signal);
    return row === undefined ? undefined : (z.parse(Horizon, row).horizon ?? undefined);
  }
}
