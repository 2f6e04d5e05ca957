import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chromiumArgs, findChromium } from './chromium.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sama-chromium-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** @param {string} name @returns {string} the path of a file that can be run */
function program(name) {
  const path = join(folder, name);
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}

const none = () => undefined;
const cannot = () => false;

test('the one that is named comes first', () => {
  const named = program('mine');
  const installed = () => program('playwright');
  expect(findChromium({ env: { PLAYWRIGHT_CHROMIUM_EXECUTABLE: named, PATH: folder }, installed })).toBe(named);
});

test('a named one that cannot be run is an error, not a reason to take another', () => {
  program('chromium');
  const env = { PLAYWRIGHT_CHROMIUM_EXECUTABLE: join(folder, 'gone'), PATH: folder };
  expect(() => findChromium({ env })).toThrow('PLAYWRIGHT_CHROMIUM_EXECUTABLE names');
});

test("then Playwright's own, then the system's", () => {
  const system = program('google-chrome');
  const own = program('playwright');
  expect(findChromium({ env: { PATH: folder }, installed: () => own })).toBe(own);
  expect(findChromium({ env: { PATH: folder }, installed: none })).toBe(system);
});

test('else one is installed, by the first installer that brings one', () => {
  const brings = () => program('chromium') !== '';
  const installers = [cannot, () => true, brings];
  expect(findChromium({ env: { PATH: folder }, installed: none, installers })).toBe(join(folder, 'chromium'));
});

test('else the error says what to do', () => {
  const search = () => findChromium({ env: { PATH: folder }, installed: none, installers: [cannot] });
  expect(search).toThrow('npx playwright-core install chromium');
  expect(search).toThrow('set PLAYWRIGHT_CHROMIUM_EXECUTABLE');
});

test('only root runs without the sandbox', () => {
  expect(chromiumArgs({ root: true })).toContain('--no-sandbox');
  expect(chromiumArgs({ root: false })).not.toContain('--no-sandbox');
});
