import { svg, type TemplateResult } from 'lit/html.js';

const icon = (body: TemplateResult, shape = ''): TemplateResult =>
  svg`<svg class="icon ${shape}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${body}</svg>`;
const ring = svg`<circle class="stroke" cx="8" cy="8" r="6.25"></circle>`;
const line = (d: string): TemplateResult => icon(svg`<path class="stroke" d=${d}></path>`);

export const tableIcon = (): TemplateResult => line('M2 2.5h12v11H2zM2 6.5h12m-7.5 0v7');
export const chartIcon = (): TemplateResult => line('M2.5 1.5v13M2.5 3.5h11M2.5 8h7M2.5 12.5h4');
export const moreIcon = (): TemplateResult =>
  icon(svg`${[3, 8, 13].map((x) => svg`<circle cx=${x} cy="8" r="1.1"></circle>`)}`);
export const chevronIcon = (): TemplateResult => line('M4.5 6.5 8 10l3.5-3.5');
export const crossIcon = (): TemplateResult => line('m3.5 3.5 9 9m0-9-9 9');
export const plugIcon = (): TemplateResult => line('M5.5 1.5v3.5m5-3.5v3.5M3.5 5h9v2.5a4.5 4.5 0 0 1-9 0zM8 12v3');
/** The shapes of the states: a disc for good, a square for bad, a triangle for a warning, a ring for a note, half of it for what is not finished. */
export const okIcon = (): TemplateResult =>
  icon(
    svg`<path fill-rule="evenodd" d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm-1.1 10.2L3.7 8l1.1-1.1 2.1 2.1 4.3-4.3 1.1 1.1z"></path>`,
    'ok',
  );
export const badIcon = (): TemplateResult => icon(svg`<path d="M2 2h12v12H2zm4.2 3.2v5.6h3.6V5.2z"></path>`, 'bad');
export const warnIcon = (): TemplateResult =>
  icon(svg`<path fill-rule="evenodd" d="M8 1.5 15.2 14H.8zM7.3 6v4.2h1.4V6zm0 5.2v1.4h1.4v-1.4z"></path>`, 'warn');
export const noteIcon = (): TemplateResult => icon(svg`${ring}<path class="stroke" d="M5 8h6"></path>`);
export const halfIcon = (): TemplateResult => icon(svg`${ring}<path d="M8 4v8a4 4 0 0 0 0-8z"></path>`);
export const checkIcon = (): TemplateResult => line('m2.5 8.5 3.5 3.5 7.5-8');
export const filterIcon = (): TemplateResult => line('M1.5 4h13M4 8h8m-5.5 4h3');
export const backIcon = (): TemplateResult => line('M13.5 8h-11m4.5-4.5L2.5 8 7 12.5');
export const searchIcon = (): TemplateResult => line('M10.5 10.5 14 14M12 7A5 5 0 1 1 2 7a5 5 0 0 1 10 0z');
export const copyIcon = (): TemplateResult => line('M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3');
