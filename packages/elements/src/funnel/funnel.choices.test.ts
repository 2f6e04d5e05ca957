import type { Envelope, Question } from '@sama/metrics/contracts';
import { html } from 'lit';
import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { healthy } from '../testing/funnel-samples.ts';
import { mount, place, settled } from '../testing/mount.ts';
import './define.ts';
import { SamaFunnel } from './funnel.ts';

const anchors = [
  { key: 'lead', label: 'Lead' },
  { key: 'mql', label: 'MQL' },
];

/** A source that keeps what it was asked. */
function keeping(answer: Envelope = { ...healthy, data: healthy.data && { ...healthy.data, anchors } }) {
  const asked: Question[] = [];
  return {
    asked,
    query: async (question: Question) => {
      asked.push(question);
      return answer;
    },
    command: async () => ({ status: 'refused' as const }),
    subscribe: () => () => undefined,
  };
}

afterEach(() => history.replaceState(null, '', location.pathname + location.search));

test('each picker of the sentence asks its own question', async () => {
  const source = keeping();
  using shown = await mount({ render: () => html`<sama-funnel .source=${source}></sama-funnel>` });
  const choose = async (label: string, value: string): Promise<Question | undefined> => {
    await userEvent.selectOptions(shown.find(`select[aria-label="${label}"]`), value);
    await settled(shown.funnel);
    return source.asked.at(-1);
  };
  expect(await choose('Entered by', 'mql')).toMatchObject({ anchor: 'mql' });
  expect(await choose('Followed for', '90d')).toMatchObject({ window: { days: 90 } });
  expect(await choose('Followed for', 'none')).toMatchObject({ window: 'none' });
  expect(await choose('What is added up', 'value')).toMatchObject({ measure: 'value' });
  expect(await choose('Which entry counts', 'every')).toMatchObject({ entryPolicy: 'every' });
  expect(await choose('Skipped stages', 'strict')).toMatchObject({ skipPolicy: 'strict' });
  // What the other views count has neither window nor policies.
  expect(Object.keys((await choose('View', 'activity')) ?? {}).toSorted()).toEqual([
    'anchor',
    'funnel',
    'kind',
    'measure',
    'view',
  ]);
});

test.each([
  ['window', 'soon', 'write 120d, 12w, 48h or none'],
  ['view', 'sideways', 'write cohort, activity, snapshot'],
  ['skip-policy', '<b>', 'write impute, strict, open'],
  ['entry-policy', 'second', 'write first, every, last'],
  ['measure', 'hats', 'write count, value'],
])('%s="%s" is not asked but refused in words', async (name, value, words) => {
  const source = keeping();
  const funnel = new SamaFunnel();
  funnel.setAttribute(name, value);
  funnel.source = source;
  const heard = vi.fn<(event: Event) => void>();
  funnel.addEventListener('sama-error', heard);
  using shown = await mount(funnel);
  expect(source.asked).toEqual([]);
  expect(shown.text()).toContain(`"${value}": ${words}`);
  expect(heard).toHaveBeenCalledOnce();
  funnel.removeAttribute(name);
  await settled(funnel);
  expect(source.asked).toHaveLength(1);
});

test('a link restores what another page shows, whatever its own attributes say', async () => {
  const source = keeping();
  using one = await mount({
    render: () => html`<sama-funnel .source=${source} period="2026-Q1" segment="emea" lens="sales"></sama-funnel>`,
  });
  await userEvent.selectOptions(one.find('select[aria-label="Followed for"]'), '60d');
  await userEvent.selectOptions(one.find('select[aria-label="Segment"]'), '');
  one.find('.toggle').click();
  await vi.waitFor(() => one.find('.scroll'));
  const link = new URL(one.funnel.toLink());
  const asked = source.asked.at(-1);
  one.root.remove();

  const other = keeping();
  history.replaceState(null, '', link.hash);
  using two = await mount({
    render: () => html`<sama-funnel .source=${other} segment="emea" period="2025"></sama-funnel>`,
  });
  expect(other.asked).toEqual([asked]);
  expect(two.funnel.lens).toBe('sales');
  expect(two.all('table')).toHaveLength(1);

  location.hash = '#sama-lead-to-won?view=snapshot';
  await expect.poll(() => other.asked.at(-1)).toEqual({ kind: 'funnel', funnel: 'lead-to-won', view: 'snapshot' });
});

test('a link is for the funnel of its id, and state is taken like a link', async () => {
  const source = keeping();
  history.replaceState(null, '', '#sama-left?period=2024');
  using shown = await place(SamaFunnel, {
    render: () => html`
      <sama-funnel id="right" .source=${source} state=${'period=2026-Q2&window=30d'} period="2025"></sama-funnel>
      <sama-funnel id="left" .source=${source} period="2025"></sama-funnel>
    `,
  });
  const [right, left] = source.asked;
  expect(right).toMatchObject({ period: '2026-Q2', window: { days: 30 } });
  expect(left).toMatchObject({ period: '2024' });
  expect(shown.element.toLink()).toMatch(/#sama-right\?period=2026-Q2&window=30d$/);
});

test.each(['', '2026-Q1', 'a&b=c#d?e%20', '<img src=x>', '\u202eevil', '💚 ä', null])(
  'the choice %j comes back from its own text',
  async (value) => {
    using one = await mount(new SamaFunnel());
    using two = await mount(new SamaFunnel());
    Object.assign(one.funnel, { period: value, segment: value, skipPolicy: 'strict' });
    two.funnel.state = one.funnel.toState();
    await two.funnel.updateComplete;
    expect([two.funnel.period, two.funnel.segment, two.funnel.skipPolicy]).toEqual([value, value, 'strict']);
  },
);

test('the menu copies the link, or shows it where the page may not copy', async () => {
  using written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValueOnce().mockRejectedValueOnce(new Error());
  using shown = await mount({ render: () => html`<sama-funnel .source=${keeping()} period="2026-Q1"></sama-funnel>` });
  const copy = async (): Promise<void> => {
    const item = shown.all('.items button').find((button) => button.textContent === 'Copy link');
    item?.dispatchEvent(new MouseEvent('click'));
    await settled(shown.funnel);
  };
  await copy();
  expect(written).toHaveBeenCalledWith(shown.funnel.toLink());
  expect(shown.text()).toContain('Copied');
  await copy();
  expect(shown.text()).toContain(shown.funnel.toLink());
});
