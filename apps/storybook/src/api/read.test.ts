import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { findingsOf } from './findings.ts';
import { pagesOf } from './pages.ts';
import { readPackage } from './read.ts';
import type { ApiPackage } from './shape.ts';

const METRICS = fileURLToPath(new URL('../../../../packages/metrics', import.meta.url));

let planted = '';
afterEach(() => rmSync(planted, { recursive: true, force: true }));

/** A package of these sources with the path `.` and, where there is a `more.ts`, `./more`. */
function plant(files: Record<string, string>): ApiPackage {
  planted = mkdtempSync(join(tmpdir(), 'sama-api-'));
  const paths = { '.': { types: './dist/index.d.ts' }, './data.json': './data.json' };
  const manifest = {
    name: '@sama/planted',
    description: 'A planted package.',
    exports: 'src/more.ts' in files ? { ...paths, './more': { types: './dist/more.d.ts' } } : paths,
  };
  const compilerOptions = { strict: true, module: 'nodenext', target: 'es2023', allowImportingTsExtensions: true };
  const all = {
    'package.json': JSON.stringify(manifest),
    'tsconfig.json': JSON.stringify({ compilerOptions: { ...compilerOptions, noEmit: true }, include: ['src'] }),
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(planted, path)), { recursive: true });
    writeFileSync(join(planted, path), text);
  }
  return readPackage(planted);
}

const index = (text: string) => plant({ 'src/index.ts': text });

test.each([
  ['no docstring', 'export const one = 1;', ['has no docstring', 'needs one of']],
  ['a docstring without a tag', '/** The first number. */\nexport const one = 1;', ['and has 0']],
  ['two tags', '/**\n * The first number.\n * @public\n * @beta\n */\nexport const one = 1;', ['and has 2']],
  ['a tag without a docstring', '/** @public */\nexport const one = 1;', ['has no docstring']],
  [
    'a comment that is no docstring',
    '// The first number. @public\nexport const one = 1;',
    ['has no docstring', 'and has 0'],
  ],
  ['all in order', '/** The first number. @public */\nexport const one = 1;', []],
])('%s', (_, text, expected) => {
  const findings = findingsOf(index(`${text}\n`));
  expect(findings.filter((finding) => expected.some((part) => finding.includes(part)))).toEqual(findings);
  for (const part of expected) expect(findings.join('\n')).toContain(part);
});

test('an export is found through what hands it on, under the name callers use, and named once', () => {
  const { modules } = plant({
    'src/index.ts': "export { inner as outer } from './one.ts';\nexport * from './more.ts';\n",
    'src/more.ts': '/** Another. @beta */\nexport const other = 2;\n',
    'src/one.ts': '/** The inner one. @public */\nexport const inner = 1;\n',
  });
  expect(modules.map(({ path, exports }) => [path, exports.map(({ name, file }) => `${name} ${file}`)])).toEqual([
    ['@sama/planted', ['other src/more.ts', 'outer src/one.ts']],
    ['@sama/planted/more', ['other src/more.ts']],
  ]);
});

test('what says how stable it is and cannot be imported is a finding', () => {
  const of = plant({
    'src/index.ts': "export { one } from './one.ts';\n",
    'src/one.ts': '/** One. @public */\nexport const one = 1;\n/** Two. @public */\nexport const two = 2;\n',
  });
  expect(findingsOf(of)).toEqual(['src/one.ts: two says how stable it is, and no path exports it']);
});

test('signatures are what a caller reads: overloads without the body, classes without what is private', () => {
  const { modules } = index(`
/** Adds. @public */
export function add(a: number): number;
export function add(a: string): string;
export function add(a: number | string): number | string { return a; }
/** Waits. @public */
export async function wait<T>(ms: number, then: () => T = () => { throw new Error('{'); }): Promise<T> { return then(); }
/** Asks. @public */
export const ask = (word: string): word is 'yes' => word === 'yes';
/** A box. @public */
export class Box<T> extends Map<string, T> {
  #inner = 1;
  private secret = 2;
  /** How full, 0 to 1. */
  readonly fill = 0.5;
  /**
   * Puts in.
   * @throws never
   */
  put(item: T): void { this.#inner += this.secret; void item; }
}
`);
  const signatures = Object.fromEntries(modules[0]?.exports.map(({ name, signature }) => [name, signature]) ?? []);
  expect(signatures).toEqual({
    add: 'function add(a: number): number;\nfunction add(a: string): string;',
    wait: "function wait<T>(ms: number, then: () => T = () => { throw new Error('{'); }): Promise<T>",
    ask: "const ask: (word: string) => word is 'yes'",
    Box: `class Box<T> extends Map<string, T> {
  /** How full, 0 to 1. */
  readonly fill: 0.5;
  /**
   * Puts in.
   * @throws never
   */
  put(item: T): void;
}`,
  });
});

test('a schema is spelt out with what it says of its fields, and calls other schemas by name', () => {
  const { modules } = readPackage(METRICS);
  const contracts = modules.find(({ path }) => path === '@sama/metrics/contracts');
  const one = (name: string) => contracts?.exports.find((each) => each.name === name);
  expect(one('Command')).toMatchObject({ kind: 'schema', file: 'src/contracts/command.ts', stability: ['public'] });
  expect(one('Command')?.signature).toBe(`type Command = {
  v: 1;
  commandId: string;
  expectedVersion: number;
  type: string;
  target: string;
  payload: { [x: string]: unknown };
}`);
  const envelope = one('Envelope')?.signature ?? '';
  expect(envelope).toContain('\n  definition?: DefinitionRef;\n');
  expect(envelope).toContain(
    '\n  /** Fields and remedies behind `code`, in English, for developers and logs. */\n  message?: string;\n',
  );
  expect(envelope.length).toBeLessThan(1000);
});

test('a page describes an export once and links to it from every other path', () => {
  const of = plant({
    'src/index.ts':
      "export * from './more.ts';\n/** See `otherOne` for `{}` and <b>, not `own`. @public */\nexport const own = 1;\n",
    'src/more.ts': '/** Another | one. It has more to say. @beta */\nexport const otherOne = 2;\n',
  });
  const [overview, root, more] = pagesOf([of]);
  expect([overview?.file, root?.file, more?.file]).toEqual([
    'api-overview.mdx',
    'api-planted-root.mdx',
    'api-planted-more.mdx',
  ]);
  const link = '[`otherOne`](?path=/docs/api-planted-more--docs#otherone)';
  expect(root?.text).toContain(JSON.stringify(`| ${link} | Another \\| one. | `).slice(1, -1));
  expect(root?.text).not.toContain('### otherOne');
  expect(root?.text).toContain(`See ${link} for \`{}\` and \\<b>, not \`own\`.`);
  expect(more?.text).toContain('### otherOne');
  expect(overview?.text).toContain('| [`@sama/planted`](?path=/docs/api-planted-root--docs) | 1 | 1 |  |');
});
