import type { CurvePoint } from '@sama/metrics/contracts';
import { svg, type TemplateResult } from 'lit/html.js';

/** Of the picture, in its own units; it is stretched to the width there is. */
const [WIDTH, HEIGHT] = [600, 120];

/** A curve of steps with its interval, from an entry to the last point. `start` is the share at the entry, `top` that of the upper edge. */
export function curveTemplate(points: readonly CurvePoint[], start: 0 | 1, top: number, rtl: boolean): TemplateResult {
  const longest = points.at(-1)?.ms ?? 0;
  const x = (ms: number): number => {
    const at = longest === 0 ? WIDTH : (ms / longest) * WIDTH;
    return rtl ? WIDTH - at : at;
  };
  const y = (share: number): number => (1 - share / top) * HEIGHT;
  /** The line of steps through one value of each point. */
  const steps = (of: (point: CurvePoint) => number): [number, number][] => {
    let height = y(start);
    return [
      [x(0), height],
      ...points.flatMap((point): [number, number][] => {
        const before = height;
        height = y(of(point));
        return [
          [x(point.ms), before],
          [x(point.ms), height],
        ];
      }),
    ];
  };
  const path = (line: readonly [number, number][]): string =>
    line.map(([a, b], i) => `${i === 0 ? 'M' : 'L'}${Math.round(a * 10) / 10} ${Math.round(b * 10) / 10}`).join('');
  const band = [...steps(({ low }) => low), ...steps(({ high }) => high).toReversed()];
  return svg`<svg class="curve" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <path class="axis" d="M0 0H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT}H${WIDTH}"></path>
    <path class="band" d="${path(band)}Z"></path>
    <path class="steps" d="${path(steps(({ value }) => value))}"></path>
  </svg>`;
}
