import type { DataSource, Envelope } from '@sama/metrics/contracts';
import { afterEach, expect, test, vi } from 'vitest';
import { defineAll } from '../define-all.ts';
import { SamaKpi } from '../kpi/kpi.ts';
import { healthy } from '../testing/kpi-samples.ts';
import { settled } from '../testing/mount.ts';
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

test('what is short is done before the task ends', async () => {
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

test('elements are drawn before anything is painted, ask together in the next task, and show their answers in turn', async () => {
  const asked: ((answer: Envelope) => void)[] = [];
  const source: DataSource = {
    query: () => new Promise((resolve) => asked.push(resolve)),
    command: async () => ({ status: 'refused' }),
    subscribe: () => () => undefined,
  };
  const tiles = ['acceptance', 'win-rate', 'in-time'].map((kpi) => Object.assign(new SamaKpi(), { kpi, source }));
  root.append(...tiles);
  document.body.append(root);
  await Promise.all(tiles.map(({ updateComplete }) => updateComplete));
  const shows = (part: string): boolean[] => tiles.map((tile) => tile.renderRoot.querySelector(part) !== null);
  expect(shows('.blank')).toEqual([true, true, true]);
  expect(asked).toEqual([]);
  await scheduler.postTask(() => undefined);
  expect(asked).toHaveLength(3);
  const before = busy();
  for (const give of asked) give(healthy);
  await before;
  expect(shows('[data-mark]')).toEqual([false, false, false]);
  await Promise.all(tiles.map(settled));
  expect(shows('[data-mark]')).toEqual([true, true, true]);
});
