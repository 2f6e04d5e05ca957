import type { DataSource } from '@sama/metrics/contracts';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { healthy, maturing } from '../testing/funnel-samples.ts';
import { mount, settled } from '../testing/mount.ts';
import { sourceOf } from '../testing/story.ts';
import './define.ts';

afterEach(() => void vi.unstubAllGlobals());

describe('sources', () => {
  const script = (value: unknown) => {
    const element = document.createElement('script');
    element.type = 'application/json';
    element.textContent = typeof value === 'string' ? value : JSON.stringify(value);
    return element;
  };
  const table = () => {
    const element = document.createElement('table');
    const row = element.insertRow();
    row.append(Object.assign(document.createElement('th'), { textContent: 'Table' }));
    row.insertCell().textContent = '1 234';
    return element;
  };
  const rows = (stage: string) => [
    { stage, count: 40 },
    { stage: 'Won', count: 10 },
  ];
  const funnel = (...children: Element[]) => {
    const element = document.createElement('sama-funnel');
    element.append(...children);
    return element;
  };

  test('one wins: data, script, source, table', async () => {
    const query = vi.fn<DataSource['query']>(async () => ({ ...healthy }));
    const source: DataSource = {
      query,
      command: async () => ({ status: 'refused' }),
      subscribe: () => () => undefined,
    };
    const element = Object.assign(funnel(script(rows('Script')), table()), { data: rows('Data'), source });
    using place = await mount(element);
    expect(place.text()).toContain('Data');
    expect(query).not.toHaveBeenCalled();

    place.funnel.data = undefined;
    await settled(place.funnel);
    expect(place.text()).toContain('Script');
    // The script was the first answer; nothing is fetched twice.
    expect(query).not.toHaveBeenCalled();

    place.funnel.period = '2026-Q2';
    await settled(place.funnel);
    expect(query).toHaveBeenCalledTimes(1);
    expect(place.text()).toContain('Opportunity');

    place.funnel.querySelector('script')?.remove();
    place.funnel.source = null;
    await settled(place.funnel);
    expect(place.text()).toContain('Table');
    expect(place.text()).toContain('1,234');
  });

  test('a provider among the ancestors is asked, after src and before a table', async () => {
    const root = document.createElement('div');
    root.addEventListener('context-request', (event) => {
      const callback: unknown = Reflect.get(event, 'callback');
      if (Reflect.get(event, 'context') === Symbol.for('sama.source.v1') && typeof callback === 'function')
        callback(sourceOf(maturing));
    });
    const element = document.createElement('sama-funnel');
    element.append(table());
    root.append(element);
    using place = await mount(root);
    expect(place.text()).toContain('fell 4.6 points');
  });

  test('what a server and a file say', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(url);
      return Response.json(url.endsWith('.json') ? rows('File') : healthy);
    });
    using server = await mount(
      Object.assign(funnel(), { src: 'https://metrics.example.com', funnel: 'lead-to-won', period: '2026-Q1' }),
    );
    await vi.waitFor(() => expect(server.text()).toContain('391 of 18,400'));
    expect(server.all('.pick').length).toBeGreaterThan(2);
    using file = await mount(Object.assign(funnel(), { src: 'https://example.com/funnel.json' }));
    await vi.waitFor(() => expect(file.text()).toContain('File'));
    expect(file.all('.pick')).toHaveLength(0);
    expect(asked.some((url) => url.startsWith('https://metrics.example.com/v1/query?q='))).toBe(true);
  });

  test('children that come later are read', async () => {
    using place = await mount(funnel());
    expect(place.text()).toContain('Nothing to show yet');
    place.funnel.append(table());
    await settled(place.funnel);
    expect(place.text()).toContain('1,234');
    const cell = place.funnel.querySelector('td');
    if (cell !== null) cell.textContent = '٥٬٦٧٨';
    await settled(place.funnel);
    expect(place.text()).toContain('5,678');
  });

  test.each([
    ['rows with a wrong count', [{ stage: 'Lead', count: -1 }], 'Lead: -1 is not a count; write'],
    ['another object', { hello: 'world' }, 'v: expected'],
    ['a text', 'text', 'expected an object'],
    ['an envelope of a later version', { v: 2 }, 'version 2'],
  ])('%s is told inside the widget, and to the page', async (_name, data, words) => {
    const errors: unknown[] = [];
    const element = funnel();
    element.addEventListener('sama-error', (event) => errors.push(event.detail));
    using place = await mount(Object.assign(element, { data }));
    expect(place.find('.banner').textContent).toContain(words);
    expect(errors).toHaveLength(1);
  });

  test.each([
    ['no JSON', '<!doctype html>', 200, 'https://example.com/funnel.json is not JSON'],
    ['not there', '', 404, 'There is nothing at this address. (https://example.com/funnel.json'],
  ])('a file that is %s is named, and may be tried again', async (_name, body, status, words) => {
    vi.stubGlobal('fetch', async () => new Response(body, { status }));
    using file = await mount(Object.assign(funnel(), { src: 'https://example.com/funnel.json' }));
    await vi.waitFor(() => expect(file.find('.banner').textContent).toContain(words));
    expect(file.find('.banner button').textContent).toBe('Try again');
  });

  test.each([
    ['unreachable', true, 'sama serve --origin http'],
    ['rate-limited', true, 'Try again later'],
    ['invalid-period', false, 'The question is not understood'],
    ['unknown-definition', false, 'The question is not understood'],
  ] as const)('after %s, trying again is offered: %s', async (code, again, words) => {
    vi.stubGlobal('fetch', async () =>
      Response.json({ v: 1, status: 'error', flags: [], code, warnings: [] }, { status: 200 }),
    );
    using place = await mount(Object.assign(funnel(), { src: 'https://metrics.example.com', funnel: 'x' }));
    await vi.waitFor(() => expect(place.find('.banner').textContent).toContain(words));
    expect(place.all('.banner button')).toHaveLength(again ? 1 : 0);
  });

  test('a page that supplies no stages is told so', async () => {
    using place = await mount(Object.assign(funnel(), { data: [] }));
    expect(place.find('.finding').textContent).toBe('This page supplies no stages.');
  });

  test('a script and a table that cannot be read stay readable', async () => {
    using place = await mount(funnel(script('{ nonsense')));
    expect(place.find('.banner').textContent).toContain('the JSON script cannot be read');
    const bad = table();
    bad.rows[0]?.cells[1]?.replaceChildren('many');
    using other = await mount(funnel(bad));
    expect(other.find('.banner').textContent).toContain('Table: many is not a count');
    expect(other.all('slot')).toHaveLength(1);
  });
});
