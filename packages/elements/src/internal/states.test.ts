import { expect, test } from 'vitest';
import * as funnel from '../funnel/funnel.stories.ts';
import * as glossary from '../glossary/glossary.stories.ts';
import * as kpi from '../kpi/kpi.stories.ts';
import * as queue from '../queue/queue.stories.ts';
import * as scorecard from '../scorecard/scorecard.stories.ts';
import { place } from '../testing/mount.ts';
import { Widget } from './widget.ts';

test.each(Object.entries({ funnel, glossary, kpi, queue, scorecard }))(
  '%s says each state in the words and at the place that all widgets have for it',
  async (_, stories) => {
    const said = [
      [stories.Loading, '.foot', 'Waiting for the answer'],
      [stories.NoDataYet, '.finding', 'yet'],
      [stories.ErrorWithoutData, '.banner.bad', 'The source cannot be reached. Try again'],
      [stories.ErrorWithLastGood, '.banner.bad', 'did not answer in time. These are the numbers of Jun 16, 2026'],
      [stories.Denied, '.banner', 'You may not see these numbers.'],
      [stories.Unauthenticated, '.banner', 'Sign in to see these numbers.'],
      [stories.Stale, '.banner.warn', 'Out of date: the data ends Jun 15, 2026'],
      [stories.PermissionLimited, '.banner', 'Limited to the records you may see.'],
      [stories.Offline, '.banner', 'Offline. These are the numbers of Jun 16, 2026'],
      [stories.Partial, '.foot', 'Incomplete'],
      [stories.DefinitionBreak, '.foot', 'Definition changed'],
      [stories.Demo, '.foot', 'Demonstration data'],
    ] as const;
    for (const [story, where, words] of said) {
      using placed = await place(Widget, story);
      expect(placed.find(where).textContent.replace(/\s+/g, ' ')).toContain(words);
    }
  },
);
