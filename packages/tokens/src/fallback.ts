import { lines } from './generated/lines.ts';

/**
 * Style rules for the class `sama` of a shadow root: every token as a private custom property
 * `--_name` that takes the page's `--sama-name`, else its own value. Colours follow the page's
 * `color-scheme`, `--sama-accent`, `--sama-surface` and `--sama-text`. With the reader's wish for more
 * contrast, or the class `contrast` beside, only the accent's hue is the page's; on paper colours are the
 * greys of the light theme whatever the page sets, and where the system forces colours its own.
 * Needs `light-dark()` and relative colours, which every browser has had since July 2024.
 * @public
 */
export const fallbackCss: string = rules();

function rules(): string {
  let [all, more, compact, paper, forced] = ['', '', '', '', ''];
  for (const line of lines.split('|')) {
    const [name = '', light = '', dark, contrast, dense] = line.split(';');
    const set = (value: string): string => `--_${name}:${value};`;
    const pair = (here: string, there = dark): string =>
      there ? `light-dark(${valueOf(here)},${valueOf(there)})` : valueOf(here);
    all += set(`var(--sama-${name},${pair(light)})`);
    if (contrast) more += set(pair(contrast, contrast.startsWith('v') ? contrast : dark));
    if (dense) compact += set(dense);
    if (dark) {
      paper += set(`oklch(from ${valueOf(light)} l 0 0)`);
      // What lies under others is there the surface itself.
      forced += set(`Canvas${/surface/.test(name + contrast) ? '' : 'Text'}`);
    } else if (contrast) forced += set(contrast);
  }
  // Paper and the system weigh more than a theme, and come after it.
  return `:host{font-family:var(--sama-font,inherit)}.sama{${all}}.sama.compact{${compact}}@media(prefers-contrast:more){.sama{${more}}}.sama.contrast{${more}}@media print{.sama.sama.sama{${paper}}}@media(forced-colors:active){.sama.sama.sama{${forced}}}`;
}

/** The CSS of a value; `fallbackLines` in emit.mjs says how it is written. */
function valueOf(value: string): string {
  const [lightness, chroma] = value.split('/');
  return chroma
    ? `oklch(from var(--_accent) ${lightness} min(c,${chroma}) h)`
    : Number(value)
      ? `color-mix(in oklab,var(--_text) ${value}%,var(--_surface))`
      : value;
}
