import type { FunnelStage } from '@sama/metrics/contracts';

/** What became of a part of a stage. `gone` is lost or disqualified. */
export type Kind = (typeof KINDS)[number];

/** In the order they stand in a bar. */
export const KINDS = ['advanced', 'open', 'recycled', 'gone'] as const;

/** A part of a bar, as shares of the longest bar. */
export interface Segment {
  kind: Kind;
  count: number;
  start: number;
  size: number;
}

/** A row of the chart, as shares of the longest bar. */
export interface Bar {
  size: number;
  segments: Segment[];
  /** Width of the flow that comes in from the row above, and of the one that goes on below. */
  inflow: number;
  outflow: number;
}

/**
 * Bars on one common baseline, lengths proportional to counts (or values), the longest one 1.
 * A stage the source does not record has no bar, and no flow runs into or out of it.
 *
 * @param flows whether the stages are parts of one cohort, so that one flows into the next
 */
export function barsOf(stages: readonly FunnelStage[], by: 'count' | 'value', flows: boolean): Bar[] {
  const sizes = stages.map((stage) => (stage.missing === undefined ? amountOf(stage, by) : 0));
  const longest = Math.max(...sizes, 0);
  const share = (n: number): number => (longest === 0 ? 0 : n / longest);
  const bars = stages.map((stage, i): Bar => {
    const size = share(sizes[i] ?? 0);
    const segments = by === 'count' && stage.missing === undefined ? segmentsOf(stage, share) : [];
    const next = stages[i + 1];
    const open = flows && next !== undefined && stage.missing === undefined && next.missing === undefined;
    const onward = Math.min(segments.find((s) => s.kind === 'advanced')?.size ?? size, size);
    return {
      size,
      segments:
        segments.length > 0 || size === 0 ? segments : [{ kind: 'advanced', count: stage.count, start: 0, size }],
      inflow: 0,
      outflow: open
        ? Math.min(stage.outcomes === undefined || by === 'value' ? share(sizes[i + 1] ?? 0) : onward, size)
        : 0,
    };
  });
  return bars.map((bar, i) => ({ ...bar, inflow: Math.min(bars[i - 1]?.outflow ?? 0, bar.size) }));
}

function amountOf(stage: FunnelStage, by: 'count' | 'value'): number {
  return by === 'count' ? stage.count : Math.max(stage.value?.value ?? 0, 0);
}

function segmentsOf({ outcomes }: FunnelStage, share: (n: number) => number): Segment[] {
  if (outcomes === undefined) return [];
  const parts: [Kind, number][] = [
    ['advanced', outcomes.advanced],
    ['open', outcomes.open],
    ['recycled', outcomes.recycled],
    ['gone', outcomes.lost + outcomes.disqualified],
  ];
  let start = 0;
  return parts.flatMap(([kind, count]) => {
    if (count === 0) return [];
    const segment = { kind, count, start, size: share(count) };
    start += segment.size;
    return [segment];
  });
}
