import type { DataSource } from '@sama/metrics/contracts';
import { expect, test, vi } from 'vitest';
import { COLLEAGUE, manySketches, queueDesk } from '../testing/queue-desk.ts';
import { settled } from '../testing/mount.ts';
import { active, focused, focusList, keys, names, open, queueOf, rested } from '../testing/queue-place.ts';
import * as stories from './queue.stories.ts';

test('rows stand by rating, then due, with counts of every view', async () => {
  using at = await open(stories.Mine);
  expect(at.all('.row .tile').map((tile) => tile.textContent)).toEqual([
    'A1',
    'A1',
    'A2',
    'A2',
    'A2',
    'B1',
    'B2',
    'C1',
  ]);
  expect(names(at).slice(0, 3)).toEqual(['Ines Calloway', 'Teo Marchetti', 'Jonas Lindqvist']);
  expect(at.all('[role=tab]').map((tab) => tab.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
    'Mine 8',
    'Team 8',
    'Returned 2',
    'Breached 1',
    'All 10',
  ]);
});

test('the detail says who, until when, why, and what time it is there', async () => {
  using at = await open(stories.Mine);
  await rested(at);
  const text = at.find('.detail').textContent?.replace(/\s+/g, ' ');
  for (const part of [
    'Decide in 38 minutes, by 16:30',
    '10:52 there, open',
    '“We need two palletising cells',
    'Demo request 1 day ago +39.1, size 350 +20',
    'No owner, 2 other people known, no open opportunity',
    'Phone number missing',
    'Log of 2 events',
  ])
    expect(text).toContain(part);
});

test('one tab stop for the list; the arrows, j and k walk it, Home and End lead to its ends', async () => {
  using at = await open(stories.Mine);
  expect(at.all('.leads [tabindex], .leads button')).toEqual([]);
  focusList(at);
  await keys(at, '{ArrowDown}', 'j', 'k');
  expect(active(at)).toBe('Teo Marchetti');
  expect(at.find('.leads').getAttribute('aria-activedescendant')).toBe(at.find('.row.active').id);
  await keys(at, '{End}');
  expect(active(at)).toBe('Sara Quill');
  await keys(at, '{Home}', '{ArrowUp}');
  expect(active(at)).toBe('Ines Calloway');
});

test('a lead somebody else took fades and says by whom and when; nothing was sent over it', async () => {
  using at = await open(stories.Conflict);
  focusList(at);
  await keys(at, 'a');
  expect(at.find('.row.past').textContent).toContain('Accepted by Dana Ilves 4s ago');
  expect(at.find('.toast').textContent).toContain('not done');
  expect(at.find('#tab-mine').textContent).toContain('7');
});

test('a lead that is taken while one looks at the list is shown so too', async () => {
  const desk = queueDesk();
  using at = await open(queueOf(desk.sit()));
  focusList(at);
  await keys(at, 'j');
  await desk.sit(COLLEAGUE).command({
    v: 1,
    commandId: 'theirs',
    expectedVersion: 2,
    type: 'handoff.accept',
    target: 'H1',
    payload: {},
  });
  await vi.waitFor(() => expect(at.find('.row.past').textContent).toContain('Accepted by Dana Ilves'));
  expect(active(at)).toBe('Teo Marchetti');
});

test('where there is no room beside, the detail opens over the list and Escape leads back', async () => {
  using at = await open(stories.Mine, 600);
  focusList(at);
  await keys(at, 'j', '{Enter}');
  expect([at.all('.leads').length, at.shadow.activeElement?.id]).toEqual([0, 'lead']);
  await keys(at, '{Escape}');
  expect([at.all('.detail').length, focused(at), active(at)]).toEqual([0, 'leads', 'Teo Marchetti']);
});

test('f filters, ? tells the keys, and the views are one tab stop', async () => {
  using at = await open(stories.Mine);
  focusList(at);
  await keys(at, '?');
  expect(at.find('.help').textContent).toContain('Disqualify');
  await keys(at, '{Escape}', 'f');
  expect(at.shadow.activeElement?.id).toBe('search');
  await keys(at, 'kestrel');
  expect(names(at)).toEqual(['Rhea Okonjo']);
  expect(at.all('[role=tab][tabindex="0"]')).toHaveLength(1);
  at.find('#tab-mine').focus();
  await keys(at, '{ArrowRight}');
  expect([at.element.view, at.shadow.activeElement?.id]).toEqual(['team', 'tab-team']);
});

