import { svgText } from '../internal/svg-text.ts';
import type { FunnelWords } from '../locale/index.ts';
import type { Kind } from './geometry.ts';
import type { Chart, Row } from './model.ts';

const WIDTH = 960;
const ROW = 52;
const BAR = 24;
const LEFT = 300;
const SPAN = 420;
const TOP = 96;
const LINE = 20;

/** What only some charts have. */
interface Extra {
  /** What is noted of the time, a line each. */
  notes?: readonly string[] | undefined;
  /** When the data ends, in words. */
  asOf?: string | undefined;
  /** Of each row the path of a trapezoid, a thousand wide and a hundred high, in place of a bar; and what is said of them. */
  skin?: { shapes: readonly string[]; decoration: string } | undefined;
}

/**
 * The chart as a picture that stands alone: no styles, scripts or fonts of a page.
 *
 * @param color gives the colour of a token
 * @param rtl whether the chart begins at the right
 * @param turned whether its words run the other way
 */
export function svgOf(
  chart: Chart,
  title: string,
  finding: string,
  color: (token: string) => string,
  rtl: boolean,
  turned: boolean,
  t: FunnelWords,
  { notes = [], skin, asOf }: Extra = {},
): string {
  const below = TOP + chart.rows.length * ROW + 24;
  const [hatch, dots] = ['data-recycled-line', 'data-lost-line'].map(color);
  const lines = [...notes, ...(asOf ? [asOf] : [])];
  const height = below + lines.length * LINE;
  const end = ` text-anchor="${turned ? 'start' : 'end'}"`;
  const small = `font-size="12" fill="${color('text-muted')}"`;
  const plain = `font-size="15" fill="${color('text')}"`;
  const strong = `font-weight="600" ${plain}`;
  const fills: Record<Kind | 'flow', string> = {
    flow: `fill="${color('data-flow')}"`,
    advanced: `fill="${color('data-advanced')}"`,
    open: `fill="${color('data-open')}" stroke="${color('data-open-line')}"`,
    recycled: `fill="url(#hatch)" stroke="${hatch}"`,
    gone: `fill="url(#dots)" stroke="${dots}"`,
  };
  const text = (x: number, y: number, words: string | undefined, style: string): string =>
    words ? `<text x="${rtl ? WIDTH - x : x}" y="${y}" ${style}>${svgText(words)}</text>` : '';
  /** A part of a bar, in shares of the longest. */
  const rect = (start: number, y: number, size: number, height: number, kind: Kind | 'flow'): string => {
    const x = LEFT + round(start * SPAN);
    const width = round(size * SPAN);
    return `<rect x="${rtl ? WIDTH - x - width : x}" y="${y}" width="${width}" height="${height}" ${fills[kind]}/>`;
  };
  const rowOf = ({ bar, beside, missing, stage, under, amount, rate }: Row, i: number): string => {
    const y = TOP + i * ROW;
    const middle = y + ROW / 2;
    const shape = skin?.shapes[i];
    return [
      ...(shape === undefined
        ? [
            rect(0, y, bar.inflow, ROW / 2, 'flow'),
            rect(0, middle, bar.outflow, ROW / 2, 'flow'),
            ...bar.segments.map(({ start, size, kind }) => rect(start, middle - BAR / 2, size, BAR, kind)),
          ]
        : [
            `<path d="${shape}" transform="translate(${rtl ? WIDTH - LEFT - SPAN : LEFT} ${y + 2}) scale(${SPAN / 1000} ${(ROW - 4) / 100})" ${fills.advanced}/>`,
          ]),
      text(24, middle - 2, stage.label, strong),
      text(24, middle + 15, under, small),
      text(LEFT - 16, middle + 5, amount, strong + end),
      shape !== undefined || bar.size < 0.55
        ? text(
            LEFT + bar.size * SPAN + 12,
            middle + 4,
            missing ?? (shape ? '' : beside.filter(Boolean).join(' · ')),
            small,
          )
        : '',
      text(WIDTH - 24, middle + (rate?.interval === undefined ? 5 : -2), rate?.text, strong + end),
      text(WIDTH - 24, middle + 15, rate?.interval, small + end),
    ].join('');
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui,sans-serif" direction="${rtl === turned ? 'ltr' : 'rtl'}" text-anchor="${turned ? 'end' : 'start'}" role="img" aria-label="${svgText(`${title}. ${finding}`)}">`,
    `<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0h6v6H0z" fill="${color('data-recycled')}"/><path stroke-width="1.3" d="M1 0v6" stroke="${hatch}"/></pattern><pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse"><path d="M0 0h4v4H0z" fill="${color('data-lost')}"/><path stroke-width="1.5" stroke-linecap="round" d="M1 1h0M3 3h0" stroke="${dots}"/></pattern>`,
    `<rect width="${WIDTH}" height="${height}" fill="${color('surface')}"/>`,
    text(24, 32, title, strong),
    text(24, 54, finding, plain),
    text(LEFT, 84, skin?.decoration ?? chart.kinds.map((kind) => t[kind]).join(' · '), small),
    text(WIDTH - 24, 84, [chart.heads.rate, chart.heads.interval].filter(Boolean).join(', '), small + end),
    ...chart.rows.map(rowOf),
    ...lines.map((line, i) => text(24, below + i * LINE, line.trim(), small)),
    '</svg>',
  ].join('');
}

const round = (n: number): number => Math.round(n * 100) / 100;
