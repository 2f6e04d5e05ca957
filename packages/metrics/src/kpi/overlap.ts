import type { KpiValue } from '../contracts/index.ts';
import { shareValue } from './figure.ts';

/** What two lists have in common, of all they name (Jaccard); a name counts once. */
export function overlap(one: readonly string[], other: readonly string[]): KpiValue {
  const [a, b] = [new Set(one), new Set(other)];
  const common = [...a].filter((name) => b.has(name)).length;
  return shareValue(common, a.size + b.size - common);
}
