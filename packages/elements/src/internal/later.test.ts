import { html } from 'lit';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import '../funnel/define.ts';
import { SamaFunnel } from '../funnel/funnel.ts';
import '../glossary/define.ts';
import { SamaGlossary } from '../glossary/glossary.ts';
import '../queue/define.ts';
import { SamaHandoffQueue } from '../queue/handoff-queue.ts';
import '../scorecard/define.ts';
import { SamaScorecard } from '../scorecard/scorecard.ts';
import { healthy } from '../testing/funnel-samples.ts';
import { glossaryDesk } from '../testing/glossary-desk.ts';
import { healthy as figures } from '../testing/kpi-samples.ts';
import { type Place, place } from '../testing/mount.ts';
import { queueDesk } from '../testing/queue-desk.ts';
import { Later } from './later.ts';
import type { ReactiveElement } from './reactive.ts';

const failing = (): Promise<never> => Promise.reject(new Error('no connection'));

test('what was pressed is done when the part is there, at once when it is there already', async () => {
  const load = vi.fn<() => Promise<string>>(async () => 'part');
  const later = new Later({ requestUpdate: () => undefined }, load);
  later.near();
  const done: string[] = [];
  await Promise.all([later.do((part) => done.push(part)), later.do((part) => done.push(part))]);
  void later.do((part) => done.push(part));
  expect(done).toEqual(['part', 'part', 'part']);
  expect(load).toHaveBeenCalledTimes(1);
});

test('what could not be loaded is tried again when asked, and done then', async () => {
  const load = vi.fn<() => Promise<string>>(failing);
  const host = { requestUpdate: vi.fn<() => void>() };
  const later = new Later(host, load);
  const work = vi.fn<(part: string) => void>();
  await later.do(work);
  expect([later.again === undefined, work.mock.calls, host.requestUpdate.mock.calls.length]).toEqual([false, [], 1]);
  await expect(later.get()).rejects.toThrow('no connection');
  load.mockResolvedValue('part');
  later.again?.();
  await vi.waitFor(() => expect(work).toHaveBeenCalledWith('part'));
  expect(later.again).toBeUndefined();
});

/** The element as if its part could not be loaded, until that is taken back. */
function withoutPart(element: ReactiveElement): { mend: () => void } {
  const later: unknown = Reflect.get(element, 'later');
  if (!(later instanceof Later)) throw new Error('the element loads nothing later');
  const { part } = later;
  later.part = undefined;
  const get = vi.spyOn(later, 'get').mockImplementation(failing);
  const mend = (): void => {
    get.mockRestore();
    later.part = part;
  };
  return { mend };
}

const widgets: Record<string, () => Promise<{ shown: Place; begin: () => Promise<void>; there: string }>> = {
  funnel: async () => {
    const shown = await place(SamaFunnel, { render: () => html`<sama-funnel .data=${healthy}></sama-funnel>` });
    const begin = async () => {
      shown.find('[data-mark="0:0"]').focus();
      await userEvent.keyboard('t');
    };
    return { shown, begin, there: '.scroll' };
  },
  scorecard: async () => {
    const shown = await place(SamaScorecard, {
      render: () => html`<sama-scorecard .data=${figures}></sama-scorecard>`,
    });
    const begin = async () => {
      shown.find('[data-mark="0:0"]').focus();
      await userEvent.keyboard('t');
    };
    return { shown, begin, there: '.scroll' };
  },
  queue: async () => {
    const shown = await place(SamaHandoffQueue, {
      render: () => html`<sama-handoff-queue .source=${queueDesk().sit()} view="team"></sama-handoff-queue>`,
    });
    await vi.waitFor(() => shown.find('.leads'));
    const begin = async () => {
      shown.find('.leads').focus();
      await userEvent.keyboard('{Shift>}?{/Shift}');
    };
    return { shown, begin, there: '.help' };
  },
  glossary: async () => {
    const shown = await place(SamaGlossary, {
      render: () => html`<sama-glossary .source=${glossaryDesk().source()} term="mql"></sama-glossary>`,
    });
    await vi.waitFor(() => shown.find('[data-deed="term.propose"]'));
    const begin = async () => {
      shown.find('[data-deed="term.propose"]').focus();
      await userEvent.keyboard('{Enter}');
    };
    return { shown, begin, there: '.form' };
  },
};

test('a menu opened before its part is there has what it holds, and the key pressed then, when it comes', async () => {
  using shown = await place(SamaFunnel, { render: () => html`<sama-funnel .data=${healthy}></sama-funnel>` });
  const { later } = shown.element;
  const { part } = later;
  if (part === undefined) throw new Error('the details are not there');
  let come = (): void => undefined;
  const coming = new Promise<typeof part>((resolve) => (come = () => resolve(part)));
  later.part = undefined;
  const get = vi.spyOn(later, 'get').mockImplementation(() => coming);
  shown.element.requestUpdate();
  await shown.element.updateComplete;
  expect(shown.all('.items button')).toHaveLength(0);
  shown.find('.menu summary').focus();
  await userEvent.keyboard('{Enter}{ArrowDown}');
  expect(shown.find('.menu').hasAttribute('open')).toBe(true);
  expect(shown.shadow.activeElement).toBe(shown.find('.menu summary'));
  later.part = part;
  shown.element.requestUpdate();
  come();
  await vi.waitFor(() => expect(shown.shadow.activeElement?.textContent).toBe('Copy as CSV'));
  expect(shown.find('.menu').hasAttribute('open')).toBe(true);
  get.mockRestore();
});

test.each(Object.keys(widgets))('%s says what cannot be loaded, and does it when it is tried again', async (name) => {
  const made = await widgets[name]?.();
  if (made === undefined) throw new Error(`no ${name}`);
  using shown = made.shown;
  const { mend } = withoutPart(shown.element);
  await made.begin();
  await vi.waitFor(() => expect(shown.find('.banner').textContent).toContain('This cannot be loaded.'));
  expect(shown.all(made.there)).toHaveLength(0);
  mend();
  shown.find('.banner button').click();
  await vi.waitFor(() => shown.find(made.there));
  expect(shown.all('.banner')).toHaveLength(0);
});
