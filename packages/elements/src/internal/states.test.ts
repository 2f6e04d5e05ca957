import type { DataSource } from '@sama/metrics/contracts';
import { html } from 'lit';
import { describe, expect, test, vi } from 'vitest';
import * as filter from '../filter/filter.stories.ts';
import * as funnel from '../funnel/funnel.stories.ts';
import * as glossary from '../glossary/glossary.stories.ts';
import * as kpi from '../kpi/kpi.stories.ts';
import * as queue from '../queue/queue.stories.ts';
import * as scorecard from '../scorecard/scorecard.stories.ts';
import { glossaryDesk } from '../testing/glossary-desk.ts';
import { healthy } from '../testing/funnel-samples.ts';
import { place } from '../testing/mount.ts';
import { failure, statesOf } from '../testing/states.ts';
import { sourceOf, type Story } from '../testing/story.ts';
import * as term from '../term/term.stories.ts';
import { ReactiveElement } from './reactive.ts';

/** Where every widget says a state, and in which words. */
const SAID = {
  loading: ['.foot', /Waiting for the answer/],
  'no data yet': ['.finding', /There is no data yet|There are no terms yet/],
  'nothing matches': ['.finding', /Nothing matches|No term matches/],
  'stage not in the source': ['.missing, .goal', /Stage not in the source/],
  error: ['[role="status"]', /The source cannot be reached\. Try again/],
  'error with the last good value': [
    '[role="status"]',
    /did not answer in time\..*These are the numbers of Jun 16, 2026.*Try again/,
  ],
  denied: ['[role="status"]', /You may not see these numbers\./],
  unauthenticated: ['[role="status"]', /Sign in to see these numbers\./],
  stale: ['[role="status"]', /Out of date: the data ends Jun 15, 2026/],
  'permission-limited': ['[role="status"]', /Limited to the records you may see\./],
  offline: ['[role="status"]', /Offline\. These are the numbers of Jun 16, 2026/],
  partial: ['.foot', /Incomplete/],
  'definition break': ['.foot', /Definition changed/],
  demo: ['.foot', /Demonstration data/],
  'small n': ['.foot', /Few records/],
  immature: ['.foot', /Still maturing/],
  'mixed currency': ['.foot', /Several currencies/],
  conflict: ['[role="alert"], .toast', /(Dana Ilves|Mia Brandt).* \d ?s ago/],
} as const;
type State = keyof typeof SAID;

/** A story of a state, with what is pressed first, and a place and words of its own where it has them; or why it has none. */
type Shown = Story | { story: Story; at?: string; press?: string; says?: RegExp } | string;

/** Those that all of one kind share. */
type Common =
  | 'Loading'
  | 'NoDataYet'
  | 'ErrorWithoutData'
  | 'ErrorWithLastGood'
  | 'Denied'
  | 'Unauthenticated'
  | 'Stale'
  | 'PermissionLimited'
  | 'Offline'
  | 'Partial'
  | 'DefinitionBreak'
  | 'Demo';
const common = (stories: Readonly<Record<Common, Story>>) => ({
  loading: stories.Loading,
  'no data yet': stories.NoDataYet,
  error: stories.ErrorWithoutData,
  'error with the last good value': stories.ErrorWithLastGood,
  denied: stories.Denied,
  unauthenticated: stories.Unauthenticated,
  stale: stories.Stale,
  'permission-limited': stories.PermissionLimited,
  offline: stories.Offline,
  partial: stories.Partial,
  'definition break': stories.DefinitionBreak,
  demo: stories.Demo,
});
const READS = 'it gives no commands';
const COUNTS = 'it shows what each hand-off or word is, and no rate of many';

/** It has no numbers to speak of, and knows only these of the words of failures. */
const NOT_LOADED = /This cannot be loaded\. Try again/;
/** A source that has an answer, and fails when something has changed. */
const failingSoon = (): DataSource => ({
  ...sourceOf(healthy, failure('timeout')),
  subscribe: (_, changed) => {
    const timer = setTimeout(changed, 100);
    return () => clearTimeout(timer);
  },
});
const CHOICES = 'it shows no numbers, only what can be chosen; the widgets that take the choice say it';
const ofTerm = statesOf({
  asked: (source) => html`<p>An <sama-term key="mql" .source=${source}>MQL</sama-term>.</p>`,
  good: () => glossaryDesk().source(),
});
const DEFINES = 'a definition is no figure';
/** In the card of a word, which is all that it has. */
const inCard = (story: Story, says?: RegExp): Shown => ({ story, at: '.sama', press: '.word', ...(says && { says }) });

