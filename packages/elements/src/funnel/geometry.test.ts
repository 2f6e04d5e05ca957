import { describe, expect, test } from 'vitest';
import { gap, healthy, small, value } from '../testing/funnel-samples.ts';
import { barsOf } from './geometry.ts';
import { labelsOf } from './labels.ts';

const stagesOf = (envelope: typeof healthy) => envelope.data?.stages ?? [];

describe('bars', () => {
  test('lengths are proportional to counts, the longest is 1', () => {
    const bars = barsOf(stagesOf(healthy), 'count', true);
    expect(bars.map((bar) => bar.size)).toEqual([18_400, 7312, 5104, 3297, 1402, 391].map((n) => n / 18_400));
  });

  test('segments stand side by side and fill their bar', () => {
    for (const bar of barsOf(stagesOf(healthy), 'count', true)) {
      let end = 0;
      for (const segment of bar.segments) {
        expect(segment.start).toBeCloseTo(end, 12);
        end += segment.size;
      }
      expect(end).toBeCloseTo(bar.size, 12);
    }
  });

  test('what advanced flows into the next row, and not across a gap', () => {
    const bars = barsOf(stagesOf(healthy), 'count', true);
    expect(bars[0]?.outflow).toBeCloseTo(bars[1]?.size ?? 0, 12);
    expect(bars[1]?.inflow).toBe(bars[0]?.outflow);
    expect(bars.at(-1)?.outflow).toBe(0);
    const broken = barsOf(stagesOf(gap), 'count', true);
    expect([broken[1]?.outflow, broken[2]?.size, broken[2]?.outflow, broken[3]?.inflow]).toEqual([0, 0, 0, 0]);
    expect(barsOf(stagesOf(healthy), 'count', false).every((bar) => bar.outflow === 0)).toBe(true);
  });

  test('by value the bar is the value, in one piece', () => {
    const bars = barsOf(stagesOf(value), 'value', true);
    expect(bars.map((bar) => bar.segments.length)).toEqual([0, 0, 0, 1, 1, 1]);
    expect(bars[4]?.size).toBeCloseTo(1_720_500 / 3_890_000, 12);
  });

  test('nobody anywhere is no bar, and no division by zero', () => {
    const nobody = stagesOf(small).map(({ outcomes: _, ...stage }) => ({ ...stage, count: 0 }));
    expect(barsOf(nobody, 'count', true).every((bar) => bar.size === 0 && bar.segments.length === 0)).toBe(true);
  });
});

describe('labels', () => {
  const [lead, mql] = barsOf(stagesOf(healthy), 'count', true);
  const needs = (text: string) => text.length * 8 + 14;
  const place = (bar: typeof lead, width: number, beside: string) =>
    bar && labelsOf(bar, { width, needs, count: String }, ['', beside]);

  test('stand inside where all fit', () => {
    expect(place(lead, 400, 'a long line beside it')).toMatchObject({
      beside: undefined,
      inside: [{ kind: 'open' }, { kind: 'recycled' }, { kind: 'gone' }],
    });
  });
  test('else inside the ones that are wide enough, where there is no room beside', () => {
    const uneven = lead && { ...lead, segments: lead.segments.map((s, i) => (i === 3 ? { ...s, size: 0.01 } : s)) };
    expect(place(uneven, 400, 'a long line beside it')).toMatchObject({
      beside: undefined,
      inside: [{ kind: 'open' }, { kind: 'recycled' }],
    });
  });
  test('else beside, where there is room', () => {
    expect(place(mql, 400, '1,204 recycled')).toEqual({ inside: [], beside: ['', '1,204 recycled'] });
  });
  test('beside a bar that has no other outcomes stands what else there is to say', () => {
    const last = mql && { ...mql, segments: mql.segments.slice(0, 1) };
    expect(place(last, 400, '2.6% expected')).toEqual({ inside: [], beside: ['', '2.6% expected'] });
  });
  test('a part of a line that is too long stands in the first', () => {
    const lines = ['412 open', '1,204 recycled · 592 disqualified'] as const;
    const at = (width: number) => mql && labelsOf(mql, { width, needs, count: String }, lines).beside;
    expect(at(600)).toEqual(lines);
    expect(at(400)).toEqual(['412 open · 1,204 recycled', '592 disqualified']);
    expect(at(300)).toBeUndefined();
  });
  test('else nowhere', () => {
    expect(place(mql, 120, '1,204 recycled')).toEqual({ inside: [], beside: undefined });
    expect(place(mql, 0, '1,204 recycled')).toEqual({ inside: [], beside: undefined });
  });
});
