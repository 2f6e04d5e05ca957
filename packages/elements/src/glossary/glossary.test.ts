import type { Command, DataSource, Envelope } from '@sama/metrics/contracts';
import { loadGlossary } from '@sama/metrics/glossary';
import { html } from 'lit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { glossary, glossaryDesk } from '../testing/glossary-desk.ts';
import { de } from '../locale/de/index.ts';
import { registerLocale } from '../locale/index.ts';
import { type Place, place, settled } from '../testing/mount.ts';
import type { Story } from '../testing/story.ts';
import { SamaGlossary } from './glossary.ts';
import * as stories from './glossary.stories.ts';

type Placed = Place<SamaGlossary>;

afterEach(() => {
  history.replaceState(null, '', location.pathname + location.search);
  vi.restoreAllMocks();
});

/** A promise that is kept by hand. */
function deferred(): { promise: Promise<void>; resolve(): void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((keep) => (resolve = keep));
  return { promise, resolve: () => resolve() };
}

const draw = (story: Story, width = 960): Promise<Placed> => place(SamaGlossary, story, { width });
const withSource = (source: DataSource, term = 'mql'): Promise<Placed> =>
  draw({ render: () => html`<sama-glossary .source=${source} term=${term}></sama-glossary>` });
const names = (placed: Placed): string[] => placed.all('.row .name').map((one) => one.textContent);
const focused = (placed: Placed): string =>
  (placed.shadow.activeElement?.textContent ?? '').replace(/\s+/g, ' ').trim();
const press = async (placed: Placed, keys: string): Promise<void> => {
  await userEvent.keyboard(keys);
  await settled(placed.element);
};
const button = (placed: Placed, text: string): HTMLElement => {
  const found = [...placed.shadow.querySelectorAll<HTMLElement>('button')].find(
    (one) => one.textContent.trim() === text,
  );
  if (found === undefined) throw new Error(`no button ${text}`);
  return found;
};
const click = async (placed: Placed, text: string): Promise<void> => {
  button(placed, text).click();
  await settled(placed.element);
};
const votes = (placed: Placed): string[] =>
  placed.all('.votes dd').map((one) => one.textContent.replace(/\s+/g, ' ').trim());
const fill = (placed: Placed, name: string, value: string): void => {
  const field = placed.shadow.querySelector<HTMLTextAreaElement | HTMLInputElement>(`[name="${name}"]`);
  if (field === null) throw new Error(`no field ${name}`);
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
};

describe('finding a term', () => {
  test('a word not to say leads to what to say', async () => {
    using placed = await draw(stories.Redirect);
    expect(placed.find('.say').textContent).toBe('“hot lead” is not an agreed word. Say MQL rated A1');
    expect(placed.find('h3').textContent).toBe('Marketing-qualified lead (MQL)');
  });

  test('by keyboard: type, go down, walk, open, go back', async () => {
    using placed = await draw(stories.Proposal);
    placed.find('input').focus();
    await press(placed, 'lead');
    expect(names(placed)[0]).toBe('Lead');
    await press(placed, '{ArrowDown}');
    expect(focused(placed)).toContain('Lead');
    await press(placed, '{ArrowDown}{ArrowDown}');
    const third = names(placed)[2];
    expect(focused(placed)).toContain(third);
    expect(placed.find('h3').textContent).toBe(third);
    await press(placed, '{End}{Home}');
    expect(focused(placed)).toContain('Lead');
    placed.element.search = '';
    await settled(placed.element);
    placed.find('.row[aria-current]').focus();
    await press(placed, 'w');
    expect(placed.find('h3').textContent).toBe('Win rate');
    placed.find('h3').focus();
    await press(placed, '{Escape}');
    expect(focused(placed)).toContain('Win rate');
    expect(placed.all('.row[tabindex="0"]')).toHaveLength(1);
  });

  test('nothing found says so, and leads back', async () => {
    using placed = await draw(stories.NothingMatches);
    expect(placed.text()).toContain('No term matches “zebra”.');
    await click(placed, 'Clear the search');
    expect(names(placed)).toHaveLength(10);
    expect(placed.shadow.activeElement).toBe(placed.find('input'));
  });

  test('in the order of the funnel, and what waits for a team', async () => {
    using placed = await draw(stories.ByStage);
    expect(names(placed).slice(0, 3)).toEqual(['Lead', 'Marketing-qualified lead (MQL)', 'Sales-accepted lead (SAL)']);
    expect(placed.all('.group').at(-1)?.textContent).toBe('Across stages');
    using waiting = await draw(stories.Waiting);
    expect(names(waiting)).toContain('Marketing-qualified lead (MQL)');
    expect(names(waiting)).not.toContain('Lead');
  });

  test('a link opens its term, and can be copied', async () => {
    using placed = await draw(stories.Proposal);
    const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await click(placed, 'Copy link');
    const link = new URL(String(copied.mock.calls[0]?.[0]));
    expect(link.hash).toBe('#term-mql');
    location.hash = '#term-sal';
    await vi.waitFor(() => expect(placed.find('h3').textContent).toBe('Sales-accepted lead (SAL)'));
    expect(focused(placed)).toBe('Sales-accepted lead (SAL)');
    using later = await draw({
      render: () => html`<sama-glossary .source=${glossaryDesk().source()}></sama-glossary>`,
    });
    expect(later.find('h3').textContent).toBe('Sales-accepted lead (SAL)');
  });

  test('a page may show a term itself', async () => {
    using placed = await draw(stories.Proposal);
    const told: unknown[] = [];
    placed.root.addEventListener('sama-term-select', (event) => (event.preventDefault(), told.push(event.detail)));
    placed.find('[data-key="lead"]').click();
    await settled(placed.element);
    expect(told).toEqual([{ key: 'lead', term: 'Lead' }]);
    expect(placed.find('h3').textContent).toContain('Marketing');
  });

  test('in a narrow place a term opens under its row, and closes', async () => {
    using placed = await draw(stories.Waiting, 360);
    expect(placed.all('.detail')).toEqual([]);
    const row = placed.find('[data-key="mql"]');
    row.click();
    await settled(placed.element);
    expect(row.getAttribute('aria-expanded')).toBe('true');
    expect(row.nextElementSibling).toBe(placed.find('.detail'));
    row.click();
    await settled(placed.element);
    expect(placed.all('.detail')).toEqual([]);
  });
});

