/*
 * Set up before each test file: all of them share one page (`isolate: false`), and a file that leaves it otherwise
 * than it found it fails, before another fails of it. What cannot be taken back stays: tags that are defined, and
 * languages that are registered, so that no test counts on one of Sama's own not being there.
 */
import { afterAll, assert, vi } from 'vitest';

const attributesOf = (element: Element): string[] =>
  Array.from(element.attributes, ({ name, value }) => `${name}=${value}`).toSorted();

/** What tests change, and could forget to put back. */
const state = () => ({
  address: location.href,
  root: attributesOf(document.documentElement),
  body: [...attributesOf(document.body), ...Array.from(document.body.children, ({ localName }) => localName)],
  sheets: document.adoptedStyleSheets.length,
  timersAreFaked: vi.isFakeTimers(),
  kept: [localStorage.length, sessionStorage.length],
});

const replaced = () => ({
  clearTimeout,
  Date,
  fetch,
  IntersectionObserver,
  now: performance.now,
  queueMicrotask,
  random: Math.random,
  requestAnimationFrame,
  ResizeObserver,
  setInterval,
  setTimeout,
  warn: console.warn,
  write: navigator.clipboard.writeText,
});

// The first Tab of a file goes to the first thing of the page, wherever the last one went.
const first = document.createElement('button');
document.body.prepend(first);
first.focus();
first.remove();

const [before, found] = [state(), replaced()];

afterAll(() => {
  assert.deepEqual(state(), before);
  for (const [name, value] of Object.entries(replaced())) assert.strictEqual(value, Reflect.get(found, name), name);
});
