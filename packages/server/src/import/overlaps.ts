import type { DuckDBConnection } from '@duckdb/node-api';
import { addDays } from '@sama/metrics/time';
import { FIGURES_TABLE, sqlText } from '@sama/sql';
import * as z from 'zod/mini';
import { queryRows } from '../store/rows.ts';
import type { Store } from '../store/index.ts';
import { ImportError } from './errors.ts';

/** How many overlaps an error names. */
const NAMED = 5;

const Row = z.object({
  name: z.string(),
  segment: z.nullable(z.string()),
  from: z.string(),
  to: z.string(),
  batch: z.string(),
});
type Row = z.infer<typeof Row>;

const read = (where = ''): string =>
  `SELECT name, segment, CAST(from_day AS VARCHAR) AS "from", CAST(to_day AS VARCHAR) AS "to", batch FROM ${FIGURES_TABLE}${where}`;

/**
 * Refuses a batch with figures of which some days have another figure of the same name and segment, in the batch or in
 * the store: they would count twice. One of the very same days takes the other's place.
 *
 * @param connection with the tables of the new batch.
 * @throws ImportError naming the figures, and what helps.
 */
export async function refuseOverlaps(connection: DuckDBConnection, store: Store, file: string): Promise<void> {
  const added = (await queryRows(connection, read())).map((row) => z.parse(Row, row));
  if (added.length === 0) return;
  const names = [...new Set(added.map(({ name }) => sqlText(name)))];
  const kept = (await store.reader().all(read(` WHERE name IN (${names.join(', ')})`))).map((row) => z.parse(Row, row));
  const batches = new Map((await store.batches()).map((one) => [one.batch, one]));
  const given = new Set(added.map(daysOf));
  const overlaps = overlapping(
    added,
    // Made-up figures stand in nobody's way: one's own take the made-up company out.
    kept.filter((row) => !given.has(daysOf(row)) && batches.get(row.batch)?.demo !== true),
  );
  if (overlaps.length === 0) return;
  const lines = overlaps.slice(0, NAMED).map(([own, other]) => {
    const whose =
      other.batch === own.batch
        ? 'this file also has'
        : `batch ${other.batch} (${batches.get(other.batch)?.file ?? ''}) has`;
    return `  ${[own.name, ...(own.segment === null ? [] : [own.segment])].join(', ')}, ${span(own)}: ${whose} ${span(other)}`;
  });
  const more = overlaps.length > NAMED ? [`  and ${overlaps.length - NAMED} more`] : [];
  const first = overlaps.find(([own, other]) => own.batch !== other.batch);
  const undo = first === undefined ? '' : `, or take the other batch out first: sama import --undo ${first[1].batch}`;
  throw new ImportError(
    [
      `${file}: nothing was imported, because figures overlap and their common days would count twice:`,
      ...lines,
      ...more,
      `Give a figure the very days of the one it corrects, whose place it then takes${undo}.`,
    ].join('\n'),
  );
}

const daysOf = ({ name, segment, from, to }: Row): string => JSON.stringify([name, segment, from, to]);

const span = ({ from, to }: Row): string => `${from} to ${addDays(to, -1)}`;

/** Each new figure with another that has some of its days, by first day. */
function overlapping(added: readonly Row[], kept: readonly Row[]): [own: Row, other: Row][] {
  const groups = new Map<string, { row: Row; isNew: boolean }[]>();
  const group = (row: Row, isNew: boolean): void => {
    const key = JSON.stringify([row.name, row.segment]);
    const rows = groups.get(key) ?? [];
    rows.push({ row, isNew });
    groups.set(key, rows);
  };
  for (const row of new Map(added.map((one) => [daysOf(one), one])).values()) group(row, true);
  for (const row of kept) group(row, false);
  return [...groups.values()].flatMap((rows) => {
    const found: [Row, Row][] = [];
    let open: typeof rows = [];
    for (const one of rows.toSorted((a, b) => (a.row.from < b.row.from ? -1 : 1))) {
      open = open.filter(({ row }) => row.to > one.row.from);
      for (const other of open) {
        if (one.isNew) found.push([one.row, other.row]);
        else if (other.isNew) found.push([other.row, one.row]);
      }
      open.push(one);
    }
    return found;
  });
}
