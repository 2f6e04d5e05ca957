import type { Command } from '@sama/metrics/contracts';
import { expect, onTestFinished, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Later } from '../internal/later.ts';
import { COLLEAGUE, MANAGER, MARKETER, queueDesk } from '../testing/queue-desk.ts';
import { settled } from '../testing/mount.ts';
import { active, fill, focused, focusList, keys, logOf, names, open, queueOf } from '../testing/queue-place.ts';
import * as stories from './queue.stories.ts';

test('a accepts: said, shown at once, next lead, and u takes it back', async () => {
  const desk = queueDesk();
  using at = await open(queueOf(desk.sit()));
  focusList(at);
  await keys(at, 'a');
  expect(logOf(desk, 'H1').at(-1)).toBe('handoff.accept');
  expect(active(at)).toBe('Teo Marchetti');
  expect(focused(at)).toBe('leads');
  expect(at.find('[role=status]').textContent).toContain('Accepted Ines Calloway');
  await keys(at, 'u');
  expect(logOf(desk, 'H1').at(-1)).toBe('handoff.undo');
  expect(active(at)).toBe('Ines Calloway');
  expect(at.find('.toast').textContent).toContain('Ines Calloway is as before');
});

test('a pressed before its part is there accepts the lead that stood there, and leaves the reader at another', async () => {
  const desk = queueDesk();
  using at = await open(queueOf(desk.sit()));
  const later: unknown = Reflect.get(at.element, 'later');
  if (!(later instanceof Later)) throw new Error('the queue loads nothing later');
  const { part } = later;
  let come = (): void => undefined;
  const get = vi.spyOn(later, 'get').mockReturnValue(new Promise((resolve) => (come = () => resolve(part))));
  later.part = undefined;
  focusList(at);
  await userEvent.keyboard('a{ArrowDown}');
  await vi.waitFor(() => expect(active(at)).toBe('Teo Marchetti'));
  expect(logOf(desk, 'H1').at(-1)).not.toBe('handoff.accept');
  later.part = part;
  come();
  await vi.waitFor(() => expect(at.find('.toast').textContent).toContain('Accepted Ines Calloway'));
  expect(logOf(desk, 'H1').at(-1)).toBe('handoff.accept');
  expect(active(at)).toBe('Teo Marchetti');
  get.mockRestore();
});

test('what was done is said for ten seconds in which nobody is at it; then its log takes it back', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const desk = queueDesk();
  using at = await open(queueOf(desk.sit()));
  focusList(at);
  await userEvent.hover(at.find('.title'));
  await keys(at, 'a');
  const seconds = async (n: number) => {
    vi.advanceTimersByTime(n * 1000);
    await settled(at.element);
    return at.all('.toast').length;
  };
  expect(await seconds(9)).toBe(1);
  at.find('.toast button').focus();
  expect(await seconds(60)).toBe(1);
  focusList(at);
  expect(await seconds(1)).toBe(0);
  await keys(at, '{ArrowUp}', '{Enter}');
  await vi.waitFor(() => expect(at.find('.log').textContent).toContain('Undo'));
  at.find('.log').toggleAttribute('open', true);
  at.find('.log button').click();
  await vi.waitFor(() => expect(logOf(desk, 'H1').at(-1)).toBe('handoff.undo'));
  await settled(at.element);
  // It is not taken back twice.
  focusList(at);
  await keys(at, 'u');
  expect(logOf(desk, 'H1').filter((type) => type === 'handoff.undo')).toHaveLength(1);
});

test('r opens the checklist; Space ticks, Ctrl+Enter sends, and the focus is back in the list', async () => {
  const desk = queueDesk();
  using at = await open(queueOf(desk.sit()));
  focusList(at);
  await keys(at, 'r');
  expect(at.shadow.activeElement?.getAttribute('name')).toBe('missing');
  await keys(at, '{Control>}{Enter}{/Control}');
  expect(at.find('.fault').textContent).toBe('Tick at least one.');
  await keys(at, ' ', '{Tab}', ' ');
  at.find('.form [name=text]').focus();
  await keys(at, 'Which weight?', '{Control>}{Enter}{/Control}');
  expect(desk.made.desk.log('H1').at(-1)?.action).toEqual({
    type: 'handoff.return',
    payload: { missing: [{ element: 'missing.email', text: 'Which weight?' }, { element: 'missing.phone' }] },
  });
  expect(names(at)).not.toContain('Ines Calloway');
  expect([focused(at), active(at)]).toEqual(['leads', 'Teo Marchetti']);
  expect(at.find('.toast').textContent).toContain('Returned Ines Calloway to marketing');
});

