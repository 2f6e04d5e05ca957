import { html, render, type TemplateResult } from 'lit';
import './anatomy.ts';
import type { ElementPage } from './page.ts';

/** Draws a template in a place of the page. */
export function show(what: () => TemplateResult, place: HTMLElement | null): void {
  if (place !== null && !place.hasChildNodes()) render(what(), place);
}

/** The numbered picture of an element. */
export const anatomy =
  ({ figure, parts }: ElementPage) =>
  () =>
    html`<anatomy-figure .parts=${parts}>${figure()}</anatomy-figure>`;
