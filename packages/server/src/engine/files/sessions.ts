import { setTimeout as wait } from 'node:timers/promises';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { InputError, QuestionError } from '@sama/metrics';
import { duckdb, readingFrom, type SqlStatement, type Within } from '@sama/sql';
import type { FilesSettings } from '../../config/files.ts';
import { connect } from '../../store/duck.ts';
import { interruptible } from '../../store/interruptible.ts';
import { queryBatches, queryRows, type Params } from '../../store/rows.ts';
import { Turns } from '../../store/turns.ts';
import type { SqlReader } from '../counter.ts';
import { outOfTime, tablesOf, type Sessions } from '../sql-engine.ts';
import { misfits, unreadable } from './fit.ts';
import { findFiles, type FoundFiles } from './found.ts';
import { openFiles } from './open.ts';

/** How far a question to files may go. */
export interface FileOptions {
  timeLimitMs: number;
  /** Hears what the reader must not see. */
  log: (error: unknown) => void;
}

/** Questions to files that others fill. */
export interface FileSessions extends Sessions {
  /** Another one after every change of the files. */
  version(): string;
  /**
   * All that is wrong with the files and their mapping, down to texts that cannot be read. Empty where all is well.
   * Rejects with a `TimeoutError` where there is more to look through than a question may take.
   */
  faults(): Promise<InputError[]>;
}

/** Questions at the same time. */
const MOST = 4;
/** How often a question is asked whose files change while they are read, and the milliseconds between. */
const ATTEMPTS = 3;
const PAUSE_MS = 100;

/** Files in one state, opened. */
interface Opened {
  readonly stamp: string;
  readonly instance: Promise<DuckDBInstance>;
  readers: number;
}

/**
 * Questions to files that others fill, read where they are: nothing is copied, and nothing written. A DuckDB file is
 * open only while a question is under way, since as long nobody else can write it. A question whose files change while
 * it reads them is asked again.
 */
export function fileSessions({ at, warehouse }: FilesSettings, { timeLimitMs, log }: FileOptions): FileSessions {
  const turns = new Turns(MOST);
  let opened: Opened | undefined;
  let fitting: string | undefined;

  async function enter(): Promise<Opened> {
    const found = findFiles(at);
    if (opened?.stamp !== found.stamp) {
      const before = opened;
      opened = { stamp: found.stamp, instance: openFiles(found), readers: 0 };
      if (before?.readers === 0) close(before);
    }
    opened.readers += 1;
    return opened;
  }

  function leave(one: Opened): void {
    one.readers -= 1;
    if (one.readers > 0 || (one === opened && 'parquet' in at)) return;
    if (one === opened) opened = undefined;
    close(one);
  }

  /** One that could not be opened is told of where it is used. */
  const close = ({ instance }: Opened): void =>
    void instance.then(
      (one) => one.closeSync(),
      () => undefined,
    );

  const isStill = ({ stamp }: Pick<FoundFiles, 'stamp'>): boolean => {
    try {
      return findFiles(at).stamp === stamp;
    } catch {
      return false;
    }
  };

  async function connected<T>(
    work: (connection: DuckDBConnection, within: Within, one: Opened) => Promise<T>,
  ): Promise<T> {
    const one = await enter();
    try {
      const connection = await connect(await one.instance);
      try {
        return await work(connection, await placeOf(connection), one);
      } finally {
        connection.closeSync();
      }
    } finally {
      leave(one);
    }
  }

  /** Asks once; undefined where the files changed meanwhile, so that nobody knows what the answer is of. */
  async function once<T>(
    work: (reader: SqlReader) => Promise<T>,
    said: string | undefined,
  ): Promise<{ value: T } | undefined> {
    let asked: Opened | undefined;
    try {
      const value = await connected(async (connection, within, one) => {
        asked = one;
        if (fitting !== one.stamp) {
          const [fault] = await misfits(connection, warehouse, within);
          if (fault !== undefined) throw fault;
          fitting = one.stamp;
        }
        const value = await work(readerOn(connection, within, said)).catch(async (error: unknown) => {
          if (!isConversion(error)) throw error;
          // Which of the texts it is, DuckDB does not say.
          const [fault] = await lookThrough(connection, within).catch(() => []);
          throw fault ?? error;
        });
        return value;
      });
      return asked !== undefined && isStill(asked) ? { value } : undefined;
    } catch (error) {
      if (asked !== undefined && !isStill(asked)) return undefined;
      if (!(error instanceof InputError)) throw error;
      log(error);
      throw outOfOrder();
    }
  }

  /** Looks through all values, for as long as a question may take. */
  const lookThrough = (connection: DuckDBConnection, within: Within): Promise<InputError[]> =>
    interruptible(connection, AbortSignal.timeout(timeLimitMs), () => unreadable(connection, warehouse, within));

  const readerOn = (connection: DuckDBConnection, within: Within, said: string | undefined): SqlReader => {
    const rewrite = readingFrom({ warehouse, said, within }, duckdb);
    const run = async <T>(
      statement: SqlStatement,
      signal: AbortSignal | undefined,
      read: (connection: DuckDBConnection, text: string, params: Params) => Promise<T>,
    ): Promise<T> => {
      const { text, params } = rewrite(statement);
      const patience = AbortSignal.timeout(timeLimitMs);
      const stop = signal === undefined ? patience : AbortSignal.any([signal, patience]);
      try {
        return await interruptible(connection, stop, () => read(connection, text, params));
      } catch (error) {
        signal?.throwIfAborted();
        throw patience.aborted ? outOfTime(timeLimitMs) : error;
      }
    };
    return {
      tables: tablesOf(warehouse),
      all: (statement, signal) => run(statement, signal, queryRows),
      batches: (statement, signal) => run(statement, signal, queryBatches),
    };
  };

  return {
    use: (work, said) =>
      turns.take(async () => {
        for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
          const asked = await once(work, said);
          if (asked !== undefined) return asked.value;
          await wait(PAUSE_MS);
        }
        throw beingWritten();
      }),
    version() {
      try {
        const { stamp, young } = findFiles(at);
        // An answer that may be of either of two states is not given again.
        return young ? `${stamp}-${process.hrtime.bigint()}` : stamp;
      } catch {
        return 'none';
      }
    },
    async faults() {
      try {
        return await connected(async (connection, within) => {
          const found = await misfits(connection, warehouse, within);
          return found.length > 0 ? found : await lookThrough(connection, within);
        });
      } catch (error) {
        if (error instanceof InputError) return [error];
        throw error;
      }
    },
    close: async () => {
      const last = opened;
      opened = undefined;
      if (last?.readers === 0) close(last);
    },
  };
}

/** Where the company's tables are: a view in a file may name the file itself. */
async function placeOf(connection: DuckDBConnection): Promise<Within> {
  const [row] = await queryRows(connection, 'SELECT current_database() AS name');
  return [String(row?.['name']), 'main'];
}

/** DuckDB begins what it says with the kind of error. */
const isConversion = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Conversion Error');

const outOfOrder = (): QuestionError =>
  new QuestionError('unavailable', 'The files with the records cannot be read; the log of the server says why.');

const beingWritten = (): QuestionError =>
  new QuestionError('unavailable', 'The files with the records are being written. Try again in a moment.');
