import type { DataSource } from '@sama/metrics/contracts';
import { afterEach, expect, test, vi } from 'vitest';
import { defineAll } from '../define-all.ts';
import { SamaKpi } from '../kpi/kpi.ts';
import { renderToString } from '../ssr/index.ts';
import { healthy } from '../testing/kpi-samples.ts';
import { settled } from '../testing/mount.ts';
import { sourceOf } from '../testing/story.ts';
import { inTurn } from './turns.ts';

defineAll();

/** Keeps the processor for so many milliseconds. */
function burn(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}

/** Uses up the slice of a task. */
const busy = (): Promise<void> => inTurn(() => burn(60));

const root = document.createElement('div');
afterEach(() => {
  root.replaceChildren();
  root.remove();
});

test('what takes long is done in several tasks, between which the page has its turn, and each after the other', async () => {
  const order: string[] = [];
  const works = ['a', 'b', 'c', 'd', 'e'].map((name) =>
    inTurn(() => {
      burn(20);
      order.push(name);
    }),
  );
  void scheduler.postTask(() => order.push('page'));
  await Promise.all(works);
  expect(order.filter((name) => name !== 'page')).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(order.indexOf('page')).toBeLessThan(order.indexOf('e'));
});

test('what is short is done before the task ends, once the script has come', async () => {
  await inTurn(() => undefined);
  await new Promise((resolve) => setTimeout(resolve));
  const order: string[] = [];
  void scheduler.postTask(() => order.push('next task'));
  await inTurn(() => order.push('work'));
  await vi.waitFor(() => expect(order).toEqual(['work', 'next task']));
});

test('what throws is told to whoever asked, and stops no other', async () => {
  const works = await Promise.allSettled([
    busy(),
    inTurn(() => {
      throw new Error('no');
    }),
    inTurn(() => 'done'),
  ]);
  expect(works.map((one) => ('value' in one ? one.value : String(one.reason)))).toEqual([
    undefined,
    'Error: no',
    'done',
  ]);
});

test('elements that wait for their turn ask together before one draws, and show what the page has in them until then', async () => {
  await inTurn(() => undefined);
  const events: string[] = [];
  const source: DataSource = {
    query: (question) => {
      events.push(`asked ${question.kind === 'kpi' ? question.kpis?.join() : ''}`);
      return new Promise(() => undefined);
    },
    command: async () => ({ status: 'refused' }),
    subscribe: () => () => undefined,
  };
  const before = busy();
  const tiles = ['acceptance', 'win-rate', 'in-time'].map((kpi) => {
    const tile = Object.assign(new SamaKpi(), { kpi, source });
    const text = document.createElement('p');
    text.textContent = 'What the page says';
    tile.append(text);
    root.append(tile);
    return { tile, text };
  });
  const isSeen = ({ text }: { text: HTMLElement }): boolean => text.getBoundingClientRect().height > 0;
  document.body.append(root);
  for (const { tile } of tiles) void tile.updateComplete.then(() => events.push(`drawn ${tile.kpi}`));
  await before;
  expect(events).toEqual(['asked acceptance', 'asked win-rate', 'asked in-time']);
  expect(tiles.map(isSeen)).toEqual([true, true, true]);
  await Promise.all(tiles.map(({ tile }) => settled(tile)));
  expect(events.slice(3)).toEqual(['drawn acceptance', 'drawn win-rate', 'drawn in-time']);
  expect(tiles.map(isSeen)).toEqual([false, false, false]);
});

test('what a server drew stands until its element draws', async () => {
  const text = await renderToString('sama-kpi', { source: sourceOf(healthy) });
  document.body.append(root);
  root.setHTMLUnsafe(text.replace(/(<\/?sama-[a-z]+)/g, '$1-turns'));
  const tile = root.querySelector('sama-kpi-turns');
  const drawn = tile?.shadowRoot?.querySelector('.sama');
  expect(drawn?.textContent).toContain('Pipeline created');
  const before = busy();
  defineAll({ suffix: '-turns' });
  await before;
  expect(drawn?.isConnected).toBe(true);
  await vi.waitFor(() => expect(tile?.shadowRoot?.querySelectorAll('.sama')).toHaveLength(1));
  await vi.waitFor(() => expect(drawn?.isConnected).toBe(false));
});