test('other wants words, and Escape leaves the form as it was', async () => {
  const desk = queueDesk();
  using at = await open(queueOf(desk.sit()));
  focusList(at);
  await keys(at, 'r');
  const other = at.all('.form [name=missing]').at(-1);
  if (other instanceof HTMLInputElement) other.checked = true;
  await keys(at, '{Control>}{Enter}{/Control}');
  expect(at.find('.fault').textContent).toBe('Say it in words.');
  await keys(at, '{Escape}');
  expect([at.all('.form').length, focused(at), logOf(desk, 'H1').length]).toEqual([0, 'leads', 2]);
});

test.each([
  ['c', { reason: 'timing.later', reviewOn: '2026-09-01' }, 'handoff.recycle'],
  ['x', { reason: 'data.false', evidence: 'It bounces.' }, 'handoff.disqualify'],
  ['n', { text: 'Prefers the morning.' }, 'handoff.note'],
])('%s sends its form', async (key, payload, type) => {
  const desk = queueDesk();
  using at = await open(queueOf(desk.sit()));
  focusList(at);
  await keys(at, key);
  for (const [name, value] of Object.entries(payload)) fill(at, name === 'evidence' ? 'text' : name, value);
  await keys(at, '{Control>}{Enter}{/Control}');
  expect(desk.made.desk.log('H1').at(-1)?.action).toEqual({ type, payload });
});

test('q qualifies what was accepted, and says so where it is not possible', async () => {
  const desk = queueDesk();
  using at = await open(queueOf(desk.sit()));
  focusList(at);
  await keys(at, 'q');
  expect(at.find('[role=status]').textContent).toContain('Qualify: Not possible now');
  for (let i = 0; active(at) !== 'Pia Lorne' && i < 9; i += 1) await keys(at, 'j');
  await keys(at, 'q');
  expect(logOf(desk, 'H10').at(-1)).toBe('handoff.qualify');
});

test('marketing sends again what came back, with an answer for each element', async () => {
  const desk = queueDesk();
  using at = await open(queueOf(desk.sit(MARKETER), { view: 'returned' }));
  expect(at.find('.returns summary').textContent?.trim()).toBe('2 returns. Most lack: No working phone (2 of 2).');
  focusList(at);
  await keys(at, 's');
  fill(at, 'answer:missing.phone', 'completed');
  fill(at, 'answer:missing.timing', 'waived');
  await keys(at, '{Control>}{Enter}{/Control}');
  expect(at.find('.fault').textContent).toBe('Say it in words.');
  fill(at, 'text:missing.timing', 'They will not say.');
  await keys(at, '{Control>}{Enter}{/Control}');
  expect(desk.made.desk.log('H8').at(-1)?.action).toEqual({
    type: 'handoff.resubmit',
    payload: {
      answers: [
        { element: 'missing.phone', answer: 'completed' },
        { element: 'missing.timing', answer: 'waived', text: 'They will not say.' },
      ],
    },
  });
});

test('a manager reassigns; who cannot take it is there with the reason and not to be chosen', async () => {
  const desk = queueDesk();
  using at = await open(queueOf(desk.sit(MANAGER), { view: 'team' }));
  focusList(at);
  await keys(at, 'o');
  const options = [...at.shadow.querySelectorAll<HTMLOptionElement>('[name=seller] option')];
  expect(options.filter(({ disabled }) => disabled).map(({ text }) => text)).toEqual(['Eli Marsh: has 0 of at most 0']);
  fill(at, 'seller', 'dana');
  await keys(at, '{Control>}{Enter}{/Control}');
  expect(desk.made.desk.log('H1').at(-1)?.action).toEqual({ type: 'handoff.reassign', payload: { seller: 'dana' } });
});

