import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOM = resolve(import.meta.dirname, '..');
const ELEMENTS = resolve(ROOM, '../../packages/elements/dist');
const TSC = resolve(ROOM, '../../node_modules/.bin/tsc');

interface Kind {
  /** Before each case. */
  head: string;
  /** How the types of the framework are found. */
  paths: Record<string, string[]>;
  /** What is right. */
  right: string;
  /** What is wrong, and the error that says so. */
  wrong: readonly (readonly [what: string, code: string])[];
}

const modules = (path: string): string[] => [join(ROOM, 'node_modules', path)];
const REACT = (types: string): Kind['paths'] => ({
  react: modules(`${types}/index.d.ts`),
  'react/jsx-runtime': modules(`${types}/jsx-runtime.d.ts`),
});

const KINDS: Record<string, Kind> = {
  TypeScript: {
    head: `import '@sama/elements/funnel/define';
      import type { SamaFunnelEventMap, SamaElements } from '@sama/elements/types';
      const funnel = document.createElement('sama-funnel');
      declare const events: SamaFunnelEventMap;
      declare const elements: SamaElements;`,
    paths: {},
    right: `funnel.lens = 'sales';
      funnel.addEventListener('sama-stage-select', (event) => { const stage: string = event.detail.stage; return stage; });
      const drill: 'leak' | 'rate' | 'reason' = events['sama-drill'].detail.kind;
      const tag: string | null | undefined = elements['sama-filter'].attributes.choices;
      export { drill, tag };`,
    wrong: [
      [`funnel.lens = 'finance';`, 'TS2322'],
      [`funnel.addEventListener('sama-stage-select', (event) => event.detail.nothing);`, 'TS2339'],
      [`export const gone = events['sama-gone'];`, 'TS7053'],
    ],
  },
  'React 19': {
    head: `import type {} from '@sama/elements/react'; import type { SamaFunnel } from '@sama/elements/funnel'; declare const ref: { current: SamaFunnel | null };`,
    paths: REACT('@types/react'),
    right: `export const page = <sama-funnel ref={ref} className="wide" data={[]} timeZone="UTC" time-zone="UTC" lens="sales" onsama-drill={(event) => event.detail.kind === 'rate' && event.detail.from.trim()}><table /></sama-funnel>;`,
    wrong: [
      [`export const page = <sama-funnel lens="finance" />;`, 'TS2322'],
      [`export const page = <sama-funnel onsama-drill={(event) => event.detail.nothing} />;`, 'TS2339'],
      [`export const page = <sama-funnel colour="red" />;`, 'TS2322'],
      [`export const page = <sama-nothing />;`, 'TS2339'],
      [
        `declare const other: { current: HTMLTableElement | null }; export const page = <sama-funnel ref={other} />;`,
        'TS2322',
      ],
    ],
  },
  'React 18': {
    head: `import type {} from '@sama/elements/react-18'; import type { SamaFunnel } from '@sama/elements/funnel'; declare const ref: { current: SamaFunnel | null };`,
    paths: REACT('react-18-types'),
    right: `export const page = <sama-funnel ref={ref} class="wide" time-zone="UTC" lens="sales"><table /></sama-funnel>;`,
    wrong: [
      [`export const page = <sama-funnel lens="finance" />;`, 'TS2322'],
      [`export const page = <sama-funnel data={[]} />;`, 'TS2322'],
      [`export const page = <sama-funnel className="wide" />;`, 'TS2322'],
    ],
  },
  Vue: {
    head: `import type {} from '@sama/elements/vue'; import type { GlobalComponents } from 'vue';
      type Funnel = InstanceType<GlobalComponents['sama-funnel']>; declare const emit: Funnel['$emit'];`,
    paths: { vue: modules('vue') },
    right: `export const props: Funnel['$props'] = { data: [], lens: 'sales', 'time-zone': 'UTC', class: 'wide', 'onSama-drill': (event) => event.detail.kind === 'rate' && event.detail.from.trim() };
      export const told = (event: CustomEvent<{ kind: 'rate'; from: string; to: string }>) => emit('sama-drill', event);`,
    wrong: [
      [`export const props: Funnel['$props'] = { lens: 'finance' };`, 'TS2322'],
      [`export const props: Funnel['$props'] = { 'onSama-drill': (event) => event.detail.nothing };`, 'TS2339'],
      [`emit('sama-gone');`, 'TS2554'],
    ],
  },
  Svelte: {
    head: `import type {} from '@sama/elements/svelte'; import type { SvelteHTMLElements } from 'svelte/elements'; type Funnel = SvelteHTMLElements['sama-funnel'];`,
    paths: { 'svelte/elements': modules('svelte/elements.d.ts') },
    right: `export const props: Funnel = { data: [], lens: 'sales', class: 'wide', 'onsama-drill': (event) => event.detail.kind === 'rate' && event.detail.from.trim() };`,
    wrong: [
      [`export const props: Funnel = { lens: 'finance' };`, 'TS2322'],
      [`export const props: Funnel = { 'onsama-drill': (event) => event.detail.nothing };`, 'TS2339'],
    ],
  },
};