describe('deciding on a term', () => {
  test('approving shows at once and stays when it is confirmed', async () => {
    const { source } = glossaryDesk();
    const given = deferred();
    const slow: DataSource = {
      ...source('dana'),
      command: async (command) => (await given.promise, source('dana').command(command)),
    };
    using placed = await withSource(slow);
    expect(votes(placed)).toEqual(['Approved Jun 12, 2026 by Mia Brandt', 'ApproveSend back']);
    await click(placed, 'Approve');
    expect(votes(placed)[1]).toBe('Approved · sending…');
    given.resolve();
    await vi.waitFor(() => expect(votes(placed)[1]).toBe('Approved Jun 16, 2026 by Dana Ortiz'));
    expect(placed.find('.meta').textContent).toContain('Version 2.0.0 in force');
    expect(placed.find('[data-key="mql"] .chip').textContent).toBe('Agreed');
  });

  test('what is refused is taken back, and can be given again under the same id', async () => {
    const { source } = glossaryDesk();
    const commands: Command[] = [];
    using placed = await withSource({
      ...source('dana'),
      command: async (command) => {
        commands.push(command);
        return commands.length === 1
          ? { status: 'refused', message: 'No confirmation came: offline' }
          : source('dana').command(command);
      },
    });
    await click(placed, 'Approve');
    expect(placed.find('[role="alert"]').textContent).toContain('No confirmation came: offline');
    expect(votes(placed)[1]).toBe('ApproveSend back');
    await click(placed, 'Try again');
    await vi.waitFor(() => expect(votes(placed)[1]).toContain('Approved Jun 16, 2026'));
    expect(placed.all('[role="alert"]')).toEqual([]);
    expect(commands[1]).toEqual(commands[0]);
  });

  test('who comes too late hears who was there before, and sees the term as it is', async () => {
    const desk = glossaryDesk();
    const still: DataSource = { ...desk.source('dana'), subscribe: () => () => undefined };
    using placed = await withSource(still);
    await desk.source('mia').command({
      v: 1,
      commandId: 'other',
      type: 'term.withdraw',
      target: 'mql',
      expectedVersion: 2,
      payload: { version: '2.0.0' },
    });
    desk.wait(4);
    await click(placed, 'Approve');
    await vi.waitFor(() => expect(placed.find('[role="alert"]').textContent).toContain('Mia Brandt (Marketing)'));
    expect(placed.find('[role="alert"]').textContent).toContain('4 s ago');
    expect(placed.find('.note').textContent).toContain('Draft 2.0.0');
    await click(placed, 'Dismiss');
    expect(placed.all('[role="alert"]')).toEqual([]);
  });

  test('sending back asks why, by keyboard alone', async () => {
    using placed = await draw(stories.Proposal);
    button(placed, 'Send back').focus();
    await press(placed, '{Enter}');
    expect(placed.shadow.activeElement?.getAttribute('name')).toBe('reason');
    await press(placed, '{Escape}');
    expect(placed.all('form')).toEqual([]);
    expect(focused(placed)).toBe('Marketing-qualified lead (MQL)');
    button(placed, 'Send back').focus();
    await press(placed, '{Enter}');
    await press(placed, 'Small ones buy too.{Tab}{Enter}');
    await vi.waitFor(() => expect(placed.text()).toContain('Sent back by Dana Ortiz: “Small ones buy too.”'));
    expect(placed.all('form')).toEqual([]);
  });

  test('a change is looked at, raised to the version it needs, and proposed with its effect', async () => {
    const commands: Command[] = [];
    const source = glossaryDesk().source('mia');
    using placed = await withSource(
      { ...source, command: (command) => (commands.push(command), source.command(command)) },
      'sal',
    );
    await click(placed, 'Propose a change');
    fill(placed, 'definition', 'An MQL that a named seller works.');
    fill(placed, 'avoid', 'taken lead');
    fill(placed, 'reason', 'Shorter.');
    await click(placed, 'Preview the effect');
    button(placed, 'Propose 1.0.1').dispatchEvent(
      new MouseEvent('click', { detail: 2, bubbles: true, cancelable: true }),
    );
    expect(commands).toEqual([]);
    await click(placed, 'Propose 1.0.1');
    await vi.waitFor(() => expect(placed.find('.note').textContent).toContain('Proposed 1.0.1, wording.'));
    expect(placed.find('.note .changes').textContent.replace(/\s+/g, ' ')).toContain(
      'An MQL that a named seller has explicitly agreed to work. An MQL that a named seller works.',
    );
    expect(commands[0]).toMatchObject({
      type: 'term.propose',
      target: 'sal',
      payload: { reason: 'Shorter.', term: { version: '1.0.1', avoid: [{ word: 'taken lead' }] } },
    });
  });

  test('what is filled in outlives Escape and a look at another term, and is never about that one', async () => {
    using placed = await withSource(glossaryDesk().source('mia'), 'sal');
    const text = (): string | undefined => placed.shadow.querySelector<HTMLTextAreaElement>('[name=definition]')?.value;
    const look = async (search: string): Promise<void> => {
      placed.element.search = search;
      await settled(placed.element);
    };
    await click(placed, 'Propose a change');
    fill(placed, 'definition', 'An MQL that somebody works.');
    await look('win rate');
    expect([placed.find('h3').textContent, text()]).toEqual(['Win rate', undefined]);
    await look('');
    expect(text()).toBe('An MQL that somebody works.');
    placed.find('[name=definition]').focus();
    await press(placed, '{Escape}');
    expect(placed.all('form')).toEqual([]);
    await click(placed, 'Propose a change');
    expect(text()).toBe('An MQL that somebody works.');
    await click(placed, 'Preview the effect');
    await click(placed, 'Propose 1.0.1');
    await vi.waitFor(() => expect(placed.find('.note').textContent).toContain('Proposed 1.0.1'));
    expect(placed.all('form')).toEqual([]);
  });

  test('why there is no preview is said in the reader’s words', async () => {
    registerLocale('de', de);
    const { source } = glossaryDesk();
    const inner = source('mia');
    const lost: Envelope = { v: 1, status: 'error', code: 'unreachable', message: 'fetch', flags: [], warnings: [] };
    const query: DataSource['query'] = async (question, options) =>
      question.kind === 'glossary' && question.show === 'impact' ? lost : inner.query(question, options);
    using placed = await withSource({ ...inner, query }, 'sal');
    placed.element.locale = 'de';
    await settled(placed.element);
    await click(placed, de.deeds['term.propose'] ?? '');
    await click(placed, de.preview);
    await vi.waitFor(() => expect(placed.find('.form [role="alert"]').textContent).toBe(de.errors.unreachable));
  });

  test('criteria that change who counts ask for a major version', async () => {
    using placed = await withSource(glossaryDesk().source('mia'), 'mql');
    await click(placed, 'Withdraw');
    await vi.waitFor(() => expect(placed.find('.note').textContent).toContain('Draft 2.0.0'));
    await click(placed, 'Propose a change');
    fill(placed, 'criteria', '{"field": "attributes.rating", "in": ["A1"]');
    await click(placed, 'Preview the effect');
    expect(placed.find('.form [role="alert"]').textContent).toContain('This is no JSON');
    fill(placed, 'criteria', '{"field": "attributes.rating", "in": ["A1"]}');
    await click(placed, 'Preview the effect');
    await vi.waitFor(() => expect(button(placed, 'Propose 2.0.0')).toBeDefined());
    fill(placed, 'reason', 'Only the best.');
    await settled(placed.element);
    expect(placed.all('.form [role="status"]')).toEqual([]);
  });

  test('who may not act reads, and a page may act in place of the source', async () => {
    using reading = await draw(stories.Reading);
    expect(votes(reading)).toEqual(['Approved Jun 12, 2026 by Mia Brandt', 'Not approved yet']);
    expect(reading.all('.buttons')).toEqual([]);
    using placed = await draw(stories.Proposal);
    const told: Command[] = [];
    placed.root.addEventListener('sama-command', (event) => (event.preventDefault(), told.push(event.detail.command)));
    await click(placed, 'Approve');
    expect(told).toMatchObject([
      { type: 'term.approve', target: 'mql', expectedVersion: 2, payload: { version: '2.0.0' } },
    ]);
    expect(votes(placed)[1]).toBe('ApproveSend back');
  });
});