test('keys can be others, or none; they do nothing outside the list', async () => {
  const desk = queueDesk();
  using at = await open(queueOf(desk.sit(), { keys: 'accept=y return=' }));
  focusList(at);
  await keys(at, 'a', 'r');
  expect([logOf(desk, 'H1').length, at.all('.form').length]).toEqual([2, 0]);
  at.find('#tab-mine').focus();
  await keys(at, 'y');
  expect(logOf(desk, 'H1')).toHaveLength(2);
  focusList(at);
  await keys(at, 'y');
  expect(logOf(desk, 'H1')).toHaveLength(3);
  at.element.keys = 'off';
  await settled(at.element);
  await keys(at, 'a', 'x', 'j');
  expect([at.all('.form').length, active(at)]).toEqual([0, 'Teo Marchetti']);
});

test('what is refused is as before, said with the reason and told to the page', async () => {
  using at = await open(stories.Rollback);
  const errors: string[] = [];
  at.root.addEventListener('sama-error', ({ detail }) => errors.push(detail.code));
  // It lasts a moment only: watched, since a busy machine may look too late.
  const early = new Set<string>();
  const watching = new MutationObserver(() => {
    for (const row of at.all('.row.past')) early.add(row.textContent ?? '');
  });
  watching.observe(at.shadow, { subtree: true, childList: true, attributes: true, characterData: true });
  focusList(at);
  await userEvent.keyboard('a');
  await vi.waitFor(() => expect(errors).toHaveLength(1));
  await settled(at.element);
  watching.disconnect();
  expect([...early].join()).toContain('Accepted');
  expect(at.all('.row.past')).toHaveLength(0);
  expect(active(at)).toBe('Ines Calloway');
  expect(at.find('.toast').textContent).toContain('The ledger is closed for the night; try again at six');
  expect(errors).toEqual(['refused']);
});

test('a page may take over a command, or the opening of a lead', async () => {
  const desk = queueDesk();
  using at = await open(queueOf(desk.sit()), 600);
  const heard: string[] = [];
  at.element.addEventListener('sama-command', (event) => {
    event.preventDefault();
    heard.push(event.detail.command.type);
  });
  at.element.addEventListener('sama-lead-select', (event) => {
    event.preventDefault();
    heard.push(event.detail.handoff);
  });
  focusList(at);
  await keys(at, '{Enter}', 'a');
  expect(heard).toEqual(['H1', 'handoff.accept']);
  expect([logOf(desk, 'H1').length, at.all('.detail').length]).toEqual([2, 0]);
});

test('only what is safe is done with several, in turn, and taken back together', async () => {
  const desk = queueDesk();
  using at = await open(queueOf(desk.sit()));
  focusList(at);
  await keys(at, ' ', 'j', ' ', 'x');
  expect(at.all('.form')).toEqual([]);
  expect(at.all('[role=row][aria-selected=true]')).toHaveLength(2);
  await keys(at, 'a');
  expect([logOf(desk, 'H1').at(-1), logOf(desk, 'H2').at(-1)]).toEqual(['handoff.accept', 'handoff.accept']);
  expect(at.find('.toast').textContent).toContain('Accepted 2 hand-offs');
  await keys(at, '{Control>}z{/Control}');
  expect([logOf(desk, 'H1').at(-1), logOf(desk, 'H2').at(-1)]).toEqual(['handoff.undo', 'handoff.undo']);
});

test('without a connection nothing is sent, and it says so', async () => {
  const desk = queueDesk();
  using at = await open(queueOf(desk.sit()));
  using line = offline();
  line.tell();
  await settled(at.element);
  expect(at.find('[role=status]').textContent).toContain('No connection');
  expect(at.text()).not.toContain('Live');
  focusList(at);
  await keys(at, 'a');
  expect(logOf(desk, 'H1')).toHaveLength(2);
  expect(at.find('.toast').textContent).toContain('Nothing was sent');
  expect(active(at)).toBe('Ines Calloway');
});

/** A page without a connection, until it is disposed of. */
function offline(): Disposable & { tell: () => void } {
  const spy = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  return {
    tell: () => void dispatchEvent(new Event('offline')),
    [Symbol.dispose]: () => {
      spy.mockRestore();
      dispatchEvent(new Event('online'));
    },
  };
}