test('the clocks go on without the list being drawn, and a breach is said once', async () => {
  const desk = queueDesk();
  using at = await open(queueOf(desk.sit()));
  const rows = at.all('.row');
  const observer = new MutationObserver(() => undefined);
  observer.observe(at.find('.rows'), { childList: true, attributes: true, subtree: true });
  const now = Date.now();
  using clock = fakeNow();
  clock.set(now + 3 * 60_000);
  await vi.waitFor(() => expect(at.find('.row.active .clock').textContent).toBe('due in 35 min'), { timeout: 3000 });
  const touched = observer
    .takeRecords()
    .filter(({ target }) => !(target instanceof Element && target.matches('[data-tick]')));
  expect(touched).toEqual([]);
  expect(at.all('.row')).toEqual(rows);
  clock.set(now + 39 * 60_000);
  await vi.waitFor(() => expect(at.find('[role=alert]').textContent).toBe('Ines Calloway is overdue.'), {
    timeout: 3000,
  });
});

test('of ten thousand leads only those in sight are drawn, told by their place', async () => {
  using at = await open(queueOf(queueDesk(manySketches(10_000)).sit()));
  expect(at.find('.leads').getAttribute('aria-rowcount')).toBe('10000');
  expect(at.all('.row').length).toBeLessThan(24);
  focusList(at);
  await keys(at, '{End}');
  await vi.waitFor(() => expect(at.all('.row.active b')).toHaveLength(1));
  expect(at.find('.row.active').getAttribute('aria-rowindex')).toBe('10000');
  const list = at.find('.leads').getBoundingClientRect();
  const row = at.find('.row.active').getBoundingClientRect();
  expect(row.bottom).toBeLessThanOrEqual(list.bottom + 1);
  expect(row.top).toBeGreaterThanOrEqual(list.top);
  await keys(at, '{PageUp}', '{Home}');
  await vi.waitFor(() => expect(at.find('.row.active').getAttribute('aria-rowindex')).toBe('1'));
});

test('a row that stays in sight stays the element it is, and all stand in their order wherever one scrolls', async () => {
  using at = await open(queueOf(queueDesk(manySketches(1000)).sit()));
  const list = at.find('.leads');
  const height = at.find('.probe').getBoundingClientRect().height;
  const said = new Map<string, string | null>();
  for (const row of [0, 40, 41, 43, 39, 35, 34, 990, 500, 7, 6, 0]) {
    const before = at.all('.row').map((one) => one.getAttribute('data-was'));
    list.scrollTop = row * height + 1;
    const first = Math.max(0, Math.min(row - 3, 1000 - before.length));
    await vi.waitFor(() => expect(at.all('.row').map(({ id }) => id)).toEqual(before.map((_, i) => `row${first + i}`)));
    await vi.waitFor(() => expect(at.all('.wait')).toEqual([]));
    const after = at.all('.row');
    for (const one of after) {
      const name = one.querySelector('b')?.textContent ?? null;
      expect(said.get(one.id) ?? name).toBe(name);
      said.set(one.id, name);
    }
    const kept = after.filter(({ id }) => before.includes(id));
    expect(kept.map((one) => one.getAttribute('data-was'))).toEqual(kept.map(({ id }) => id));
    for (const one of after) one.setAttribute('data-was', one.id);
  }
  expect(new Set(said.values()).size).toBe(said.size);
});

test('text of a lead is only text', async () => {
  const before = document.title;
  using at = await open(stories.HostileText);
  await rested(at);
  expect(at.all('img, script')).toEqual([]);
  expect(document.title).toBe(before);
  expect(await at.element.toCSV()).toContain('"<img src=x onerror=""document.title = \'hacked\'"">"');
  const frame = at.find('.sama');
  expect(frame.scrollWidth).toBeLessThanOrEqual(frame.clientWidth);
});

test('names that may not be seen are not there, and the rest is', async () => {
  using at = await open(stories.Masked);
  expect(new Set(names(at))).toEqual(new Set(['Name hidden']));
  expect(at.text()).not.toContain('Calloway');
  expect(at.find('[role=status]').textContent).toContain('hidden from you');
});

test('a queue that is taken away and put back asks again and leaves no timer behind', async () => {
  const desk = queueDesk();
  let watching = 0;
  const inner = desk.sit();
  const subscribe: DataSource['subscribe'] = (topic, changed) => {
    watching += 1;
    const stop = inner.subscribe(topic, changed);
    return () => {
      watching -= 1;
      stop();
    };
  };
  using at = await open(queueOf({ ...inner, subscribe }));
  expect(watching).toBe(1);
  at.element.remove();
  expect(watching).toBe(0);
  at.root.append(at.element);
  await settled(at.element);
  expect([watching, names(at).length]).toEqual([1, 8]);
});

/** A clock of the page that stands, until it is disposed of. */
function fakeNow(): Disposable & { set: (ms: number) => void } {
  const spy = vi.spyOn(Date, 'now');
  return { set: (ms) => void spy.mockReturnValue(ms), [Symbol.dispose]: () => spy.mockRestore() };
}
