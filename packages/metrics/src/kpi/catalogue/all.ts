import { InputError } from '../../errors.ts';
import type { Kpi } from '../kpi.ts';
import * as rows from './index.ts';

/** Every KPI of the catalogue by its key. @beta */
export const KPI_CATALOGUE: ReadonlyMap<string, Kpi> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Object.values<Kpi>(rows).map((row) => [row.key, row]),
);

/**
 * The KPI of a key. Code that knows which one it wants imports it by name, which costs only that one.
 *
 * @throws InputError for a key that the catalogue does not have.
 * @beta
 */
export function findKpi(key: string): Kpi {
  const found = KPI_CATALOGUE.get(key);
  if (found !== undefined) return found;
  throw new InputError('kpi', `"${key}" is not in the catalogue`, `use one of ${[...KPI_CATALOGUE.keys()].join(', ')}`);
}
