import { estimatedWidth } from '../internal/estimate.ts';
import type { Formats } from '../internal/format.ts';
import { svgText } from '../internal/svg-text.ts';
import type { ScorecardWords } from '../locale/index.ts';
import type { StatusText, Tile } from './model.ts';
import { HEIGHT as SPARK_HEIGHT, WIDTH as SPARK_WIDTH } from './spark.ts';

/** What a picture of KPIs says and looks like. */
interface Looks {
  title: string;
  f: Formats;
  t: ScorecardWords;
  /** The colour of a token. */
  color: (token: string) => string;
  rtl: boolean;
  /** Whether lines from the right end where they would begin. */
  undirected: boolean;
}

/** Lengths in CSS pixels. */
const WIDTH = 960;
const [COLUMNS, GAP, PAD, TOP, HIGH, FOOT] = [3, 16, 16, 64, 168, 28];
const WIDE = (WIDTH - GAP * (COLUMNS + 1)) / COLUMNS;
const INSIDE = WIDE - 2 * PAD;
/** Estimates are of fonts narrower than some. */
const WIDER = 1.15;

/** The shapes of the states, 12 × 12: a disc, a triangle, a square, a half. */
const SHAPES = {
  ok: '<circle cx="6" cy="6" r="5.5"/>',
  warn: '<path d="M6 .5 12 11.5H0z"/>',
  bad: '<path d="M.5.5h11v11H.5z"/>',
  half: '<circle cx="6" cy="6" r="5" fill="none" stroke="currentColor"/><path d="M6 1v10A5 5 0 0 0 6 1z"/>',
};
const MARKS = { ok: 'ok-mark', warn: 'warn-mark', bad: 'bad-mark', half: 'neutral-mark' };
const INKS = { ok: 'ok', warn: 'warn', bad: 'bad', half: 'text-muted', '': 'text-muted' };

/**
 * KPIs as a picture that stands alone, without styles, scripts or fonts of a page: each with its owner, value, target,
 * trend, what changed, how it stands and of which version its definition is; and the same in words.
 */
export function tilesPicture(
  tiles: readonly Tile[],
  dataTo: string | undefined,
  { title, f, t, color, rtl, undirected }: Looks,
): { svg: string; alt: string } {
  const asOf = dataTo === undefined ? '' : t.asOf(f.date(dataTo, true));
  const alt = [`${title}.`, `${tiles.map(({ spoken }) => spoken).join('; ')}.`, asOf && `${asOf}.`]
    .filter(Boolean)
    .join(' ');
  const rows = Math.ceil(tiles.length / COLUMNS);
  const height = TOP + rows * (HIGH + GAP) + FOOT;
  const turned = rtl && undirected;
  const far = ` text-anchor="${turned ? 'start' : 'end'}"`;
  const small = `font-size="13" fill="${color('text-muted')}"`;
  const strong = `font-size="14" font-weight="600" fill="${color('text')}"`;
  /** Where something begins that is so wide, counted from the side that lines begin at. */
  const at = (x: number, wide = 0): number => (rtl ? WIDTH - x - wide : x);
  const text = (x: number, y: number, words: string, style: string): string =>
    words === '' ? '' : `<text x="${at(x)}" y="${y}" ${style}>${svgText(words)}</text>`;

  const stateOf = ({ tone, text: words }: StatusText, x: number, y: number): string => {
    const ink = `font-size="13" font-weight="600" fill="${color(INKS[tone])}"`;
    if (tone === '') return text(x, y, words, ink);
    const mark = color(MARKS[tone]);
    const shape = SHAPES[tone].replace('currentColor', mark);
    return `<g fill="${mark}" transform="translate(${at(x, 12)} ${y - 11})">${shape}</g>${text(x + 20, y, words, ink)}`;
  };
  const trendOf = ({ spark, change }: Tile, x: number, y: number): string => {
    const beside = spark === null ? 0 : SPARK_WIDTH + 12;
    const [first = '', second = ''] = lines(change, 13, INSIDE - beside);
    const middle = y + SPARK_HEIGHT / 2 + 4;
    const said =
      second === ''
        ? text(x + beside, middle, first, small)
        : text(x + beside, middle - 8, first, small) + text(x + beside, middle + 9, second, small);
    if (spark === null) return said;
    const { due, line, end } = spark;
    const ink = color('data-advanced');
    const aim =
      due === '' ? '' : `<path d="${due}" fill="none" stroke="${color('neutral-mark')}" stroke-dasharray="3 3"/>`;
    return `<g transform="translate(${at(x, SPARK_WIDTH)} ${y})">${aim}<path d="${line}" fill="none" stroke="${ink}" stroke-width="1.75"/><circle cx="${end.x}" cy="${end.y}" r="2.5" fill="${ink}"/></g>${said}`;
  };
  const tileOf = (tile: Tile, i: number): string => {
    const left = GAP + (i % COLUMNS) * (WIDE + GAP);
    const top = TOP + Math.floor(i / COLUMNS) * (HIGH + GAP);
    const [x, end] = [left + PAD, left + WIDE - PAD];
    const owner = estimatedWidth(tile.ownerText, 400) * 13 * WIDER;
    const number = `<tspan font-size="26" font-weight="600" fill="${color('text')}">${svgText(tile.value)}</tspan>`;
    const unit = tile.unit === '' ? '' : `<tspan ${small}> ${svgText(tile.unit)}</tspan>`;
    return [
      `<rect x="${at(left, WIDE)}" y="${top}" width="${WIDE}" height="${HIGH}" rx="6" fill="${color('surface')}" stroke="${color('border')}"/>`,
      text(x, top + 26, shortened(tile.name, 14, INSIDE, 600), strong),
      `<text x="${at(x)}" y="${top + 60}">${number}${unit}</text>`,
      text(x, top + 84, shortened(tile.goal, 13, INSIDE - owner - 12), small),
      text(end, top + 84, tile.ownerText, small + far),
      trendOf(tile, x, top + 96),
      stateOf(tile.status, x, top + 152),
      text(end, top + 152, tile.version, small + far),
    ].join('');
  };
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui,sans-serif" direction="${rtl && !turned ? 'rtl' : 'ltr'}" text-anchor="${turned ? 'end' : 'start'}" role="img" aria-label="${svgText(alt)}">`,
    `<rect width="${WIDTH}" height="${height}" fill="${color('surface')}"/>`,
    text(
      GAP,
      38,
      shortened(title, 18, WIDTH - 2 * GAP, 600),
      `font-size="18" font-weight="600" fill="${color('text')}"`,
    ),
    ...tiles.map(tileOf),
    text(GAP, height - 14, asOf, small),
    '</svg>',
  ].join('');
  return { svg, alt };
}

/** A text as one line of a width in CSS pixels, or as two, broken between words. */
function lines(text: string, size: number, width: number): string[] {
  const words = text.split(' ');
  const fits = (count: number): boolean => estimatedWidth(words.slice(0, count).join(' '), 400) <= width / size / WIDER;
  let first = words.length;
  while (first > 1 && !fits(first)) first -= 1;
  const rest = words.slice(first).join(' ');
  return [words.slice(0, first).join(' '), ...(rest === '' ? [] : [rest])].map((line) => shortened(line, size, width));
}

/** A text that fits a width in CSS pixels. */
function shortened(text: string, size: number, width: number, weight = 400): string {
  const room = width / size / WIDER;
  if (estimatedWidth(text, weight) <= room) return text;
  const letters = Array.from(text);
  while (letters.length > 0 && estimatedWidth(`${letters.join('')}…`, weight) > room) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}
