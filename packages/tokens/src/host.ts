import { clampRgb, type Color, converter, formatHex, type Oklab, type Oklch, parse, wcagContrast } from 'culori';
import type { ColorName, Theme } from './index.ts';
import { lines, ramps } from './generated/lines.ts';
import { colors } from './generated/values.ts';

export { type Colors, type Contrast, contrastsOf } from './contrast.ts';

/** The colours a page maps, as CSS; what is left out is Sama's own. @public */
export interface Host {
  accent?: string | undefined;
  surface?: string | undefined;
  text?: string | undefined;
}

/** An accent as a page gives it, and what becomes of it. @public */
export interface AdjustedAccent {
  /** The page's colour, as `#rrggbb`. */
  given: string;
  /** What links and buttons are drawn in: the same hue in a lightness that can be read, with no more chroma than is calm. */
  text: string;
  /** What bars are drawn in. */
  mark: string;
  /** Contrast of the given colour with the surface, and of `text`: 1 to 21. */
  before: number;
  after: number;
  /** 4.5, and 7 in the contrast themes. */
  need: number;
  /** Whether the given colour could have been read. */
  readable: boolean;
  /** One sentence of English about it. */
  says: string;
}

const BLACK: Oklab = { mode: 'oklab', l: 0, a: 0, b: 0 };
const [labOf, lchOf, rgbOf] = [converter('oklab'), converter('oklch'), converter('rgb')];
const toLab = (hex: string): Oklab => labOf(hex) ?? BLACK;
const toLch = (hex: string): Oklch => lchOf(hex) ?? { mode: 'oklch', l: 0, c: 0 };

/** As a screen shows it: what it cannot show is clipped, as browsers do. */
const hexOf = (color: Color): string => formatHex(clampRgb(rgbOf(color) ?? BLACK));

function read(name: string, value: string): string {
  const color = parse(value);
  if (color === undefined)
    throw new RangeError(`${name}: "${value}" is no CSS colour; write one such as #146091 or oklch(0.47 0.1 243)`);
  return hexOf(color);
}

function mix(of: Oklab, percent: number, into: Oklab): string {
  const at = (channel: 'l' | 'a' | 'b'): number => into[channel] + ((of[channel] - into[channel]) * percent) / 100;
  return hexOf({ mode: 'oklab', l: at('l'), a: at('a'), b: at('b') });
}

/** What every token is in a theme, in the words of `fallbackLines` (emit.mjs). */
function rulesOf(theme: Theme): ReadonlyMap<string, string> {
  const named = `${lines}|${ramps}`.split('|').map((line): [string, string] => {
    const [name = '', light = '', dark = light, contrast = light] = line.split(';');
    const inDark = contrast.startsWith('var(') ? contrast : dark;
    return [name, { light, dark, contrast, 'contrast-dark': inDark }[theme]];
  });
  return new Map(named);
}

function isColor(name: string): name is ColorName {
  return name in colors.light;
}

/**
 * The colours an element is drawn in on a page with this mapping, as `#rrggbb`, by the rules of
 * `fallbackCss`. In the contrast themes only the accent counts.
 * Throws a `RangeError` for what is no colour, such as a `var()`.
 * @public
 */
export function hostColors(host: Host, theme: Theme): Record<ColorName, string> {
  const rules = rulesOf(theme);
  const mapped = theme.startsWith('contrast') ? { accent: host.accent } : host;
  const given = new Map(
    Object.entries(mapped).flatMap(([name, value]) => (value === undefined ? [] : [[name, read(name, value)]])),
  );
  const lab = (name: string): Oklab => toLab(valueOf(name));
  const valueOf = (name: string): string => {
    const rule = given.get(name) ?? rules.get(name) ?? '';
    if (rule.startsWith('#')) return rule;
    const [, other] = /^var\(--_([\w-]+)\)$/.exec(rule) ?? [];
    if (other !== undefined) return valueOf(other);
    const [lightness, maxChroma] = rule.split('/').map(Number);
    if (lightness !== undefined && maxChroma !== undefined) {
      const { c = 0, h = 0 } = toLch(valueOf('accent'));
      return hexOf({ mode: 'oklch', l: lightness, c: Math.min(c, maxChroma), h });
    }
    const [, black] = /#000 (\d+)%/.exec(rule) ?? [];
    return black === undefined
      ? mix(lab('text'), Number(rule), lab('surface'))
      : mix(BLACK, Number(black), lab('surface'));
  };
  const result: Record<ColorName, string> = { ...colors[theme] };
  for (const name of rules.keys()) if (isColor(name)) result[name] = formatHex(valueOf(name)) ?? result[name];
  return result;
}

/**
 * What becomes of a page's accent: its hue is kept, lightness is Sama's and chroma is capped, so that
 * links can be read and bars can be seen in any hue. `says` reports it.
 * Throws a `RangeError` for what is no colour.
 * @public
 */
export function adjustAccent(accent: string, theme: Theme = 'light', host: Omit<Host, 'accent'> = {}): AdjustedAccent {
  const given = read('accent', accent);
  const { surface, 'accent-ink': text, 'data-advanced': mark } = hostColors({ ...host, accent }, theme);
  const need = theme.startsWith('contrast') ? 7 : 4.5;
  const [before, after] = [wcagContrast(given, surface), wcagContrast(text, surface)];
  const readable = before >= need;
  const drawn = `links are drawn in ${text} (${ratioText(after)}) and bars in ${mark}, in the same hue`;
  const remedy =
    after >= need ? '' : '; that is not enough either: choose a lighter surface, or a dark one with the dark theme';
  const says = readable
    ? `${given} can be read on ${surface} (${ratioText(before)}); ${drawn}${remedy}.`
    : `${given} has ${ratioText(before)} on ${surface} and text needs ${ratioText(need)}, so ${drawn}${remedy}.`;
  return { given, text, mark, before, after, need, readable, says };
}

/** Never rounded up: 4.49 is not 4.5. */
function ratioText(ratio: number): string {
  return `${Math.floor(ratio * 10) / 10} : 1`;
}
