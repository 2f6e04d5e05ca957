import type { Contribution } from './contracts.ts';
import { total } from './points.ts';

/** Adds the line that keeps a sum within 0 and 100, where it is needed. */
export function inRange(lines: readonly Contribution[]): Contribution[] {
  const sum = total(lines);
  const points = sum > 100 ? 100 - sum : sum < 0 ? -sum : 0;
  return points === 0 ? [...lines] : [...lines, { kind: 'range-limit', key: 'range', label: 'range', points }];
}

/** Largest effect first, equal ones as they came; limits after what they limit; lines that give nothing are left out. */
export function ordered(lines: readonly Contribution[]): Contribution[] {
  const rank = ({ kind }: Contribution): number => (kind === 'range-limit' ? 2 : kind === 'group-limit' ? 1 : 0);
  return lines
    .filter(({ points }) => points !== 0)
    .toSorted((a, b) => rank(a) - rank(b) || Math.abs(b.points) - Math.abs(a.points));
}
