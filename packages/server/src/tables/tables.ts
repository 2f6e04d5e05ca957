/** What a column may hold. */
export type Value = string | number | null;
export type Row = Readonly<Record<string, unknown>>;

/** Runs one statement, whose values are `$1`, `$2` …, and gives its rows. */
export type Run = (text: string, ...values: readonly Value[]) => Promise<readonly Row[]>;

/** Tables of one concern, and how they came to be. */
export interface Plan {
  /** Names the file in a store's folder (`access` is `access.sqlite`) and stands before the tables in PostgreSQL. */
  name: string;
  /** What the tables hold, for messages. */
  holds: string;
  /** Whether the file is for its owner only. */
  secret?: boolean;
  /** Whether some of it is mirrored: then a table `news` counts its changes in PostgreSQL. */
  mirrored?: boolean;
  /** Statements that lead from the version before to each version, in SQLite. They are never changed once released. */
  file: readonly string[];
  /** The same in PostgreSQL. */
  shared: readonly (readonly string[])[];
  /** What a server takes along from the file of its folder when it begins to share: tables, columns and what wins. */
  carried: readonly { table: string; columns: readonly string[]; clash: string }[];
}

/** Rows as they stood at one look; the same list for as long as nothing has changed. */
export interface Mirror {
  /** One list for each statement. @throws Away when nobody can say any more whether they still stand. */
  rows(): readonly (readonly Row[])[];
  /** Looks whether another server has changed something. Those who ask meanwhile wait for one look. */
  refresh(): Promise<void>;
}

/**
 * Tables of one concern, in a file of this server or in a PostgreSQL that several share. One SQL serves both: what
 * differs stands here.
 */
export interface Tables {
  /** Stands before the name of each table. */
  readonly prefix: string;
  /** Ends a `SELECT` of a row to be worked on, so that of several servers each gets another one. */
  readonly skipping: string;
  run: Run;
  /** Work in one transaction; any error takes all of it back. */
  whole<T>(work: (run: Run) => Promise<T>): Promise<T>;
  /** As `whole`, where something is mirrored: it shows here when it is done, and in other servers within two seconds. */
  change<T>(work: (run: Run) => Promise<T>): Promise<T>;
  /** Keeps what statements give at hand, since it is asked for at every request. */
  mirror(texts: readonly string[]): Promise<Mirror>;
  /** Leaves nothing of what was overwritten in the log before a file. PostgreSQL does as much by itself, in time. */
  wipe(): Promise<void>;
  close(): Promise<void>;
}

/** Where tables are opened: the folder of a store, or a PostgreSQL. */
export interface Databases {
  /** Made when there are none and brought forward when they are older. @throws Error for those of a newer Sama. */
  open(plan: Plan): Promise<Tables>;
}
