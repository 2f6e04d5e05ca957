import fc from 'fast-check';

/** A request as it goes over the wire; the token is added by whoever sends it. */
export interface Malformed {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
}

/** Part of a JSON schema, as the OpenAPI description has it. */
type Schema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Texts that do harm somewhere: in SQL, HTML, spreadsheets, paths, prototypes, terminals, URLs. */
const HOSTILE = [
  `'; DROP TABLE records; --`,
  '" OR 1=1 --',
  '<script>alert(1)</script>',
  '=HYPERLINK("http://evil.example")',
  '../../../../etc/passwd',
  '__proto__',
  'constructor',
  '${7*7}{{7*7}}',
  '\u0000\u001B[2J\u202E',
  '\uD800',
  '%00%2e%2e%2f',
  'javascript:alert(1)',
  '2026-02-30',
  '9'.repeat(400),
  '-1e999',
  'a'.repeat(5000),
  '',
];
/** A text as an address holds it; half a pair of surrogates has no place there. */
const escaped = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Cs}/gu, ''));

const hostile = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 40 }));
const anything = fc.oneof(
  hostile,
  fc.constantFrom<unknown>(null, true, -0, 1e308, Number.MIN_VALUE, 2 ** 53, [], {}, [[]], { __proto__: null, a: 1 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Texts a company like that of the fuzz would send. */
const USUAL = [
  'lead-to-won',
  'small',
  'lead',
  'mql',
  'a',
  '2025-Q1',
  '2025',
  'last-90-days',
  '2026-06-01',
  '2025-01-01/2025-07-01',
  'attributes.region',
  'stage',
  'reached.won',
  'owner',
  'id',
  'UTC',
  'Europe/Berlin',
  '2026-06-01T12:00:00Z',
  'handoff.draft',
  'handoff.offer',
  'handoff.note',
  'term.propose',
  'H1',
  'EUR',
  '1.0.0',
];

function textOf({ pattern }: Schema): fc.Arbitrary<string> {
  if (typeof pattern !== 'string') return fc.constantFrom(...USUAL);
  const fits = new RegExp(pattern, 'u');
  const usual = USUAL.filter((text) => fits.test(text));
  return usual.length > 0 ? fc.constantFrom(...usual) : fc.stringMatching(/^[a-z0-9-]{8,40}$/);
}

function numberOf({ type, minimum, maximum }: Schema): fc.Arbitrary<number> {
  const min = typeof minimum === 'number' ? minimum : -5;
  const max = typeof maximum === 'number' ? Math.min(maximum, 1000) : 1000;
  return type === 'integer' && min <= max ? fc.integer({ min, max }) : fc.double({ noNaN: true });
}

/** Values of a schema, nearly: most fields fit, and each may be something else, missing, or one too many. */
export function nearly(root: Schema): (schema: unknown, depth?: number) => fc.Arbitrary<unknown> {
  const resolve = (schema: unknown): unknown => {
    const ref = isSchema(schema) ? schema['$ref'] : undefined;
    return typeof ref === 'string' ? root[ref.split('/').at(-1) ?? ''] : schema;
  };
  const fitting = (given: unknown, depth: number): fc.Arbitrary<unknown> => {
    const schema = resolve(given);
    if (!isSchema(schema) || depth > 5) return anything;
    const choices = [...list(schema['anyOf']), ...list(schema['oneOf'])];
    if (choices.length > 0) return fc.oneof(...choices.map((one) => value(one, depth + 1)));
    if (schema['const'] !== undefined) return fc.constant(schema['const']);
    if (Array.isArray(schema['enum'])) return fc.constantFrom(...list(schema['enum']));
    if (schema['type'] === 'object' && isSchema(schema['properties'])) {
      const fields = Object.entries(schema['properties']).map(([name, inner]) => [name, value(inner, depth + 1)]);
      const requiredKeys = list(schema['required']).filter((key) => typeof key === 'string');
      const model: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(fields);
      return fc.record(model, { requiredKeys });
    }
    if (schema['type'] === 'array') return fc.array(value(schema['items'], depth + 1), { maxLength: 3 });
    if (schema['type'] === 'boolean') return fc.boolean();
    if (schema['type'] === 'integer' || schema['type'] === 'number') return numberOf(schema);
    return fc.oneof({ weight: 9, arbitrary: textOf(schema) }, { weight: 1, arbitrary: hostile });
  };
  const value = (schema: unknown, depth = 0): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 40, arbitrary: fitting(schema, depth) }, { weight: 1, arbitrary: anything });
  return value;
}

const BODIES = {
  '/v1/query': 'QueryBatch',
  '/v1/commands': 'Command',
  '/v1/tokens': 'TokenRequest',
  '/v1/snapshots': 'SnapshotRequest',
};

/** Beginnings of addresses that go on with a text of the asker's. */
const NAMED = [
  '/v1/persons/',
  '/v1/audit?format=',
  '/v1/audit?format=csv&from=',
  '/v1/annotations?definition=',
  '/v1/live?after=',
  '/v1/snapshots/',
  '/oembed?url=',
  '/oembed?format=json&url=http%3A%2F%2Flocalhost%2Fs%2F',
  '/embed/',
  '/embed/funnel?ticket=',
  '/embed/funnel.svg?q=',
  '/embed/funnel.png?width=',
];

/** JSON that nests deeper than anything needs, or is longer. */
const huge = fc.oneof(
  fc.integer({ min: 30, max: 20_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  fc.integer({ min: 30, max: 5000 }).map((depth) => `${'{"not":'.repeat(depth)}{}${'}'.repeat(depth)}`),
  fc.integer({ min: 1, max: 400_000 }).map((length) => JSON.stringify({ v: 1, questions: ['x'.repeat(length)] })),
);

const headers = fc.record(
  {
    'content-type': fc.constantFrom(
      'application/json',
      'text/plain',
      'application/json; charset=utf-7',
      'multipart/form-data',
      '',
    ),
    'if-none-match': fc.constantFrom('*', 'W/"x"', '"'.repeat(3000), ','.repeat(500)),
    accept: fc.constantFrom('*/*', 'text/csv', 'x'),
    'x-forwarded-host': fc.constantFrom('evil.example', ''),
    'transfer-encoding': fc.constant('identity'),
    'x-http-method-override': fc.constant('DELETE'),
  },
  { requiredKeys: [] },
);

/** Requests that are nearly right, and such as nobody would send. */
export function malformed(schemas: Schema): fc.Arbitrary<Malformed> {
  const value = nearly(schemas);
  const question = value({ $ref: '#/components/schemas/Question' });
  const asQuery = (text: string | Uint8Array): string => `/v1/query?q=${Buffer.from(text).toString('base64url')}`;
  const posted = fc.oneof(
    ...Object.entries(BODIES).map(([path, name]) =>
      fc.record({
        method: fc.constant('POST'),
        path: fc.constant(path),
        headers: headers.map((some) => ({ 'content-type': 'application/json', ...some })),
        body: fc.oneof(
          {
            weight: 6,
            arbitrary: value({ $ref: `#/components/schemas/${name}` }).map((one) => JSON.stringify(one) ?? ''),
          },
          { weight: 1, arbitrary: huge },
          { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)) },
          { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
        ),
      }),
    ),
  );
  const asked = fc.record({
    method: fc.constantFrom('GET', 'HEAD'),
    path: fc.oneof(
      { weight: 5, arbitrary: question.map((one) => asQuery(JSON.stringify(one) ?? '')) },
      { weight: 1, arbitrary: huge.map((text) => asQuery(text.slice(0, 1500))) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map(asQuery) },
      { weight: 1, arbitrary: hostile.map((text) => `/v1/query?q=${escaped(text)}`) },
      { weight: 1, arbitrary: hostile.map((text) => `/${escaped(text)}`) },
      { weight: 1, arbitrary: hostile.map((text) => `/s/${escaped(text)}`) },
      { weight: 1, arbitrary: hostile.map((text) => `/cdn/${escaped(text)}/x.js`) },
      { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...NAMED), hostile).map(([to, text]) => to + escaped(text)) },
    ),
    headers,
  });
  const strange = fc.record({
    method: fc.constantFrom('PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY', 'PROPFIND'),
    path: fc.constantFrom(
      '/v1/query',
      '/v1/commands',
      '/v1/meta',
      '/v1/snapshots',
      '/v1/snapshots/x',
      '/v1/audit',
      '/v1/annotations',
      '/v1/persons/x',
      '/oembed',
      '/embed/funnel',
      '/embed/funnel.png',
      '/s/x',
      '/healthz',
      '/',
    ),
    headers,
  });
  return fc.oneof({ weight: 4, arbitrary: posted }, { weight: 4, arbitrary: asked }, { weight: 1, arbitrary: strange });
}