/** React 19 and 18 call different types by one name; all others stand in one program, which is checked once. */
const PROGRAMS = [Object.keys(KINDS).filter((name) => name !== 'React 18'), ['React 18']];
const fileOf = (kind: string, part: string): string => `${kind.replace(/\W/g, '')}-${part}.tsx`;
const partsOf = ({ right, wrong }: Kind): (readonly [part: string, body: string])[] => [
  ['right', right],
  ...wrong.map(([body], i) => [`wrong${i}`, body] as const),
];

/** Writes the declarations as sources, so that they are checked, too; gives where their names lead. */
async function declarations(room: string, frameworks: readonly string[]): Promise<Kind['paths']> {
  const names = ['elements', ...frameworks];
  for (const name of names) {
    const text = await readFile(join(ELEMENTS, 'types', `${name}.d.ts`), 'utf8');
    await writeFile(join(room, `${name}.ts`), text.replace(/'\.\.\/(.+?)\.js'/g, `'${ELEMENTS}/$1.js'`));
  }
  return Object.fromEntries(
    names.map((name) => [`@sama/elements/${name === 'elements' ? 'types' : name}`, [join(room, `${name}.ts`)]]),
  );
}

/** The errors that the compiler finds in the cases of these kinds, by the file they are in. */
async function check(folder: string, names: readonly string[]): Promise<Map<string, string[]>> {
  const kinds = Object.entries(KINDS).filter(([name]) => names.includes(name));
  const room = join(folder, names[0]?.replace(/\W/g, '') ?? '');
  await mkdir(room);
  const files: string[] = [];
  const declared = await declarations(room, names.includes('React 18') ? ['react-18'] : ['react', 'vue', 'svelte']);
  for (const [name, kind] of kinds) {
    for (const [part, body] of partsOf(kind)) {
      files.push(fileOf(name, part));
      await writeFile(join(room, fileOf(name, part)), `${kind.head}\n${body}\nexport {};\n`);
    }
  }
  const compilerOptions = {
    lib: ['es2023', 'dom', 'dom.iterable'],
    jsx: 'react-jsx',
    module: 'preserve',
    moduleResolution: 'bundler',
    types: [],
    strict: true,
    noEmit: true,
    // Our own declarations stand among the sources; those of frameworks are theirs.
    skipLibCheck: true,
    paths: Object.assign({}, declared, ...kinds.map(([, { paths }]) => paths)),
  };
  await writeFile(join(room, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const said = await new Promise<string>((done) => {
    execFile(TSC, ['-p', room, '--pretty', 'false'], (_, out) => done(out));
  });
  const errors = new Map<string, string[]>();
  for (const [, place = '', error = ''] of said.matchAll(/^(\S.*?)(?:\(\d+,\d+\))?: error (.*)$/gm)) {
    const file = basename(place);
    errors.set(file, [...(errors.get(file) ?? []), error]);
  }
  return errors;
}

let folder: string;
let errors: Map<string, string[]>;
beforeAll(async () => {
  // Within the room, where packages are found.
  folder = await mkdtemp(join(ROOM, 'dist/types-'));
  errors = new Map();
  for (const names of PROGRAMS) for (const [file, found] of await check(folder, names)) errors.set(file, found);
});
afterAll(() => rm(folder, { recursive: true }));

test('declarations have no errors of their own', () => {
  expect([...errors].filter(([file]) => !file.endsWith('.tsx'))).toEqual([]);
});

test.each(Object.entries(KINDS))('types for %s take what is right and refuse what is wrong', (name, kind) => {
  const found = partsOf(kind).map(([part]) => {
    const all = errors.get(fileOf(name, part)) ?? [];
    // What is wrong stands in the message; a right page has none.
    return part === 'right' ? all : all.map((error) => error.slice(0, error.indexOf(':')));
  });
  expect(found).toEqual([[], ...kind.wrong.map(([, code]) => [code])]);
});
