/*
 * The floors of the house: a room imports only from floors below it. Rules come in pairs of paths and package names,
 * so that they hold whether or not the imported package has been built.
 */

const room = (...names) => `^(packages/(${names.join('|')})/|@sama/(${names.join('|')})(/|$))`;
const inside = (...names) => `^packages/(${names.join('|')})/`;
/** Code that is not shipped: tests, stories and what they share. */
const NOT_SHIPPED = '\\.(test|stories)\\.ts$|/src/(client/)?testing/|\\.config\\.m?ts$';
const DRIVERS = '(^|node_modules/)(@duckdb/|@clickhouse/|@electric-sql/|pg(/|$)|postgres(/|$)|better-sqlite3|mysql)';

const FLOOR_1 = ['metrics', 'tokens'];
const FLOOR_2 = ['sql', 'connectors', 'demo', 'elements'];
const FLOOR_3 = ['server'];

/** No room of `names` may import another room of its own floor, or of one above. */
function floor(name, names, above, except = {}) {
  return names.map((own) => ({
    name: `${name}-${own}`,
    comment: `@sama/${own} may import only from the floors below it.`,
    severity: 'error',
    from: { path: inside(own), ...except[own]?.from },
    to: {
      path: [room(...names.filter((other) => other !== own), ...above), '^apps/'],
      ...except[own]?.to,
    },
  }));
}

export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Modules that import each other cannot be understood, tested or loaded alone.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...floor('floor-1', FLOOR_1, [...FLOOR_2, ...FLOOR_3]),
    ...floor('floor-2', FLOOR_2, FLOOR_3, { elements: { to: { pathNot: room('demo') } } }),
    ...floor('floor-3', FLOOR_3, []),
    {
      name: 'floor-2-elements-demo',
      comment: 'Tests and stories of the elements show the demo company; shipped elements do not carry it.',
      severity: 'error',
      from: { path: inside('elements'), pathNot: NOT_SHIPPED },
      to: { path: room('demo') },
    },
    {
      name: 'metrics-client-apart',
      comment: 'What counts does not ask: an engine is not to bring the client along.',
      severity: 'error',
      from: { path: '^packages/metrics/src/(?!client/)' },
      to: { path: '^packages/metrics/src/client/' },
    },
    {
      name: 'metrics-engine-apart',
      comment: 'What asks a source does not count: the client knows engines by their contract only.',
      severity: 'error',
      from: { path: '^packages/metrics/src/client/' },
      to: { path: '^packages/metrics/src/(engine|funnel|measure|criteria|definitions|time|testing)/' },
    },
    {
      name: 'top-apps',
      comment: 'An app holds no code that another app or a package needs.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'pure-no-node',
      comment: 'These packages run in browsers, workers and at the edge as well as in Node.',
      severity: 'error',
      from: { path: '^packages/(metrics|tokens|sql|demo|elements)/src/', pathNot: NOT_SHIPPED },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-no-driver',
      comment: 'Only the server connects to a database.',
      severity: 'error',
      from: { path: '^packages/(metrics|tokens|sql|connectors|demo|elements)/src/', pathNot: NOT_SHIPPED },
      to: { path: `${DRIVERS}|^(node:)?sqlite$` },
    },
    {
      name: 'pure-no-lit',
      comment: 'The SDK and the data packages draw nothing.',
      severity: 'error',
      from: { path: inside('metrics', 'tokens', 'sql', 'connectors', 'demo') },
      to: { path: '(^|node_modules/)(lit|lit-html|lit-element|@lit)(/|$)' },
    },
    {
      name: 'shipped-without-tests',
      comment: 'Shipped code does not import tests, stories or what they share.',
      severity: 'error',
      from: { path: '^packages/[^/]+/(src|bin)/', pathNot: NOT_SHIPPED },
      to: { path: NOT_SHIPPED, pathNot: 'node_modules' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    // Pages of a framework that has its own compiler.
    exclude: { path: '\\.vue$' },
    doNotFollow: { path: ['node_modules', '/dist/', '/storybook-static/'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'default'] },
  },
};
