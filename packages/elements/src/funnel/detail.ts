import { colorsOf } from '../internal/colors.ts';
import type { FunnelWords } from '../locale/index.ts';
import type { Chart } from './model.ts';
import { svgOf } from './svg.ts';

/** What a picture of the chart says and how it runs. */
export interface Picture {
  chart: Chart;
  title: string;
  finding: string;
  rtl: boolean;
  /** Whether the words run against the chart. */
  turned: boolean;
  t: FunnelWords;
}

/** The chart as a picture that stands alone, in the colours of this shadow root. */
export const pictureOf = (root: ParentNode, { chart, title, finding, rtl, turned, t }: Picture): string =>
  svgOf(chart, title, finding, colorsOf(root), rtl, turned, t);
