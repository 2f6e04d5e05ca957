import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const home = fileURLToPath(new URL('..', import.meta.url));
let room = '';

beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'sama-tokens-'));
  cpSync(join(home, 'tokens'), join(room, 'tokens'), { recursive: true });
});
afterEach(() => rmSync(room, { recursive: true }));

const build = () =>
  spawnSync(process.execPath, [join(home, 'build.mjs'), '--from', join(room, 'tokens'), '--to', room], {
    encoding: 'utf8',
  });

function edit(file: string, change: (text: string) => string) {
  const path = join(room, 'tokens', file);
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
}

test('what stands in src/generated is what the sources say', () => {
  expect(build().status).toBe(0);
  for (const file of [
    'src/generated/values.ts',
    'src/generated/lines.ts',
    'dist/sama.css',
    'dist/tokens.json',
    'dist/tokens-studio.json',
    'dist/modes/dark.tokens.json',
  ]) {
    expect(readFileSync(join(room, file), 'utf8')).toBe(readFileSync(join(home, file), 'utf8'));
  }
});

test('a reference to nothing fails and is named', () => {
  edit('light.json', (text) => text.replace('{text-muted}', '{text-mutde}'));
  const { status, stderr } = build();
  expect(status).toBe(1);
  expect(stderr).toContain('neutral: {text-mutde} is not defined');
});

test('references in a circle fail', () => {
  edit('light.json', (text) => text.replace(/"text-muted": \{.+?\n {2}\}/s, '"text-muted": { "$value": "{neutral}" }'));
  const { status, stderr } = build();
  expect(status).toBe(1);
  expect(stderr).toContain('circle');
});

test('an accent that is not defined fails', () => {
  edit('dark.json', (text) => text.replace('"from": "accent"', '"from": "akzent"'));
  const { status, stderr } = build();
  expect(status).toBe(1);
  expect(stderr).toContain('{akzent}');
});

test('a colour that one theme lacks fails', () => {
  edit('contrast.json', (text) => text.replace('"data-track"', '"data-trakc"'));
  const { status, stderr } = build();
  expect(status).toBe(1);
  expect(stderr).toContain('contrast: data-track is missing');
});

test('a mix whose value is not what it says fails, with the right one', () => {
  edit('light.json', (text) => text.replace('"percent": 12', '"percent": 21'));
  const { status, stderr } = build();
  expect(status).toBe(1);
  expect(stderr).toMatch(/light: border is not its mix, which is 0\.84\d+ /);
});

test('a size that only one density has fails', () => {
  edit('compact.json', (text) => text.replace('"bar-height"', '"bar-hight"'));
  const { status, stderr } = build();
  expect(status).toBe(1);
  expect(stderr).toContain('compact: bar-height is missing');
});

test('the files for design tools have sRGB and pixels only', () => {
  expect(build().status).toBe(0);
  const { light, base } = JSON.parse(readFileSync(join(room, 'dist/tokens-studio.json'), 'utf8'));
  expect(light.surface).toEqual({ $type: 'color', $value: '#ffffff' });
  expect(base['font-size'].lg.$value).toBe('16px');
  const dark = readFileSync(join(room, 'dist/modes/dark.tokens.json'), 'utf8');
  expect(JSON.parse(dark).surface.$value).toEqual({
    colorSpace: 'srgb',
    components: [0.0824, 0.102, 0.1255],
    alpha: 1,
    hex: '#151a20',
  });
  expect(dark).not.toContain('"em"');
});
