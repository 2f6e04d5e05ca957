import { html } from 'lit';
import { envelopeOf, answerOf, healthy, samples } from '../../../../packages/elements/src/testing/kpi-samples.ts';
import { choices, small } from '../../../../packages/elements/src/testing/kpi-states.ts';
import { sourceOf } from '../../../../packages/elements/src/testing/story.ts';
import type { ElementPage } from './page.ts';

const MARKS: ElementPage['keys'] = [
  ['Tab', 'reaches the figures: one stop'],
  ['↑ ↓ ← →', 'go from figure to figure, and to its trend'],
  ['Home, End', 'first and last'],
  ['Enter, Space', 'tell the page which figure was chosen'],
];

export const scorecardPage: ElementPage = {
  intro:
    'Six to eight figures both teams answer for, for whoever leads them: are we on pace, where do we leak, does each side keep its promise? Volume stands with quality, cost with win rate, speed with compliance.',
  figure: () =>
    html`<sama-scorecard .source=${sourceOf(choices)} period="2026-Q2" compare="previous"></sama-scorecard>`,
  parts: [
    { name: 'Finding', at: '.finding', says: 'Pace, what is at risk, and the clearest change, as one sentence.' },
    {
      name: 'North star',
      at: '.star',
      says: 'The figure above all, its bar towards the target, and where today should be.',
    },
    { name: 'Promises', at: '.promises', says: 'What each team promised the other: two columns, equal in everything.' },
    { name: 'Pair', at: '.pair', says: 'Two figures that keep each other honest.' },
    {
      name: 'Figure',
      at: '.kpi:not(.star, .promise) .value',
      says: 'The value, its unit smaller, its owner beside the name.',
    },
    { name: 'Trend', at: '.kpi:not(.star, .promise) .spark', says: 'Its course, with the target as a dashed line.' },
    { name: 'Status', at: '.kpi:not(.star, .promise) .status', says: 'In words and a shape, never by colour alone.' },
    { name: 'Footer', at: '.foot', says: 'As of when, and how many definitions both teams agreed to.' },
  ],
  keys: MARKS,
  dos: [
    {
      words: 'Show figures in pairs, so that nobody wins by volume alone.',
      live: () =>
        html`<sama-scorecard density="compact" .data=${envelopeOf(answerOf(samples.slice(0, 5)))}></sama-scorecard>`,
    },
    { words: 'Print it: the card takes one page.' },
  ],
  donts: [
    {
      words: 'Do not judge by a handful of cases. They are shown with their interval, and muted.',
      live: () => html`<sama-scorecard density="compact" .data=${small}></sama-scorecard>`,
    },
    { words: 'Do not add a figure that leads to no revenue; the linter of definitions refuses it.' },
  ],
};

export const kpiPage: ElementPage = {
  intro: 'One figure of the scorecard, for a page that has room or need for one.',
  figure: () => html`<sama-kpi kpi="acceptance" .data=${healthy}></sama-kpi>`,
  parts: [
    { name: 'Name', at: '.name', says: 'What is measured, with whose it is.' },
    { name: 'Value', at: '.value', says: 'The figure, its unit smaller and muted.' },
    { name: 'Trend', at: '.spark', says: 'Its course, with the target as a dashed line.' },
    { name: 'Status', at: '.status', says: 'How it stands, in words and a shape.' },
    { name: 'Footer', at: '.foot', says: 'As of when, by which definition.' },
  ],
  keys: MARKS,
  dos: [
    {
      words: 'Put two that belong together side by side.',
      live: () =>
        html`<sama-kpi kpi="mqls" .data=${healthy}></sama-kpi><sama-kpi kpi="acceptance" .data=${healthy}></sama-kpi>`,
    },
  ],
  donts: [
    {
      words: 'Do not stand a volume alone on a page; without its quality it invites more of anything.',
      live: () => html`<sama-kpi kpi="mqls" .data=${healthy}></sama-kpi>`,
    },
  ],
};