describe('what is given', () => {
  test('a glossary’s own file, an answer, a list of the page; what is none says what is wrong', async () => {
    using file = await draw(stories.File);
    expect(file.text()).toContain('Words of Northwind');
    expect(file.text()).toContain('As supplied by this page');
    expect(file.find('.when').textContent).toContain('Rating is one of A1, A2, B1');
    using list = await draw(stories.ListOfThePage);
    expect(names(list)).toEqual(['Lead', 'MQL']);
    expect(list.find('.definition').textContent).toBe('A person who has asked for something.');
    using bad = await draw(stories.InvalidInput);
    expect(bad.text()).toContain('terms[0].version: expected a string');
  });

  test('hostile text stays text', async () => {
    using placed = await draw(stories.HostileText);
    expect(names(placed)[0]).toBe('<img src=x onerror="window.pwned=1">');
    expect(placed.all('img, script')).toEqual([]);
    expect(Reflect.get(window, 'pwned')).toBeUndefined();
    const frame = placed.find('.sama');
    expect(frame.scrollWidth).toBeLessThanOrEqual(frame.clientWidth);
  });

  test.each([240, 320, 360, 700, 960])('nothing runs out of its frame at %i pixels', async (width) => {
    using placed = await draw(stories.Proposal, width);
    const frame = placed.find('.sama');
    expect(frame.scrollWidth).toBeLessThanOrEqual(frame.clientWidth);
  });

  test('Markdown that reads back by its anchors, and paper with all terms', async () => {
    using placed = await draw(stories.Proposal);
    const markdown = await placed.element.toMarkdown();
    expect(markdown).toContain('# Shared glossary');
    expect(glossary.terms.every(({ id }) => markdown.includes(`<a id="term-${id}"></a>`))).toBe(true);
    dispatchEvent(new Event('beforeprint'));
    expect(placed.all('section h3').map((one) => one.textContent)).toHaveLength(glossary.terms.length);
    dispatchEvent(new Event('afterprint'));
    expect(placed.all('section h3')).toHaveLength(1);
  });

  test('the samples are a glossary', () => {
    expect(loadGlossary(glossary, 'samples').terms).toHaveLength(10);
  });

  test('fifty mounts leave nothing behind', async () => {
    let [open, asked] = [0, 0];
    const source = glossaryDesk().source();
    const counted: DataSource = {
      ...source,
      query: (question, options) => ((asked += 1), source.query(question, options)),
      subscribe: () => ((open += 1), () => (open -= 1)),
    };
    const heard = new Set<unknown>();
    for (const target of [document, window]) {
      vi.spyOn(target, 'addEventListener').mockImplementation((...[, listener]) => void heard.add(listener));
      vi.spyOn(target, 'removeEventListener').mockImplementation((...[, listener]) => void heard.delete(listener));
    }
    for (let i = 0; i < 50; i += 1) {
      const element = Object.assign(document.createElement('sama-glossary'), { source: counted });
      document.body.append(element);
      await element.updateComplete;
      // It asks in the task after.
      await scheduler.postTask(() => undefined);
      element.remove();
    }
    // For the terms, and for the one that stands open.
    expect([asked, open, heard.size]).toEqual([100, 0, 0]);
  });
});