const WIDGETS: Record<string, Record<State, Shown>> = {
  funnel: {
    ...common(funnel),
    'nothing matches': funnel.NothingMatches,
    'stage not in the source': funnel.MissingStage,
    'small n': funnel.SmallNumbers,
    immature: funnel.Maturing,
    'mixed currency': funnel.MixedCurrency,
    conflict: READS,
  },
  scorecard: {
    ...common(scorecard),
    'nothing matches': scorecard.NothingMatches,
    'stage not in the source': scorecard.MissingInput,
    'small n': scorecard.SmallNumbers,
    immature: scorecard.Healthy,
    'mixed currency': scorecard.MixedCurrency,
    conflict: READS,
  },
  kpi: {
    ...common(kpi),
    'nothing matches': kpi.NothingMatches,
    'stage not in the source': kpi.WithoutValue,
    'small n': kpi.SmallNumbers,
    immature: kpi.Maturing,
    'mixed currency': kpi.WithoutValue,
    conflict: READS,
  },
  queue: {
    ...common(queue),
    'nothing matches': { story: queue.NothingMatches, at: '.nothing', says: /No hand-off fits this filter\..*Clear/ },
    'stage not in the source': 'a hand-off is no stage of a source',
    'small n': COUNTS,
    immature: COUNTS,
    'mixed currency': 'it shows no amounts',
    conflict: { story: queue.Conflict, press: '.detail .act' },
  },
  glossary: {
    ...common(glossary),
    'nothing matches': glossary.NothingMatches,
    'stage not in the source': 'a term is agreed on, whether or not a source has its stage',
    'small n': COUNTS,
    immature: COUNTS,
    'mixed currency': 'it shows no amounts',
    conflict: { story: glossary.Conflict, press: '.votes .primary' },
  },
  filter: {
    loading: { story: filter.Loading, at: '[role="group"][aria-busy="true"]', says: /Showing/ },
    error: { story: filter.ErrorWithoutData, says: NOT_LOADED },
    'error with the last good value': {
      story: { render: () => html`<sama-filter .source=${failingSoon()}></sama-filter>` },
      says: NOT_LOADED,
    },
    denied: CHOICES,
    unauthenticated: CHOICES,
    'no data yet': CHOICES,
    'nothing matches': CHOICES,
    'stage not in the source': CHOICES,
    stale: CHOICES,
    'permission-limited': CHOICES,
    offline: CHOICES,
    partial: CHOICES,
    'definition break': CHOICES,
    demo: CHOICES,
    'small n': CHOICES,
    immature: CHOICES,
    'mixed currency': CHOICES,
    conflict: READS,
  },
  term: {
    loading: inCard(term.Waiting, /Looking it up/),
    'no data yet': inCard(ofTerm.noDataYet, /There is no term “mql”/),
    'nothing matches': inCard(term.Unknown, /There is no term “zebra”/),
    error: inCard(term.Unreachable, /The source cannot be reached\./),
    'error with the last good value': 'what was read before stays readable, and is no number',
    denied: inCard(ofTerm.denied),
    unauthenticated: inCard(ofTerm.unauthenticated),
    offline: inCard(ofTerm.offline, /2\.0\.0 proposed, Offline/),
    demo: inCard(ofTerm.demo),
    'definition break': inCard(ofTerm.definitionBreak),
    partial: inCard(ofTerm.partial),
    'stage not in the source': DEFINES,
    stale: DEFINES,
    'permission-limited': DEFINES,
    'small n': DEFINES,
    immature: DEFINES,
    'mixed currency': DEFINES,
    conflict: READS,
  },
};

const PLACES: ReadonlyMap<string, readonly [at: string, says: RegExp]> = new Map(Object.entries(SAID));

/** What stands at a place in the elements of a room. */
const textAt = (root: HTMLElement, at: string): string =>
  [...root.querySelectorAll('*')]
    .flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll(at) ?? [])])
    .map(({ textContent }) => textContent)
    .join(' ')
    .replace(/\s+/g, ' ');

/** Presses what comes. */
const pressed = (shadow: ShadowRoot, what: string): Promise<void> =>
  vi.waitFor(() => {
    const found = shadow.querySelector<HTMLElement>(what);
    if (found === null) throw new Error(`there is no ${what}`);
    found.click();
  });

describe.each(Object.entries(WIDGETS))('%s', (_, states) => {
  test('says each state in the words and at the place that all widgets have for it', async () => {
    const shown = Object.entries(states).flatMap(([state, one]) => {
      const [where, words] = PLACES.get(state) ?? ['', /never/];
      if (typeof one === 'string') return [];
      const { story, at = where, press = '', says = words } = 'story' in one ? one : { story: one };
      return [{ state, story, at, press, says }];
    });
    const placed = await Promise.all(shown.map(({ story }) => place(ReactiveElement, story)));
    for (const [i, { state, at, press, says }] of shown.entries()) {
      using one = placed[i] ?? { [Symbol.dispose]: () => undefined };
      if (!('root' in one)) throw new Error(`${state} was not drawn`);
      if (press !== '') await pressed(one.shadow, press);
      await vi.waitFor(() => expect(textAt(one.root, at), state).toMatch(says));
    }
  });
});

test.each([
  ['funnel', funnel.Healthy],
  ['scorecard', scorecard.EveryUnit],
  ['kpi', kpi.Share],
  ['queue', queue.Mine],
  ['glossary', glossary.Proposal],
  ['filter', filter.Sentence],
])('%s says none of them where nothing is amiss', async (_, story) => {
  using placed = await place(ReactiveElement, story);
  for (const [state, [at, says]] of PLACES) expect(textAt(placed.root, at), state).not.toMatch(says);
});
