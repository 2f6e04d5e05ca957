import type { Line } from '@sama/metrics/funnel';
import { raw, sql, type Sql } from '../statement/index.ts';

/** Rows that each hold the whole history of one entity, as a file of records says it. @beta */
export interface Histories {
  entityType: string;
  /** A table with one row for each entity, and its column of ids. */
  from: string;
  id: string;
  /** No two of them are of the same stage and moment. */
  entries: readonly HistoryEntry[];
}

/** An entry into a stage: whether a row has it, and its instant or day; SQL over the row. @beta */
export interface HistoryEntry {
  stage: string;
  held: string;
  /** Epoch milliseconds, null for a day. */
  ms: string;
}

const least = (values: readonly string[]): string =>
  values.length === 0 ? 'CAST(NULL AS BIGINT)' : `least(${values.join(', ')})`;
const sum = (tests: readonly string[]): string =>
  tests.length === 0 ? '0' : tests.map((test) => `CAST(${test} AS INTEGER)`).join(' + ');

/** What `firsts` finds of each entity by its events, read from its row alone. */
export function firstsInRows(line: Line, { from, id, entries }: Histories): Sql {
  const ranks = new Map([...line.main, ...line.side].map(({ key, rank }) => [key, rank]));
  const known = entries.flatMap((entry) => {
    const rank = ranks.get(entry.stage);
    return rank === undefined ? [] : { ...entry, rank };
  });
  const mains = line.main.length;
  const instants = (of: readonly HistoryEntry[]): string =>
    least(of.map(({ held, ms }) => `CASE WHEN ${held} THEN ${ms} END`));
  const first = line.main.map(
    (stage) => `${instants(known.filter(({ rank }) => rank === stage.rank))} AS at_${stage.rank}`,
  );
  const side = known.filter(({ rank }) => rank >= mains);
  const deepest =
    side.length === 0
      ? 'CAST(NULL AS INTEGER)'
      : `greatest(${side.map(({ held, rank }) => `CASE WHEN ${held} THEN ${rank} END`).join(', ')})`;
  const columns = [
    `${id} AS entity`,
    ...first,
    `${deepest} AS side`,
    `${instants(side)} AS side_at`,
    'CAST(NULL AS VARCHAR) AS opportunity',
    'CAST(NULL AS VARCHAR) AS other',
    `${sum(known.map(({ held }) => held))} AS events`,
    `${sum(known.map(({ held, ms }) => `(${held} AND ${ms} IS NOT NULL)`))} AS timed`,
  ];
  return sql`SELECT * FROM (SELECT ${raw(columns.join(', '))} FROM ${raw(from)}) WHERE events > 0`;
}

/** Whether all entries are into stages of a line. */
export function knowsAll(line: Line, { entries }: Histories): boolean {
  const stages = new Set([...line.main, ...line.side].map(({ key }) => key));
  return entries.every(({ stage }) => stages.has(stage));
}
