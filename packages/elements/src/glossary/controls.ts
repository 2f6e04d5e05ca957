import { html, nothing, type TemplateResult } from 'lit/html.js';
import { menuTemplate } from '../internal/frame.ts';
import { copyIcon, crossIcon, searchIcon } from '../internal/icons.ts';
import type { Later } from '../internal/later.ts';
import { filled, pickTemplate } from '../internal/pick.ts';
import type { GlossaryWords } from '../locale/index.ts';
import type { Exporter } from './actions.ts';
import type { Desk } from './glossary-desk-part.ts';
import type { Order, Which } from './list.ts';
import type { Found } from './search.ts';

/** What is looked for, and in which order. */
export interface Looking {
  query: string;
  found: Found;
  which: Which;
  order: Order;
  /** Whether there are stages to order by. */
  staged: boolean;
  /** What is said when it has been looked for. */
  count: string;
  onSearch(query: string): void;
  onWhich(which: Which): void;
  onOrder(order: Order): void;
  t: GlossaryWords;
}

/** The search, which says what to say in place of a word that is not agreed, and the list as a sentence. */
export function searchTemplate(looking: Looking): TemplateResult {
  const { query, found, which, order, staged, count, onSearch, onWhich, onOrder, t } = looking;
  const { redirect } = found;
  const isWhich = (value: string): value is Which => value in t.which;
  return html`<div class="search" role="search">
      ${searchIcon()}<input
        type="search"
        autocomplete="off"
        spellcheck="false"
        maxlength="200"
        aria-label=${t.searchTerms}
        placeholder=${t.searchTerms}
        .value=${query}
        @input=${({ target }: Event) => target instanceof HTMLInputElement && onSearch(target.value)}
      /><span class="say" role="status"
        >${redirect === undefined ? html`<span class="vh">${query === '' ? '' : count}</span>` : sayTemplate(redirect, t)}</span
      >
    </div>
    <p class="controls">
      ${filled<TemplateResult>(t.termSentence, {
        which: () =>
          pickTemplate(
            t.whichLabel,
            t.which[which],
            which,
            Object.entries(t.which).map(([value, text]) => ({ value, text })),
            (value) => isWhich(value) && onWhich(value),
          ),
        order: () =>
          pickTemplate(
            t.orderLabel,
            order === 'stage' ? t.byStage : t.byName,
            order,
            staged
              ? [
                  { value: 'name', text: t.byName },
                  { value: 'stage', text: t.byStage },
                ]
              : [],
            (value) => onOrder(value === 'stage' ? 'stage' : 'name'),
          ),
      })}
    </p>`;
}

const sayTemplate = ({ word, say, note }: NonNullable<Found['redirect']>, t: GlossaryWords): TemplateResult =>
  html`${t.sayInstead(word)} <b>${say}</b>${note === undefined ? nothing : html` <small>(${note})</small>`}`;

/** What can be done with all terms. */
export const toolsTemplate = (
  later: Later<Desk>,
  t: GlossaryWords,
  narrow: boolean,
  host: Exporter,
  title: string,
): TemplateResult =>
  html`<div class="actions">
    ${menuTemplate(
      later,
      t,
      ({ exportsOf }) => exportsOf(host, title, t),
      html`${copyIcon()}${narrow ? nothing : html`<span>${t.exportAs}</span>`}`,
      t.exportAs,
    )}
  </div>`;

/** What stands in place of a list that has nothing. */
export const nothingTemplate = (query: string, t: GlossaryWords, clear: () => void): TemplateResult =>
  html`<p class="finding">${query === '' ? t.nothingMatches('') : t.noTerm(query)}</p>
    <button class="button" @click=${clear}>${crossIcon()}${t.clearSearch}</button>`;
