import { html } from 'lit';
import * as samples from '../../../../packages/elements/src/testing/funnel-samples.ts';
import { sourceOf } from '../../../../packages/elements/src/testing/story.ts';
import type { ElementPage } from './page.ts';

export const funnelPage: ElementPage = {
  intro:
    'From the first lead to the won deal in one picture. Marketing sees what became of its leads, sales where its opportunities came from, and both read the same definition under it.',
  figure: () =>
    html`<sama-funnel .source=${sourceOf(samples.maturing)} period="2026-Q1" compare="previous"></sama-funnel>`,
  parts: [
    { name: 'Finding', at: '.finding', says: 'The main result as a sentence, with its interval where it has one.' },
    {
      name: 'Choices',
      at: '.controls',
      says: 'Period, window, segment, comparison and lens, chosen within a sentence.',
    },
    {
      name: 'Owner',
      at: '.row.rail',
      says: 'Whose a stage is: start half marketing, end half sales, both halves shared.',
    },
    {
      name: 'Bar',
      at: '.seg.advanced',
      says: 'How many, by its length, from one common edge; solid are those who went on.',
    },
    {
      name: 'Still open',
      at: '.seg.open',
      says: 'Pale with an outline: neither on nor out yet, so a young cohort does not look lost.',
    },
    {
      name: 'Step rate',
      at: '.rate',
      says: 'The share that reached the next stage, its interval under it, and a clear change beside it.',
    },
    { name: 'Hand-off', at: '.seam', says: 'The seam between the teams, with the share decided in time.' },
    { name: 'Footer', at: '.foot', says: 'As of when, by which definition, and what else must be known.' },
  ],
  keys: [
    ['Tab', 'reaches the picture: one stop'],
    ['↑ ↓', 'go from stage to stage'],
    ['← →', 'go from the count to the rate, along the line'],
    ['Home, End', 'first and last stage'],
    ['Enter, Space', 'open what stands behind a number'],
    ['Esc', 'closes it again'],
  ],
  notes: 'The table of the same numbers is one button away, and its columns sort.',
  dos: [
    {
      words: 'Give a period that has ended or say how long each is followed; what is still open is drawn as such.',
      live: () => html`<sama-funnel density="compact" .data=${samples.maturing}></sama-funnel>`,
    },
    {
      words:
        'When somebody brings another number, open the stage and ask why it differs: by view, stage of entry, policies, period or version, each with what it adds, and what is left unexplained.',
    },
    { words: 'Link the definitions: `definition-href` leads from the footer to the page both teams agreed on.' },
  ],
  donts: [
    {
      words: 'Do not squeeze it into a column that leaves the bars no length: below 240 pixels a sentence says more.',
      live: () =>
        html`<div class="squeezed"><sama-funnel density="compact" .data=${samples.maturing}></sama-funnel></div>`,
    },
    { words: 'Do not set counts of one month beside those of another and call it a rate; ask for a cohort.' },
  ],
};
