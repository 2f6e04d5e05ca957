import type { Words } from '../internal/locale/index.ts';
import type { Kind } from './geometry.ts';
import type { Chart, Row } from './model.ts';

const WIDTH = 960;
const ROW = 52;
const BAR = 24;
const LEFT = 300;
const SPAN = 420;
const TOP = 96;

const safe = (text: string): string =>
  text.replace(/\p{Cc}/gu, '').replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);

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
  t: Words,
): string {
  const [ink, muted, flow, hatch, dots] = [
    'text',
    'text-muted',
    'data-flow',
    'data-recycled-line',
    'data-lost-line',
  ].map(color);
  const height = TOP + chart.rows.length * ROW + 24;
  const text = (x: number, y: number, words: string, size: number, fill: string | undefined, more = ''): string =>
    words === ''
      ? ''
      : `<text x="${mirrored(x)}" y="${y}" font-size="${size}" fill="${fill}"${more}>${safe(words)}</text>`;
  const mirrored = (x: number): number => (rtl ? WIDTH - x : x);
  const rect = (
    x: number,
    y: number,
    width: number,
    height: number,
    fill: string | undefined,
    stroke: string | undefined = 'none',
  ): string =>
    `<rect x="${round(rtl ? WIDTH - x - width : x)}" y="${y}" width="${round(width)}" height="${height}" fill="${fill}" stroke="${stroke}"/>`;
  const end = ` text-anchor="${turned ? 'start' : 'end'}"`;
  const fills: Record<Kind, string> = {
    advanced: color('data-advanced'),
    open: color('data-open'),
    recycled: 'url(#h)',
    gone: 'url(#d)',
  };
  const lines: Record<Kind, string | undefined> = {
    advanced: 'none',
    open: color('data-open-line'),
    recycled: hatch,
    gone: dots,
  };
  const rowOf = (row: Row, i: number): string => {
    const y = TOP + i * ROW;
    const middle = y + ROW / 2;
    const { bar } = row;
    const beside = row.missing ?? [row.beside[0], row.beside[1]].filter((words) => words !== '').join(' · ');
    return [
      rect(LEFT, y, bar.inflow * SPAN, ROW / 2, flow),
      rect(LEFT, middle, bar.outflow * SPAN, ROW / 2, flow),
      ...bar.segments.map((s) =>
        rect(LEFT + s.start * SPAN, middle - BAR / 2, s.size * SPAN, BAR, fills[s.kind], lines[s.kind]),
      ),
      text(24, middle - 2, row.stage.label, 15, ink, ' font-weight="600"'),
      text(24, middle + 15, row.under, 12, muted),
      text(LEFT - 16, middle + 5, row.amount, 16, ink, ` font-weight="600"${end}`),
      bar.size < 0.55 ? text(LEFT + bar.size * SPAN + 12, middle + 4, beside, 12, muted) : '',
      text(
        WIDTH - 24,
        middle - (row.rate?.interval === undefined ? -5 : 2),
        row.rate?.text ?? '',
        16,
        ink,
        ` font-weight="600"${end}`,
      ),
      text(WIDTH - 24, middle + 15, row.rate?.interval ?? '', 12, muted, end),
    ].join('');
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui,sans-serif" direction="${rtl === turned ? 'ltr' : 'rtl'}" text-anchor="${turned ? 'end' : 'start'}" role="img" aria-label="${safe(`${title}. ${finding}`)}">`,
    `<defs><pattern id="h" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="${color('data-recycled')}"/><path d="M1 0v6" stroke="${hatch}" stroke-width="1.3"/></pattern><pattern id="d" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill="${color('data-lost')}"/><circle cx="1" cy="1" r=".75" fill="${dots}"/><circle cx="3" cy="3" r=".75" fill="${dots}"/></pattern></defs>`,
    `<rect width="${WIDTH}" height="${height}" fill="${color('surface')}"/>`,
    text(24, 32, title, 14, ink, ' font-weight="600"'),
    text(24, 54, finding, 15, ink),
    text(LEFT, 84, chart.kinds.map((kind) => t[kind]).join(' · '), 12, muted),
    text(
      WIDTH - 24,
      84,
      [chart.heads.rate, chart.heads.interval].filter((head) => head !== '').join(', '),
      12,
      muted,
      end,
    ),
    ...chart.rows.map(rowOf),
    '</svg>',
  ].join('');
}

const round = (n: number): number => Math.round(n * 100) / 100;
