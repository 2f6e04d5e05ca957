import type { Words } from '../internal/locale/index.ts';
import type { Kind } from './geometry.ts';
import type { Chart, Row } from './model.ts';

/** Colours of a picture, as any CSS colour. */
export type Palette = Record<Kind | 'text' | 'muted' | 'surface' | 'flow' | 'recycledLine' | 'goneLine' | 'openLine', string>;

const WIDTH = 960;
const ROW = 52;
const BAR = 24;
const LEFT = 300;
const SPAN = 420;
const TOP = 96;

const safe = (text: string): string =>
  text.replace(/[<>&"'\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, (char) => (char < ' ' ? '' : `&#${char.charCodeAt(0)};`));

/** The chart as a picture that stands alone: no styles, scripts or fonts of a page. */
export function svgOf(chart: Chart, title: string, finding: string, palette: Palette, rtl: boolean, t: Words): string {
  const height = TOP + chart.rows.length * ROW + 24;
  const text = (x: number, y: number, words: string, size: number, fill: string, more = ''): string =>
    words === '' ? '' : `<text x="${mirrored(x)}" y="${y}" font-size="${size}" fill="${fill}"${more}>${safe(words)}</text>`;
  const mirrored = (x: number): number => (rtl ? WIDTH - x : x);
  const rect = (x: number, y: number, width: number, height: number, fill: string, stroke = 'none'): string =>
    `<rect x="${round(rtl ? WIDTH - x - width : x)}" y="${y}" width="${round(width)}" height="${height}" fill="${fill}" stroke="${stroke}"/>`;
  const end = ' text-anchor="end"';
  const fills: Record<Kind, string> = { advanced: palette.advanced, open: palette.open, recycled: 'url(#h)', gone: 'url(#d)' };
  const lines: Record<Kind, string> = { advanced: 'none', open: palette.openLine, recycled: palette.recycledLine, gone: palette.goneLine };
  const rowOf = (row: Row, i: number): string => {
    const y = TOP + i * ROW;
    const middle = y + ROW / 2;
    const { bar } = row;
    const beside = row.missing ?? [row.beside[0], row.beside[1]].filter((words) => words !== '').join(' · ');
    return [
      rect(LEFT, y, bar.inflow * SPAN, ROW / 2, palette.flow),
      rect(LEFT, middle, bar.outflow * SPAN, ROW / 2, palette.flow),
      ...bar.segments.map((s) => rect(LEFT + s.start * SPAN, middle - BAR / 2, s.size * SPAN, BAR, fills[s.kind], lines[s.kind])),
      text(24, middle - 2, row.stage.label, 15, palette.text, ' font-weight="600"'),
      text(24, middle + 15, row.under, 12, palette.muted),
      text(LEFT - 16, middle + 5, row.amount, 16, palette.text, ` font-weight="600"${end}`),
      bar.size < 0.55 ? text(LEFT + bar.size * SPAN + 12, middle + 4, beside, 12, palette.muted) : '',
      text(WIDTH - 24, middle - (row.rate?.interval === undefined ? -5 : 2), row.rate?.text ?? '', 16, palette.text, ` font-weight="600"${end}`),
      text(WIDTH - 24, middle + 15, row.rate?.interval ?? '', 12, palette.muted, end),
    ].join('');
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui,sans-serif" direction="${rtl ? 'rtl' : 'ltr'}" role="img" aria-label="${safe(`${title}. ${finding}`)}">`,
    `<defs><pattern id="h" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="${palette.recycled}"/><path d="M1 0v6" stroke="${palette.recycledLine}" stroke-width="1.3"/></pattern><pattern id="d" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill="${palette.gone}"/><circle cx="1" cy="1" r=".75" fill="${palette.goneLine}"/><circle cx="3" cy="3" r=".75" fill="${palette.goneLine}"/></pattern></defs>`,
    `<rect width="${WIDTH}" height="${height}" fill="${palette.surface}"/>`,
    text(24, 32, title, 14, palette.text, ' font-weight="600"'),
    text(24, 54, finding, 15, palette.text),
    text(LEFT, 84, chart.kinds.map((kind) => t[kind]).join(' · '), 12, palette.muted),
    text(WIDTH - 24, 84, [chart.heads.rate, chart.heads.interval].filter((head) => head !== '').join(', '), 12, palette.muted, end),
    ...chart.rows.map(rowOf),
    '</svg>',
  ].join('');
}

const round = (n: number): number => Math.round(n * 100) / 100;
