import { html } from 'lit';
import { glossaryDesk } from '../../../../packages/elements/src/testing/glossary-desk.ts';
import type { ElementPage } from './page.ts';

const desk = () => glossaryDesk().source('dana');

export const glossaryPage: ElementPage = {
  intro:
    'The words both teams agreed on, who agreed and when, and what a change would do. A word not to say leads to the one to say.',
  figure: () => html`<sama-glossary term="mql" .source=${desk()}></sama-glossary>`,
  parts: [
    { name: 'Search', at: '.search', says: 'Finds terms, their synonyms, and words not to say.' },
    { name: 'List', at: '.list', says: 'By name or by stage, each with how far it is agreed.' },
    { name: 'Definition', at: '.definition', says: 'At reading size, in the words agreed on.' },
    { name: 'Criteria', at: '.d0', says: 'When it is true, as sentences; what a proposal adds is marked.' },
    { name: 'Approvals', at: '.votes', says: 'A row for each team, with the action where one is due.' },
    { name: 'Used by', at: '.uses', says: 'Stages and figures that stand on the term.' },
    { name: 'Footer', at: '.foot', says: 'How many terms there are, how many agreed, and as of when.' },
  ],
  keys: [
    ['Tab', 'goes from the search to the list: one stop'],
    ['↑ ↓, Home, End', 'go through the terms'],
    ['A letter', 'goes to the next term that begins with it'],
    ['Enter', 'from the search to the first term found; in the list to its definition'],
    ['Esc', 'leaves a form, or the definition for the list'],
  ],
  dos: [
    {
      words: 'Let people search by the words they say. They are led to the agreed one.',
      live: () => html`<sama-glossary density="compact" search="hot lead" .source=${desk()}></sama-glossary>`,
    },
    { words: 'Put terms into texts by `<sama-term>`, and lead from there to one page with the glossary.' },
  ],
  donts: [
    {
      words: 'Do not copy definitions into a page of your own. A list of the page has no approvals and grows old.',
      live: () =>
        html`<sama-glossary density="compact">
          <dl>
            <dt>MQL</dt>
            <dd>A lead worth a salesperson’s time now.</dd>
          </dl>
        </sama-glossary>`,
    },
  ],
};

export const termPage: ElementPage = {
  intro: 'A word in a running text whose meaning is one step away, by click, focus or hover.',
  figure: () => html`<p>Sales accepted seven in ten <sama-term key="mql" .source=${desk()}>MQLs</sama-term>.</p>`,
  parts: [
    { name: 'Word', at: '.word', says: 'In the type of the text, with a dotted line; the card opens beside it.' },
  ],
  keys: [
    ['Tab', 'reaches the word and opens its card'],
    ['Enter, Space', 'open and close it'],
    ['Esc', 'closes it; the focus stays'],
  ],
  dos: [
    {
      words: 'Mark a term where it first stands in a text.',
      live: () =>
        html`<p>
          An <sama-term key="mql" .source=${desk()}>MQL</sama-term> has shown interest. Not every MQL becomes a deal.
        </p>`,
    },
  ],
  donts: [
    {
      words: 'Do not mark each time; a page of dotted lines is hard to read.',
      live: () =>
        html`<p>
          An <sama-term key="mql" .source=${desk()}>MQL</sama-term> is no
          <sama-term key="sal" .source=${desk()}>SAL</sama-term>; an
          <sama-term key="mql" .source=${desk()}>MQL</sama-term> becomes a
          <sama-term key="sal" .source=${desk()}>SAL</sama-term>.
        </p>`,
    },
  ],
};
