import { escapeHtml } from './escape.ts';
import { estimatedWidth } from './estimate.ts';

/** A number and what it is of, as a picture shows them. */
interface Tile {
  label: string;
  value: string;
  unit: string;
}

interface Looks {
  title: string;
  /** What the picture says in words. */
  alt: string;
  color: (token: string) => string;
  rtl: boolean;
  /** Whether lines from the right end where they would begin. */
  undirected: boolean;
}

/** Lengths in CSS pixels. */
const WIDTH = 960;
const COLUMNS = 3;
const [GAP, TOP, HIGH] = [16, 64, 92];
const WIDE = (WIDTH - GAP * (COLUMNS + 1)) / COLUMNS;
const LABEL = 14;

/** Numbers in tiles, as a picture that stands alone. */
export function tilesSvg(tiles: readonly Tile[], { title, alt, color, rtl, undirected }: Looks): string {
  const height = TOP + Math.ceil(tiles.length / COLUMNS) * (HIGH + GAP);
  const turned = rtl && undirected;
  const text = (x: number, y: number, words: string, style: string): string =>
    `<text x="${rtl ? WIDTH - x : x}" y="${y}" ${style}>${escapeHtml(words)}</text>`;
  const tileOf = ({ label, value, unit }: Tile, i: number): string => {
    const x = GAP + (i % COLUMNS) * (WIDE + GAP);
    const y = TOP + Math.floor(i / COLUMNS) * (HIGH + GAP);
    const left = rtl ? WIDTH - x - WIDE : x;
    const box = `<rect x="${left}" y="${y}" width="${WIDE}" height="${HIGH}" rx="6" fill="${color('surface')}" stroke="${color('border')}"/>`;
    const small = `font-size="${LABEL}" fill="${color('text-muted')}"`;
    const number = `<tspan font-size="28" font-weight="600" fill="${color('text')}">${escapeHtml(value)}</tspan>`;
    const words = unit === '' ? number : `${number}<tspan ${small}> ${escapeHtml(unit)}</tspan>`;
    return `${box}${text(x + GAP, y + 30, shortened(label), small)}<text x="${rtl ? WIDTH - x - GAP : x + GAP}" y="${y + 70}">${words}</text>`;
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui,sans-serif" direction="${rtl && !turned ? 'rtl' : 'ltr'}" text-anchor="${turned ? 'end' : 'start'}" role="img" aria-label="${escapeHtml(alt)}">`,
    `<rect width="${WIDTH}" height="${height}" fill="${color('surface')}"/>`,
    text(GAP, 38, title, `font-size="18" font-weight="600" fill="${color('text')}"`),
    ...tiles.map(tileOf),
    '</svg>',
  ].join('');
}

/** Estimates are of fonts narrower than some. */
const WIDER = 1.15;

/** A label that fits its tile. */
function shortened(label: string): string {
  const room = (WIDE - 2 * GAP) / LABEL / WIDER;
  if (estimatedWidth(label, 400) <= room) return label;
  const letters = Array.from(label);
  while (letters.length > 0 && estimatedWidth(`${letters.join('')}…`, 400) > room) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}
