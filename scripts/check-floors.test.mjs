import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { plant, script } from './planted.mjs';

let tree;
afterEach(() => tree?.remove());

/** @param {Record<string, string>} files */
function floorsOf(files) {
  tree = plant(files);
  return tree.run('node', script('check-floors.mjs'), tree.root);
}

const allowed = {
  'packages/metrics/src/index.ts': "import * as z from 'zod/mini';\nexport const one = z.literal(1);\n",
  'packages/metrics/src/index.test.ts': "import { readFileSync } from 'node:fs';\nreadFileSync('x');\n",
  'packages/sql/src/index.ts': "export type { one } from '@sama/metrics';\n",
  'packages/elements/src/funnel.ts': "import { LitElement } from 'lit';\nexport class A extends LitElement {}\n",
  'packages/elements/src/funnel.stories.ts': "import '@sama/demo';\nimport './funnel.ts';\n",
  'packages/server/src/index.ts': "import 'node:fs';\nimport '@duckdb/node-api';\nimport '@sama/elements/ssr';\n",
  'apps/portal/build.mjs': "import '@sama/server';\n",
  'packages/server/package.json': JSON.stringify({
    name: '@sama/server',
    dependencies: { '@sama/sql': 'workspace:^' },
  }),
};

test('imports that keep to the floors pass', () => {
  expect(floorsOf(allowed)).toEqual({ ok: true, said: '' });
});

/** Each in a file of its own, so that one run tells of all. */
const breaches = [
  ['metrics draws', 'packages/metrics/src/draws.ts', "import { html } from 'lit';\nhtml``;\n", 'pure-no-lit'],
  [
    'metrics reads files',
    'packages/metrics/src/reads.ts',
    "import { readFileSync } from 'fs';\nreadFileSync('x');\n",
    'pure-no-node',
  ],
  ['metrics reads files (node:)', 'packages/metrics/src/reads-node.ts', "await import('node:fs');\n", 'pure-no-node'],
  ['metrics has a driver', 'packages/metrics/src/driver.ts', "import pg from 'pg';\npg.x();\n", 'pure-no-driver'],
  ['sql has a driver', 'packages/sql/src/driver.ts', "import '@duckdb/node-api';\n", 'pure-no-driver'],
  ['metrics looks up', 'packages/metrics/src/up.ts', "import '@sama/elements';\n", 'floor-1-metrics'],
  ['metrics imports its neighbour', 'packages/metrics/src/aside.ts', "import '@sama/tokens';\n", 'floor-1-metrics'],
  [
    'an engine takes from the client',
    'packages/metrics/src/engine/takes.ts',
    "import '../client/b.ts';\n",
    'metrics-client-apart',
  ],
  ['the client counts', 'packages/metrics/src/client/counts.ts', "import '../engine/b.ts';\n", 'metrics-engine-apart'],
  ['tokens looks up by path', 'packages/tokens/src/up.ts', "import '../../sql/src/index.ts';\n", 'floor-1-tokens'],
  [
    'connectors imports its neighbour',
    'packages/connectors/src/aside.ts',
    "import '@sama/sql';\n",
    'floor-2-connectors',
  ],
  ['a type is an import', 'packages/sql/src/type.ts', "export type { X } from '@sama/server';\n", 'floor-2-sql'],
  [
    'a late import is an import',
    'packages/demo/src/late.ts',
    "export const late = () => import('@sama/server');\n",
    'floor-2-demo',
  ],
  ['a resource held', 'packages/sql/src/held.ts', "await using a = await import('@sama/server');\n", 'floor-2-sql'],
  [
    'shipped elements carry the demo',
    'packages/elements/src/shipped.ts',
    "import '@sama/demo';\n",
    'floor-2-elements-demo',
  ],
  ['a test of an element looks up', 'packages/elements/src/up.test.ts', "import '@sama/server';\n", 'floor-2-elements'],
  [
    'the server imports an app',
    'packages/server/src/app.ts',
    "import '../../../apps/portal/build.mjs';\n",
    'floor-3-server',
  ],
  ['shipped code imports a test', 'packages/sql/src/tested.ts', "import './index.test.ts';\n", 'shipped-without-tests'],
  ['modules in a circle', 'packages/sql/src/a.ts', "import './b.ts';\n", 'no-circle'],
];

describe('imports against the floors are refused', () => {
  let found;
  let lines;
  beforeAll(() => {
    const others = {
      'packages/metrics/src/client/b.ts': 'export {};\n',
      'packages/metrics/src/engine/b.ts': 'export {};\n',
      'packages/sql/src/b.ts': "import './a.ts';\n",
      'packages/sql/src/index.test.ts': 'export {};\n',
    };
    const planted = Object.fromEntries(breaches.map(([, path, text]) => [path, text]));
    found = floorsOf({ ...allowed, ...others, ...planted });
    lines = found.said.split('\n');
  });

  test.each(breaches)('%s', (_, path, _text, rule) => {
    const told = lines.filter((line) => line.startsWith(`${path} → `));
    expect(told.map((line) => line.includes(`: ${rule}. `))).toContain(true);
  });

  test('and nothing else', () => {
    expect(found.ok).toBe(false);
    const paths = new Set([...breaches.map(([, path]) => path), 'packages/sql/src/b.ts']);
    const others = lines.filter((line) => line.includes(' → ') && !paths.has(line.split(' → ')[0]));
    expect(others).toEqual([]);
  });
});

test('a dependency declared against the floors is refused, and so is a package without a floor', () => {
  const { ok, said } = floorsOf({
    'packages/sql/package.json': JSON.stringify({ name: '@sama/sql', dependencies: { '@sama/server': 'workspace:^' } }),
    'packages/new/package.json': JSON.stringify({ name: '@sama/new' }),
  });
  expect(said).toContain('@sama/sql may not depend on @sama/server');
  expect(said).toContain('@sama/new has no floor');
  expect(ok).toBe(false);
});
