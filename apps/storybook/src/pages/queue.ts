import { html } from 'lit';
import { queueDesk } from '../../../../packages/elements/src/testing/queue-desk.ts';
import type { ElementPage } from './page.ts';

const queue = () =>
  html`<sama-handoff-queue time-zone="Europe/Lisbon" .source=${queueDesk().sit()}></sama-handoff-queue>`;

export const queuePage: ElementPage = {
  intro:
    'Shows a seller who is next, why now and until when, and marketing what came back. It needs a source that keeps a ledger: a Sama server, or a desk in memory.',
  figure: queue,
  parts: [
    { name: 'Views', at: '.views', says: 'Mine, team, returned, breached and all, each with its count.' },
    {
      name: 'Row',
      at: '.row',
      says: 'Rating (A filled, B tinted, C and D outlined), name, role and company, why now.',
    },
    {
      name: 'Clock',
      at: '.row .clock',
      says: 'How long there is, or since when it is overdue; it ticks without the list being drawn anew.',
    },
    {
      name: 'Detail',
      at: '.detail',
      says: 'Who, until when and what time it is there, their words, reasons with points, what is missing.',
    },
    {
      name: 'Actions',
      at: '.detail .acts',
      says: 'What this reader may do now, the expected first, each with its key; what is not possible says why.',
    },
    {
      name: 'Footer',
      at: '.foot',
      says: 'Whether the list is kept up to date, how it is sorted, whose times these are.',
    },
  ],
  keys: [
    ['↑ ↓, J K, Page up and down, Home, End', 'go through the list'],
    ['Enter', 'opens the lead'],
    ['A, R, S, Q, C, X', 'accept, return, send again, qualify, recycle, disqualify'],
    ['L, O, N', 'log a contact, reassign, note'],
    ['U, Ctrl+Z', 'takes back what was done last'],
    ['Space', 'marks the lead, to accept, reassign or note several at once'],
    ['F, ?', 'filter, keys'],
    ['Ctrl+Enter, Esc', 'sends a form, leaves it'],
  ],
  notes:
    'The list is one tab stop. Single keys work only while it has the focus; `keys="accept=y return="` changes them or takes them away, `keys="off"` leaves none. After a decision the next lead is the one at hand. What became of it is said politely; that a clock is used up, at once.\n\nWhen somebody was faster the lead fades and says by whom and when, and nothing is sent over it. A command shows at once what it will do, and is taken back with the reason when it fails. Without a connection nothing is sent, and nothing is kept to be sent later.',
  wide: true,
  dos: [
    {
      words: 'Put it where sellers work, in the width of the page: the list and the detail belong side by side.',
      live: queue,
    },
    { words: 'Give it the reader’s time zone by `time-zone` where the page knows it better than the browser.' },
  ],
  donts: [
    {
      words: 'Do not cap it to a few rows by `--sama-handoff-queue-height`; three leads in sight are no queue.',
      live: () => html`<div class="short">${queue()}</div>`,
    },
    { words: 'Do not send reminders for what it counts already: the views and clocks are the reminder.' },
  ],
};
