import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { plant } from './planted.mjs';

let tree;
afterEach(() => tree?.remove());

/** @param {string} path @param {string} text */
function lint(path, text) {
  tree = plant({ [path]: text });
  return tree.run('oxlint', '--deny-warnings');
}

const element = (body) =>
  `import { LitElement, html } from 'lit';\nexport class A extends LitElement {\n${body}\n}\nexport { html };\n`;

test('an element written as the house writes them passes', () => {
  const text = element(
    `  static override properties = { period: { type: String }, timeZone: { type: String, attribute: 'time-zone' } };
  declare period: string;
  declare timeZone: string;
  constructor() {
    super();
    this.period = '';
    this.timeZone = '';
  }
  override render() {
    return html\`<p class="a \${this.period}" .title=\${this.period}>\${this.timeZone}</p>\`;
  }`,
  );
  expect(lint('packages/elements/src/a.ts', text)).toMatchObject({ ok: true });
});

/** Each in a file of its own, so that one run tells of all. */
const faults = [
  ['any', 'packages/sql/src/any.ts', 'export const a = (x: any) => x;\n', 'no-explicit-any'],
  ['a cast', 'packages/sql/src/cast.ts', "export const a = JSON.parse('1') as number;\n", 'consistent-type-assertions'],
  [
    'a non-null assertion',
    'packages/sql/src/non-null.ts',
    'export const a = (x?: string) => x!;\n',
    'no-non-null-assertion',
  ],
  ['eval', 'packages/sql/src/eval.ts', "eval('1');\n", 'no-eval'],
  [
    'a focused test',
    'packages/sql/src/focused.test.ts',
    "import { test } from 'vitest';\ntest.only('a', () => {});\n",
    'no-focused-tests',
  ],
  [
    'a skipped test',
    'packages/sql/src/skipped.test.ts',
    "import { test } from 'vitest';\ntest.skip('a', () => {});\n",
    'no-disabled-tests',
  ],
  [
    'a test without an expectation',
    'packages/sql/src/unexpecting.test.ts',
    "import { test } from 'vitest';\ntest('a', () => {});\n",
    'expect-expect',
  ],
  [
    'fetch in an element',
    'packages/elements/src/fetch.ts',
    "export const a = () => fetch('/x');\n",
    'no-restricted-globals',
  ],
  [
    'globalThis.fetch',
    'packages/elements/src/global-fetch.ts',
    "export const a = () => globalThis.fetch('/x');\n",
    'no-restricted-properties',
  ],
  [
    'styleMap',
    'packages/elements/src/style-map.ts',
    "export { styleMap } from 'lit/directives/style-map.js';\n",
    'no-restricted-imports',
  ],
  [
    'unsafeHTML',
    'packages/elements/src/unsafe-html.ts',
    "export { unsafeHTML } from 'lit/directives/unsafe-html.js';\n",
    'no-restricted-imports',
  ],
  [
    'a style attribute',
    'packages/elements/src/style.ts',
    element('override render() { return html`<p style="x"></p>`; }'),
    'ban-attributes',
  ],
  [
    'a binding in a tag',
    'packages/elements/src/binding.ts',
    element('override render() { return html`<p ${1}=2></p>`; }'),
    'binding-positions',
  ],
  [
    'two equal bindings',
    'packages/elements/src/bindings.ts',
    element('override render() { return html`<p a=${1} a=${2}></p>`; }'),
    'no-duplicate-template-bindings',
  ],
  [
    'a field over a property',
    'packages/elements/src/field.ts',
    element("static override properties = { a: { type: String } };\na = '';"),
    'no-classfield-shadowing',
  ],
  [
    'a lifecycle method that forgets its parent',
    'packages/elements/src/lifecycle.ts',
    element('override connectedCallback() { this.focus(); }'),
    'lifecycle-super',
  ],
  [
    'attributes set in the constructor',
    'packages/elements/src/constructor.ts',
    element("constructor() { super(); this.setAttribute('a', ''); }"),
    'no-constructor-attributes',
  ],
];

describe('refused', () => {
  let found;
  let lines;
  beforeAll(() => {
    tree = plant(Object.fromEntries(faults.map(([, path, text]) => [path, text])));
    found = tree.run('oxlint', '--deny-warnings', '--format=unix');
    lines = found.said.split('\n');
  });

  test.each(faults)('%s', (_, path, _text, rule) => {
    const told = lines.filter((line) => line.startsWith(`${path}:`));
    expect(told.map((line) => line.includes(`(${rule})`))).toContain(true);
    expect(found.ok).toBe(false);
  });
});

test('modules that import each other: refused', () => {
  tree = plant({
    'packages/sql/src/a.ts': "export { b } from './b.ts';\nexport const a = 1;\n",
    'packages/sql/src/b.ts': "export { a } from './a.ts';\nexport const b = 1;\n",
  });
  const { ok, said } = tree.run('oxlint');
  expect(said).toContain('no-cycle');
  expect(ok).toBe(false);
});

test('a file that is not formatted: refused', () => {
  tree = plant({ 'a.mjs': 'export   const a = "x"' });
  expect(tree.run('oxfmt', '--check', 'a.mjs')).toMatchObject({ ok: false });
});
