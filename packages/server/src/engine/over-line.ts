import type { DuckDBConnection } from '@duckdb/node-api';
import type { Line } from '@sama/metrics/funnel';
import { factsAmong, keepLine, lineTables, raw, throughStatement, type SqlStatement } from '@sama/sql';
import * as z from 'zod/mini';
import { GENERATION } from '../store/index.ts';
import { queryRow, queryRows } from '../store/rows.ts';
import { CHANGED, NEWLY, OWN, READ_PATH, SAID, VIEWS, WRITE_PATH } from './over-events.ts';

const number = z.pipe(z.union([z.number(), z.bigint()]), z.transform(Number));
const maybe = z.nullable(number);
const Counted = z.object({ stage: z.string(), n: z.number() });
const list = <T extends z.core.$ZodType>(item: T) =>
  z.pipe(
    z.nullable(z.string()),
    z.transform((text): z.output<T>[] => z.parse(z.array(item), text === null ? [] : JSON.parse(text))),
  );
/** What kept facts say that events of persons can change. */
const Facts = z.object({
  entities: number,
  unknown: number,
  through: maybe,
  present: list(z.number()),
  undated: list(Counted),
});
type Facts = z.infer<typeof Facts>;
const Latest = z.object({ latest: maybe });
const Through = z.object({ through: maybe });

const AMONG = raw(`SELECT entity FROM ${OWN}.${CHANGED}`);

/** A line that a generation keeps, with the rows of some persons replaced. */
export class LaidLine {
  readonly #connection: DuckDBConnection;
  readonly #line: Line;
  readonly #days: readonly string[];
  #facts: Facts;
  #next: Facts;
  /** What is said of those that change, before the change. */
  #before: Facts | undefined;

  private constructor(connection: DuckDBConnection, line: Line, days: readonly string[], facts: Facts) {
    this.#connection = connection;
    this.#line = line;
    this.#days = days;
    this.#facts = facts;
    this.#next = facts;
  }

  static async lay(connection: DuckDBConnection, line: Line, days: readonly string[]): Promise<LaidLine> {
    const { facts, ...tables } = lineTables(line);
    for (const name of Object.values(tables)) {
      const kept = `${GENERATION}.main.${name}`;
      await connection.run(`CREATE TABLE ${OWN}.${name} AS FROM ${kept} LIMIT 0`);
      await connection.run(`CREATE TABLE ${OWN}.${hidden(name)} (place BIGINT)`);
      await connection.run(
        `CREATE VIEW ${VIEWS}.${name} AS SELECT k.* FROM ${kept} k ANTI JOIN ${OWN}.${hidden(name)} h ON k.rowid = h.place
          UNION ALL FROM ${OWN}.${name}`,
      );
    }
    await connection.run(`CREATE TABLE ${OWN}.${facts} AS FROM ${GENERATION}.main.${facts}`);
    await connection.run(`CREATE VIEW ${VIEWS}.${facts} AS FROM ${OWN}.${facts}`);
    return new LaidLine(connection, line, days, Facts.parse(await queryRow(connection, `FROM ${OWN}.${facts}`)));
  }

  /** Takes over the rows of those newly spoken of, which changes nothing yet. */
  async begin(): Promise<void> {
    const { facts: _, ...tables } = lineTables(this.#line);
    for (const name of Object.values(tables)) {
      const kept = `${GENERATION}.main.${name}`;
      const places = `SELECT rowid AS place FROM ${kept} WHERE entity IN (FROM ${OWN}.${NEWLY})`;
      await this.#connection.run(`CREATE OR REPLACE TEMP TABLE places AS ${places}`);
      await this.#connection.run(`INSERT INTO ${OWN}.${hidden(name)} FROM places`);
      await this.#connection.run(
        `INSERT INTO ${OWN}.${name} SELECT k.* FROM ${kept} k SEMI JOIN places p ON k.rowid = p.place`,
      );
    }
    this.#before = await this.#among();
  }

  /** Keeps the rows of those that change anew, from all their events. */
  async revise(): Promise<void> {
    for (const statement of keepLine(this.#line, this.#days, { among: AMONG })) await this.#run(statement.statement());
    const now = await this.#among();
    const before = this.#before ?? now;
    const facts = this.#facts;
    const [more, less] = [countsOf(now.undated), countsOf(before.undated)];
    const undated = countsOf(facts.undated);
    for (const stage of new Set([...more.keys(), ...less.keys()]))
      undated.set(stage, (undated.get(stage) ?? 0) + (more.get(stage) ?? 0) - (less.get(stage) ?? 0));
    this.#next = {
      entities: facts.entities - before.entities + now.entities,
      unknown: facts.unknown - before.unknown + now.unknown,
      // Events are only ever added to those of the generation, so that what was present stays.
      present: [...new Set([...facts.present, ...now.present])],
      through: await this.#through(before.through, now.through),
      undated: [...undated].flatMap(([stage, n]) => (n === 0 ? [] : { stage, n })),
    };
    await this.#writeFacts();
  }

  /** What was revised is committed. */
  settle(): void {
    this.#facts = this.#next;
  }

  /** The latest visit. It may have been one that is no longer a visit; then it is looked for anew. */
  async #through(before: number | null, now: number | null): Promise<number | null> {
    const { through } = this.#facts;
    if (now !== null && now >= (through ?? now)) return now;
    if (before === null || before !== through) return through;
    await this.#connection.run(`SET search_path = '${READ_PATH}'`);
    const [row] = await this.#run(throughStatement(this.#line));
    await this.#connection.run(`SET search_path = '${WRITE_PATH}'`);
    return Through.parse(row).through;
  }

  async #among(): Promise<Facts> {
    const [row] = await this.#run(factsAmong(this.#line, AMONG));
    return Facts.parse(row);
  }

  async #writeFacts(): Promise<void> {
    const { facts } = lineTables(this.#line);
    const { entities, unknown, through, present, undated } = this.#next;
    const row = await queryRow(
      this.#connection,
      `SELECT greatest((SELECT latest FROM ${GENERATION}.main.${facts}), (SELECT max(at_ms) FROM ${OWN}.${SAID})) AS latest`,
    );
    await queryRows(
      this.#connection,
      `UPDATE ${OWN}.${facts} SET entities = $1, unknown = $2, through = $3, present = $4, undated = $5, latest = $6`,
      [entities, unknown, through, JSON.stringify(present), JSON.stringify(undated), Latest.parse(row).latest],
    );
  }

  #run({ text, params }: SqlStatement): Promise<Record<string, unknown>[]> {
    return queryRows(this.#connection, text, params);
  }
}

const hidden = (name: string): string => `hidden_${name}`;

const countsOf = (undated: Facts['undated']): Map<string, number> => new Map(undated.map(({ stage, n }) => [stage, n]));
