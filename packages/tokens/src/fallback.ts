import { lines } from './generated/lines.ts';

/** Colours that lie under others. */
const FILLS = /^on|soft|surface|flow|(open|recycled|lost)$/;

/**
 * Style rules for the class `sama` of a shadow root: every colour as a private custom property
 * `--_name` that takes the page's `--sama-name`, else a literal. Colours follow the page's
 * `color-scheme` and `--sama-accent`, and the reader's wish for more contrast; on paper they are the
 * greys of the light theme whatever the page sets, and where the system forces colours its own.
 * Needs `light-dark()` and relative colours, which every browser has had since July 2024.
 * @public
 */
export const fallbackCss: string = rules();

function rules(): string {
  let [themed, contrasting, paper, forced] = ['', '', '', ''];
  for (const line of lines.split('|')) {
    const [name = '', light = '', dark, contrast] = line.split(' ');
    const declare = (here: string | undefined): string =>
      `--_${name}:var(--sama-${name},${dark === undefined ? light : `light-dark(${colorOf(here)},${colorOf(dark)})`});`;
    themed += declare(light);
    if ((contrast ?? light) !== light) contrasting += declare(contrast);
    if (dark === undefined) continue;
    paper += `--_${name}:oklch(from ${colorOf(light)} l 0 0);`;
    forced += `--_${name}:Canvas${FILLS.test(name) ? '' : 'Text'};`;
  }
  return `.sama{${themed}}@media (prefers-contrast:more){.sama{${contrasting}}}@media print{.sama{${paper}}}@media (forced-colors:active){.sama{${forced}}}`;
}

/** A hex as it is; `lightness/chroma` with the hue of the page's accent, its chroma capped. */
function colorOf(value = ''): string {
  const [lightness, chroma] = value.split('/');
  return chroma === undefined ? value : `oklch(from var(--_accent) ${lightness} min(c,${chroma}) h)`;
}
