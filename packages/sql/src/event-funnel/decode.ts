import { countSelected, type SelectedEvents } from '@sama/metrics/engine';
import type { EventFunnelPlan, EventFunnelStatistics } from '@sama/metrics/funnel';
import * as z from 'zod/mini';
import { valuesOf, type Batch } from '../values.ts';

const whole = z.pipe(z.union([z.number(), z.bigint()]), z.transform(Number));
const Counts = z.object({ unlinked: whole, actors: whole, future: whole, through: z.nullable(whole) });

/** Searches the tries of the selected events and joins what the database counted itself. @beta */
export function decodeEventFunnel(
  plan: EventFunnelPlan,
  rows: { events: readonly Batch[]; counts: readonly Readonly<Record<string, unknown>>[] },
): EventFunnelStatistics {
  const { unlinked, actors, future, through } = z.parse(Counts, rows.counts[0]);
  return countSelected(plan, columns(rows.events), {
    unlinked,
    actors,
    future,
    ...(through === null ? {} : { dataThrough: through }),
  });
}

function columns(batches: readonly Batch[]): SelectedEvents {
  const size = batches.reduce((sum, { rows }) => sum + rows, 0);
  const has = (name: string): boolean => batches.some((batch) => batch.column(name) !== null);
  const fill = <T extends Int32Array | Float64Array>(into: T, name: string): T => {
    let i = 0;
    for (const batch of batches) {
      const read = batch.column(name);
      for (let row = 0; row < batch.rows; row++) {
        const value = read?.(row);
        into[i++] =
          typeof value === 'number' ? value : value === null || value === undefined ? Number.NaN : Number(value);
      }
    }
    return into;
  };
  const whole = (name: string): Int32Array | null => (has(name) ? fill(new Int32Array(size), name) : null);
  return {
    actor: fill(new Int32Array(size), 'actor'),
    at: fill(new Float64Array(size), 'at'),
    dayStart: has('day_start') ? fill(new Float64Array(size), 'day_start') : null,
    steps: fill(new Int32Array(size), 'steps'),
    exclusions: whole('excluded'),
    named: whole('named'),
    ...namesOf(batches, has('name') ? size : null),
    ofEvent: valuesOf(batches, 'event'),
    ofActor: valuesOf(batches, 'actor'),
    correlated: valuesOf(batches, 'correlated'),
  };
}

function namesOf(batches: readonly Batch[], size: number | null): Pick<SelectedEvents, 'name' | 'names'> {
  if (size === null) return { name: null, names: [] };
  const name = new Int32Array(size);
  const codes = new Map<string, number>();
  let i = 0;
  for (const batch of batches) {
    const read = batch.column('name');
    for (let row = 0; row < batch.rows; row++) {
      const text = String(read?.(row) ?? '');
      const code = codes.get(text) ?? codes.size;
      codes.set(text, code);
      name[i++] = code;
    }
  }
  return { name, names: [...codes.keys()] };
}
