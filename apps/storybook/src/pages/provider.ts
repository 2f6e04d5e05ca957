import { html } from 'lit';
import '@sama/elements/filter/define';
import '@sama/elements/kpi/define';
import '@sama/elements/provider/define';
import { healthy } from '../../../../packages/elements/src/testing/funnel-samples.ts';
import { provided } from '../../../../packages/elements/src/testing/provided.ts';
import { sourceOf } from '../../../../packages/elements/src/testing/story.ts';
import type { ElementPage } from './page.ts';

const sentence = () => html`<sama-filter .source=${sourceOf(healthy)}></sama-filter>`;

export const providerPage: ElementPage = {
  intro:
    'Says once for a page where the numbers are, for which period and segment, and how they look. It draws nothing of its own; without it every widget still works alone.',
  figure: () => provided(html`<sama-filter></sama-filter><sama-kpi kpi="mqls"></sama-kpi>`),
  parts: [
    { name: 'A filter in it', at: '.controls', says: 'Chooses for all: the provider takes what is chosen.' },
    { name: 'A widget in it', at: '.value', says: 'Needs no source of its own; what it says itself wins.' },
  ],
  keys: [],
  notes: 'It takes no focus and has no keys.',
  dos: [
    {
      words: 'Put one around all widgets of a page: they share one connection and each question is asked once.',
      live: () =>
        provided(
          html`<sama-filter></sama-filter><sama-kpi kpi="mqls"></sama-kpi><sama-kpi kpi="acceptance"></sama-kpi>`,
        ),
    },
  ],
  donts: [
    {
      words: 'Do not wrap each widget into one of its own; a choice would reach one of them.',
      live: () =>
        html`${provided(html`<sama-filter></sama-filter><sama-kpi kpi="mqls"></sama-kpi>`)}${provided(
          html`<sama-kpi kpi="acceptance"></sama-kpi>`,
        )}`,
    },
    { words: 'Do not write a server’s key into the page. `fetchToken` asks your server for a short-lived token.' },
  ],
};

export const filterPage: ElementPage = {
  intro:
    'The choices of a page as one sentence. In a provider it sets them for all widgets there; alone it tells the page.',
  figure: sentence,
  parts: [{ name: 'Pickers', at: '.pick', says: 'Underlined words of the sentence; each opens a list.' }],
  keys: [
    ['Tab', 'goes from choice to choice'],
    ['↑ ↓, a letter', 'choose, as in any list of the browser'],
  ],
  dos: [{ words: 'Offer what the page can answer: `choices` names the parts of the sentence.', live: sentence }],
  donts: [
    {
      words: 'Do not offer the same choice twice on a page.',
      live: () => provided(html`<sama-filter></sama-filter><sama-filter></sama-filter>`),
    },
  ],
};
