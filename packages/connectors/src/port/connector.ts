import type { ImportMapping } from '@sama/metrics/contracts';

/** A row as an import reads it: every column of its table, null where there is nothing. @beta */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** Rows that become one batch, and how. @beta */
export interface TablePlan {
  name: string;
  mapping: ImportMapping;
  /** Columns whose completeness is worth knowing; the others are ids and the like. */
  fields: readonly string[];
  /** The column of the id, where a source tells of one record several times: the last row counts. */
  newest?: string;
}

/** What was seen beside the rows, by name: how many of each. @beta */
export interface Findings {
  /** Stages of the source that are no stage here. */
  unsupported?: Readonly<Record<string, number>>;
  /** Rows that belong to nobody who is known here. */
  unmatched?: Readonly<Record<string, number>>;
}

/** Some rows, and where to go on after them. @beta */
export interface Page extends Findings {
  /** By the name of the table. */
  rows: Readonly<Record<string, readonly Row[]>>;
  /** Given to `read` again, reading goes on after this page. */
  position: string;
  /** Records of the source in this page. */
  count: number;
  /** How many the source says are still to come, this page included; absent when it does not say. */
  remaining?: number;
}

/** The moments between which a record has changed: instants, `from` included and `until` not. @beta */
export interface Range {
  /** Absent: everything. */
  from?: string;
  until: string;
}

/** One kind of record of a source. @beta */
export interface Stream {
  name: string;
  tables: readonly TablePlan[];
  /** What is read, by name: another list means that the source or the settings have changed. */
  reads: readonly string[];
  /** Settings this account cannot serve, and what it lacks. Sentences for people. */
  notes: readonly string[];
  read(range: Range, position: string | undefined, signal: AbortSignal | undefined): AsyncIterable<Page>;
}

/** What can be read of an account. @beta */
export interface Plan {
  /** In the order in which they are to be read. */
  streams: Stream[];
  /** What the account lacks as a whole. Sentences for people. */
  notes: string[];
}

/** A source of records. @beta */
export interface Connector {
  /** `hubspot`, `salesforce` or `marketo`. */
  system: string;
  /**
   * Looks at the account, and says what can be read of it.
   * @throws ConnectorError
   */
  plan(signal?: AbortSignal): Promise<Plan>;
  /** Milliseconds a sync reads again, because the source shows some changes late. Rows read twice are one. */
  overlapMs: number;
}

/** Adds one to the count of a name. @beta */
export function tally(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
