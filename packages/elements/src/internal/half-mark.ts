import type { Owner } from '@sama/metrics/contracts';
import { svg, type TemplateResult } from 'lit/html.js';

const HALVES: Partial<Record<string, TemplateResult>> = {
  marketing: svg`<path d="M8 2a6 6 0 0 0 0 12z"></path>`,
  sales: svg`<path d="M8 2a6 6 0 0 1 0 12z"></path>`,
  both: svg`<path d="M7.3 2a6 6 0 0 0 0 12zM8.7 2a6 6 0 0 1 0 12z"></path>`,
  'customer-success': svg`<circle cx="8" cy="8" r="2.6"></circle>`,
};

/** Whose something is: the start half marketing's, the end half sales', both shared. Says nothing; words stand beside it. */
export const halfMark = (owner: Owner | 'both' | undefined): TemplateResult =>
  svg`<svg class="icon half" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><circle class="stroke" cx="8" cy="8" r="6.25"></circle>${HALVES[owner ?? ''] ?? svg`<path d="M3 7h10v2H3z"></path>`}</svg>`;
