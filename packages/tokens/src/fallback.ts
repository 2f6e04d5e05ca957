import { lines } from './generated/lines.ts';

/**
 * Style rules for the class `sama` of a shadow root: every colour as a private custom property
 * `--_name` that takes the page's `--sama-name`, else a literal. Colours follow the page's
 * `color-scheme` and `--sama-accent`, and the reader's wish for more contrast, where the browser
 * knows how; else they are those of the light theme.
 */
export const fallbackCss: string = rules();

function rules(): string {
  let [plain, themed, contrasting] = ['', '', ''];
  for (const line of lines.split('|')) {
    const [name = '', light = '', dark, contrast, literal = light] = line.split(' ');
    const declare = (value: string): string => `--_${name}:var(--sama-${name},${value});`;
    const follow = (here: string | undefined): string => declare(`light-dark(${colorOf(here)},${colorOf(dark)})`);
    plain += declare(literal);
    if (dark === undefined) continue;
    themed += follow(light);
    if (contrast !== light) contrasting += follow(contrast);
  }
  return `.sama{${plain}}@supports (color:light-dark(red,red)) and (color:oklch(from red l c h)){.sama{${themed}}@media (prefers-contrast:more){.sama{${contrasting}}}}`;
}

/** A hex as it is; `lightness/chroma` with the hue of the page's accent, its chroma capped. */
function colorOf(value = ''): string {
  const [lightness, chroma] = value.split('/');
  return chroma === undefined ? value : `oklch(from var(--_accent) ${lightness} min(c,${chroma}) h)`;
}
