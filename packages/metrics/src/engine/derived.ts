import type { FieldReader } from '../criteria/index.ts';
import type { Line } from '../funnel/plan.ts';
import type { LineData } from './line-data.ts';

/**
 * Reads stored fields and the two derived ones: `stage`, where the entity stands (its
 * `currentStage` when it has no dated event), and `reached.STAGE`, the instant of its first visit.
 */
export function derivedReader(line: LineData, definition: Line): FieldReader {
  const all = [...definition.main, ...definition.side];
  return (field) => {
    if (field === 'stage') {
      return (e) => {
        const end = line.offsets[e + 1] ?? 0;
        return end > (line.offsets[e] ?? 0) ? all[line.rank[end - 1] ?? 0]?.key : line.entities.link(e, 'currentStage');
      };
    }
    if (!field.startsWith('reached.')) return line.entities.read(field);
    const rank = all.find((s) => s.key === field.slice('reached.'.length))?.rank;
    return (e) => {
      const at = rank === undefined ? null : firstVisit(line, e, rank);
      return at === null ? null : new Date(at).toISOString();
    };
  };
}

/** The instant of the first visit to a rank, or null. */
function firstVisit(line: LineData, e: number, rank: number): number | null {
  for (let i = line.offsets[e] ?? 0, end = line.offsets[e + 1] ?? 0; i < end; i++)
    if (line.rank[i] === rank) return line.at[i] ?? null;
  return null;
}
