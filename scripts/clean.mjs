/*
 * Set up before each test file of a project whose files share a process (`isolate: false`): a file that leaves the
 * process other than it found it fails, before another file fails of it.
 */
import assert from 'node:assert/strict';
import { afterAll, vi } from 'vitest';

/** What tests replace, and could forget to put back. */
const replaced = () => ({
  clearInterval,
  clearTimeout,
  Date,
  fetch,
  now: performance.now,
  queueMicrotask,
  random: Math.random,
  setInterval,
  setTimeout,
  warn: console.warn,
  write: process.stdout.write,
});

const state = () => ({
  env: { ...process.env },
  faked: vi.isFakeTimers(),
  folder: process.cwd(),
  // Modules share what they keep under symbols and such names.
  globals: Object.getOwnPropertyNames(globalThis)
    .filter((name) => !/^(?:__|lit)/.test(name))
    .toSorted(),
  listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
});

const [before, found] = [state(), replaced()];

afterAll(() => {
  assert.deepEqual(state(), before);
  for (const [name, value] of Object.entries(replaced())) assert.ok(value === found[name], `${name} is another`);
});