test('what was filled in is there again after a refusal, Escape or a look at another lead, and gone once it is sent', async () => {
  const desk = queueDesk();
  using at = await open(queueOf(desk.sit()));
  focusList(at);
  {
    using line = offline();
    line.tell();
    await keys(at, 'n', 'Rings after four', '{Control>}{Enter}{/Control}');
    expect(at.find('.toast').textContent).toContain('Nothing was sent');
    expect([active(at), focused(at), written(at)]).toEqual(['Ines Calloway', '', 'Rings after four']);
  }
  await keys(at, '{Escape}', 'j', 'n');
  expect([active(at), written(at)]).toEqual(['Teo Marchetti', '']);
  await keys(at, '{Escape}', 'k', 'n');
  expect(written(at)).toBe('Rings after four');
  await keys(at, '{Control>}{Enter}{/Control}');
  expect(logOf(desk, 'H1').at(-1)).toBe('handoff.note');
  await keys(at, 'n');
  expect(written(at)).toBe('');
});

test('a form stays with its lead when somebody else takes it, and says so', async () => {
  const desk = queueDesk();
  using at = await open(queueOf(desk.sit()));
  focusList(at);
  await keys(at, 'r', ' ');
  at.find('.form [name=text]').focus();
  await keys(at, 'Which weight?');
  await desk.sit(COLLEAGUE).command(accepting('H1'));
  await vi.waitFor(() => expect(at.find('.fault').textContent).toContain('Accepted by Dana Ilves'));
  vi.useFakeTimers({ toFake: ['Date'] });
  // Long enough for the list to have forgotten it.
  vi.setSystemTime(Date.now() + 30_000);
  await vi.waitFor(() => expect(names(at)).not.toContain('Ines Calloway'), { timeout: 3000 });
  vi.useRealTimers();
  expect([at.find('#lead').textContent, at.shadow.activeElement?.getAttribute('name')]).toEqual([
    'Ines Calloway',
    'text',
  ]);
  await keys(at, '!');
  expect(at.all('.form [name=missing]:checked')).toHaveLength(1);
  await keys(at, '{Control>}{Enter}{/Control}');
  expect([logOf(desk, 'H1').at(-1), logOf(desk, 'H2')]).toEqual(['handoff.accept', ['handoff.draft', 'handoff.offer']]);
});

test('a key that is held and a double click decide on one lead only', async () => {
  const desk = queueDesk();
  using at = await open(queueOf(desk.sit()));
  focusList(at);
  await userEvent.keyboard('{a>5/}');
  await settled(at.element);
  expect([logOf(desk, 'H1').length, logOf(desk, 'H2').length, active(at)]).toEqual([3, 2, 'Teo Marchetti']);
  await vi.waitFor(() => expect(at.find('.act.first').textContent).toContain('Accept'));
  at.find('.act.first').dispatchEvent(new MouseEvent('click', { detail: 2, bubbles: true }));
  await settled(at.element);
  expect(logOf(desk, 'H2')).toHaveLength(2);
});

test('undo on a slow line takes back what was done last, not what was done before', async () => {
  const desk = queueDesk();
  const inner = desk.sit();
  let line: Promise<unknown> = Promise.resolve();
  const slow: typeof inner = { ...inner, command: async (command) => (await line, inner.command(command)) };
  using at = await open(queueOf(slow));
  focusList(at);
  await keys(at, 'a');
  let answer: () => void = () => undefined;
  line = new Promise<void>((resolve) => (answer = resolve));
  await keys(at, 'a', 'u');
  answer();
  await vi.waitFor(() => expect(logOf(desk, 'H2').at(-1)).toBe('handoff.undo'));
  expect(logOf(desk, 'H1').at(-1)).toBe('handoff.accept');
});

test('what got lost on the way is not said to be unsent', async () => {
  const message = 'No confirmation came: status 502';
  const lost = async () => ({ status: 'refused' as const, field: 'connection', message });
  using at = await open(queueOf({ ...queueDesk().sit(), command: lost }));
  focusList(at);
  await keys(at, 'a');
  expect(at.find('.toast').textContent?.trim()).toBe('Ines Calloway: not done. The source cannot be reached.');
});

/** What stands in the field for words. */
const written = (at: Awaited<ReturnType<typeof open>>): string => {
  const field = at.find('.form [name=text]');
  return field instanceof HTMLTextAreaElement ? field.value : '';
};

/** What a colleague in another window does. */
const accepting = (target: string): Command => ({
  v: 1,
  commandId: `theirs ${target}`,
  expectedVersion: 2,
  type: 'handoff.accept',
  target,
  payload: {},
});
