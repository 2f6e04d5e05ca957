import { afterEach, expect, test } from 'vitest';
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

test.each([
  ['metrics draws', 'packages/metrics/src/a.ts', "import { html } from 'lit';\nhtml``;\n", 'pure-no-lit'],
  [
    'metrics reads files',
    'packages/metrics/src/a.ts',
    "import { readFileSync } from 'fs';\nreadFileSync('x');\n",
    'pure-no-node',
  ],
  ['metrics reads files (node:)', 'packages/metrics/src/a.ts', "await import('node:fs');\n", 'pure-no-node'],
  ['metrics has a driver', 'packages/metrics/src/a.ts', "import pg from 'pg';\npg.x();\n", 'pure-no-driver'],
  ['sql has a driver', 'packages/sql/src/a.ts', "import '@duckdb/node-api';\n", 'pure-no-driver'],
  ['metrics looks up', 'packages/metrics/src/a.ts', "import '@sama/elements';\n", 'floor-1-metrics'],
  ['metrics imports its neighbour', 'packages/metrics/src/a.ts', "import '@sama/tokens';\n", 'floor-1-metrics'],
  [
    'an engine takes from the client',
    'packages/metrics/src/engine/a.ts',
    "import '../client/b.ts';\n",
    'metrics-client-apart',
  ],
  ['the client counts', 'packages/metrics/src/client/a.ts', "import '../engine/b.ts';\n", 'metrics-engine-apart'],
  ['tokens looks up by path', 'packages/tokens/src/a.ts', "import '../../sql/src/index.ts';\n", 'floor-1-tokens'],
  ['connectors imports its neighbour', 'packages/connectors/src/a.ts', "import '@sama/sql';\n", 'floor-2-connectors'],
  ['a type is an import', 'packages/sql/src/a.ts', "export type { X } from '@sama/server';\n", 'floor-2-sql'],
  [
    'a late import is an import',
    'packages/demo/src/a.ts',
    "export const late = () => import('@sama/server');\n",
    'floor-2-demo',
  ],
  ['a resource held', 'packages/sql/src/a.ts', "await using a = await import('@sama/server');\n", 'floor-2-sql'],
  ['shipped elements carry the demo', 'packages/elements/src/a.ts', "import '@sama/demo';\n", 'floor-2-elements-demo'],
  ['a test of an element looks up', 'packages/elements/src/a.test.ts', "import '@sama/server';\n", 'floor-2-elements'],
  [
    'the server imports an app',
    'packages/server/src/a.ts',
    "import '../../../apps/portal/build.mjs';\n",
    'floor-3-server',
  ],
  ['shipped code imports a test', 'packages/sql/src/a.ts', "import './index.test.ts';\n", 'shipped-without-tests'],
  ['modules in a circle', 'packages/sql/src/a.ts', "import './b.ts';\n", 'no-circle'],
])('%s: refused', (_, path, text, rule) => {
  const others = {
    'packages/metrics/src/client/b.ts': 'export {};\n',
    'packages/metrics/src/engine/b.ts': 'export {};\n',
    'packages/sql/src/b.ts': "import './a.ts';\n",
    'packages/sql/src/index.test.ts': 'export {};\n',
  };
  const { ok, said } = floorsOf({ ...allowed, ...others, 'packages/sql/src/a.ts': '', [path]: text });
  expect(said).toContain(rule);
  expect(said).toContain(path);
  expect(ok).toBe(false);
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
