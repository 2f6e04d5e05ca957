import type { CriteriaLine } from '../../messages/criteria.ts';

/** A line of criteria and whether only one of two texts has it. */
export interface MarkedLine extends CriteriaLine {
  mark: 'kept' | 'added' | 'removed';
}

/**
 * The lines of two texts in one list: what both have in the order of both, and between them what was taken out before
 * what came in. The longest common part is kept (Hunt and McIlroy 1976); criteria are short, so a table does.
 */
export function mergedLines(before: readonly CriteriaLine[], after: readonly CriteriaLine[]): MarkedLine[] {
  const same = (i: number, j: number): boolean =>
    before[i]?.text === after[j]?.text && before[i]?.depth === after[j]?.depth;
  const width = after.length + 1;
  /** The longest common part of the lines from `i` and from `j` on. */
  const common = new Uint16Array((before.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] = same(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const merged: MarkedLine[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [old, now] = [before[i], after[j]];
    if (old === undefined && now === undefined) return merged;
    if (old !== undefined && now !== undefined && same(i, j)) {
      merged.push({ ...now, mark: 'kept' });
      [i, j] = [i + 1, j + 1];
    } else if (old !== undefined && (now === undefined || at(i + 1, j) >= at(i, j + 1))) {
      merged.push({ ...old, mark: 'removed' });
      i += 1;
    } else if (now !== undefined) {
      merged.push({ ...now, mark: 'added' });
      j += 1;
    }
  }
}
