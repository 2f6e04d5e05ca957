import type { Postgres, Query } from '../ledger/postgres.ts';
import { Away, Barred, barredBy, isAway } from './errors.ts';
import { bringForward } from './forward.ts';
import type { Databases, Mirror, Plan, Row, Run, Tables } from './tables.ts';

/** Milliseconds between two looks whether other servers have changed something. */
const LOOK_MS = 1_000;
/** For so many milliseconds what was known last still counts when PostgreSQL cannot be asked. */
const TRUST_MS = 30_000;

interface Reflection {
  texts: readonly string[];
  rows: readonly (readonly Row[])[];
  /** The number of the last change that is in it. */
  version: number;
  /** When that was last known, by a clock that only goes forward. */
  at: number;
}

/** Before the tables of a concern. */
export const prefixOf = (name: string): string => `sama_${name}_`;
/** The table that holds the version of a concern's tables. */
export const versionTableOf = (name: string): string => `sama_${name}`;

/** Tables in a PostgreSQL that several servers share. Changes of what is mirrored are counted in the table `news`. */
class PostgresTables implements Tables {
  readonly prefix: string;
  readonly skipping = 'FOR UPDATE SKIP LOCKED';
  readonly #postgres: Postgres;
  readonly #holds: string;
  readonly #isMirrored: boolean;
  readonly #log: (error: unknown) => void;
  readonly #reflections: Reflection[] = [];
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #isCut = false;

  constructor(postgres: Postgres, { name, holds, mirrored = false }: Plan, log: (error: unknown) => void) {
    this.prefix = prefixOf(name);
    this.#postgres = postgres;
    this.#holds = holds;
    this.#isMirrored = mirrored;
    this.#log = log;
  }

  run: Run = (text, ...values) => this.#told(() => runOf(this.#postgres.query)(text, ...values));

  whole<T>(work: (run: Run) => Promise<T>): Promise<T> {
    return this.#told(() => this.#postgres.whole((query) => work(runOf(query))));
  }

  async change<T>(work: (run: Run) => Promise<T>): Promise<T> {
    if (!this.#isMirrored) return this.whole(work);
    const done = await this.whole(async (run) => {
      const result = await work(run);
      await run(`UPDATE ${this.prefix}news SET version = version + 1`);
      return result;
    });
    await this.#lookAnew();
    return done;
  }

  async mirror(texts: readonly string[]): Promise<Mirror> {
    const reflection: Reflection = { texts, rows: [], version: -1, at: 0 };
    this.#reflections.push(reflection);
    await this.#told(() => this.#lookAt(reflection));
    this.#timer ??= setInterval(() => void this.#look(), LOOK_MS).unref();
    return {
      rows: () => {
        if (performance.now() - reflection.at > TRUST_MS)
          throw new Away(`the ${this.#holds} in PostgreSQL cannot be reached`);
        return reflection.rows;
      },
      refresh: () => this.#lookAnew(),
    };
  }

  wipe(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  #look(): Promise<void> {
    return (this.#looking ??= this.#lookAtAll().finally(() => {
      this.#looking = undefined;
    }));
  }

  /** A look that begins now: one that is under way may have passed what is asked for. */
  async #lookAnew(): Promise<void> {
    await this.#looking;
    await this.#look();
  }

  async #lookAtAll(): Promise<void> {
    try {
      for (const reflection of this.#reflections) await this.#lookAt(reflection);
      this.#isCut = false;
    } catch (error) {
      // Said once, not every second.
      if (!this.#isCut) this.#log(error);
      this.#isCut = true;
    }
  }

  async #lookAt(reflection: Reflection): Promise<void> {
    const asked = performance.now();
    const [news] = await this.#postgres.query(`SELECT version FROM ${this.prefix}news`);
    const version = Number(news?.['version']);
    if (version !== reflection.version) {
      const rows: (readonly Row[])[] = [];
      // What changes meanwhile has a later number, and is read at the next look.
      for (const text of reflection.texts) rows.push(await this.#postgres.query(text));
      reflection.rows = rows;
      reflection.version = version;
    }
    reflection.at = asked;
  }

  async #told<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const barred = barredBy(error);
      if (barred !== undefined) throw new Barred(barred, { cause: error, of: this.#holds });
      if (isAway(error)) throw new Away(`the ${this.#holds} in PostgreSQL cannot be reached`, { cause: error });
      throw error;
    }
  }
}

/** PostgreSQL takes no NUL in a text; nothing that is compared has one. */
const runOf =
  (query: Query): Run =>
  (text, ...values) =>
    query(
      text,
      values.map((value) => (typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value)),
    );

/** Those of a PostgreSQL that several servers share. */
export function postgresDatabases(postgres: Postgres, log: (error: unknown) => void): Databases {
  return {
    open: async (plan) => {
      await bringForward(postgres, versionTableOf(plan.name), plan.holds, plan.shared);
      return new PostgresTables(postgres, plan, log);
    },
  };
}
