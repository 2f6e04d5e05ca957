import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { allExamples, blocksOf, examples, runners, unrunExamples } from './examples.mjs';
import { toolEnv } from './run.mjs';

const said = (command, args, input) => {
  const { status, stderr } = spawnSync(command, args, { input, env: toolEnv(), encoding: 'utf8' });
  return status === 0 ? undefined : `it cannot be read: ${stderr.trim()}`;
};
/** What is wrong with how an example is written that no test runs, by its language. Of a drawing nothing can be. */
const READERS = {
  sh: (code) => said('bash', ['-n'], code),
  json: (code) => said('node', ['--eval', 'JSON.parse(require("node:fs").readFileSync(0, "utf8"))'], code),
  js: (code) => said('node', ['--check', '--input-type=module', '-'], code),
  text: () => undefined,
};
const read = ({ language, code }) =>
  READERS[language]?.(code) ?? (language in READERS ? undefined : `nothing here reads ${language}`);

test('every example in the docs is run by a test, or says why not and can be read', () => {
  const all = allExamples();
  expect(all.length).toBeGreaterThan(80);
  expect(unrunExamples(all, runners(), read)).toEqual([]);
  // What no test runs is listed here too, so that it does not grow by itself.
  const unrun = all.filter((example) => example.unrun !== undefined);
  expect(unrun.map(({ page, language }) => `${page} ${language}`)).toEqual([
    'CONTRIBUTING.md sh',
    'README.md sh',
    'README.md sh',
    'README.md sh',
    'docs/sign-in.md text',
    'packages/metrics/README.md sh',
  ]);
});

const fence = '`'.repeat(3);
const planted = (info, code = 'a\n') => `# A page\n\n${fence}${info}\n${code}${fence}\n`;

test.each([
  ['nothing', 'sh run=known', 'a\n', []],
  ['a block nobody runs', 'sh', 'a\n', ['a.md:3: no test runs this block: say run=NAME, or unrun="why"']],
  ['a block without a language', '', 'a\n', ['a.md:3: the block names no language']],
  ['a block of a test there is not', 'sh run=gone', 'a\n', [`a.md:3: no test asks for ${'examples'}('gone')`]],
  ['no reason', 'sh unrun="later"', 'a\n', ['a.md:3: unrun does not say why']],
  [
    'a shell that cannot be read',
    'sh unrun="it needs a car"',
    'if\n',
    [expect.stringMatching(/^a\.md:3: it cannot be read: bash/)],
  ],
  ['JSON that is none', 'json unrun="it needs a car"', '{,}\n', [expect.stringMatching(/^a\.md:3: it cannot be read/)]],
  [
    'JavaScript that is none',
    'js unrun="it needs a car"',
    'let let;\n',
    [expect.stringMatching(/^a\.md:3: it cannot be read/)],
  ],
  ['a language nothing reads', 'cobol unrun="it needs a car"', 'a\n', ['a.md:3: nothing here reads cobol']],
])('of %s it says where', (_, info, code, expected) => {
  const tests = new Map([['known', ['a.test.ts']]]);
  const other = blocksOf('b.md', planted('sh run=known'));
  expect(unrunExamples([...blocksOf('a.md', planted(info, code)), ...other], tests, read)).toEqual(expected);
});

test('a test without examples, a block without an end, and other examples than a test expects are found', () => {
  expect(unrunExamples([], new Map([['old', ['a.test.ts']]]), read)).toEqual(['a.test.ts: no block says run=old']);
  expect(() => blocksOf('a.md', `${fence}sh run=a\n`)).toThrow('a.md:1: the block has no end');
  const frames = 'frames';
  expect(() => examples(frames, 'js')).toThrow(
    /^the test of frames runs js, and the docs have docs\/frames\.md:\d+ \(js\)/,
  );
  const nameless = 'nowhere';
  expect(() => examples(nameless)).toThrow('no example says run=nowhere');
  // One within a list, and one that shows a fence.
  const text = `- so:\n\n  ${fence}sh run=a\n  b\n    c\n  ${fence}\n\n${fence}${'`'}text unrun="it shows how"\n${fence}\n${fence}${'`'}\n`;
  expect(blocksOf('a.md', text)).toEqual([
    { page: 'a.md', line: 3, language: 'sh', run: 'a', code: 'b\n  c\n' },
    { page: 'a.md', line: 8, language: 'text', unrun: 'it shows how', code: `${fence}\n` },
  ]);
});
