import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { CommandOutcome, Envelope, FunnelAnswer, FunnelStage, KpiEnvelope, PlainStage } from '../contracts/index.ts';
import { plainEnvelope } from './plain-envelope.ts';
import { isEnvelope, isRows } from './read-envelope.ts';
import { readKpis } from './read-kpis.ts';
import { isOutcome } from './send-command.ts';
import type { Shape } from './shape.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;
const SAFE = Number.MAX_SAFE_INTEGER;

/** Writes a JSON schema as a shape. Throws for what shapes cannot say, so that no rule is lost in silence. */
function shapeOf(schema: JsonSchema | boolean, ref: (name: string) => Shape): Shape {
  if (typeof schema === 'boolean') return schema ? 'anything' : { '|': [] };
  const { type, $ref, anyOf, oneOf } = schema;
  if ($ref !== undefined) return ref($ref);
  if (schema.enum !== undefined) return `=${schema.enum.map(word).join(' ')}`;
  if (schema.const === 1) return '1';
  if (schema.const !== undefined) return `=${word(schema.const)}`;
  const options = anyOf ?? oneOf;
  if (options !== undefined) return { '|': options.map((one) => shapeOf(one, ref)) };
  const kinds: unknown = type;
  if (Array.isArray(kinds)) return { '|': kinds.map((kind) => shapeOf({ ...schema, type: kind }, ref)) };
  if (type === 'null') return 'null';
  if (type === 'boolean') return 'a boolean';
  if (type === 'number' || type === 'integer') {
    const from = schema.minimum === -SAFE ? undefined : schema.minimum;
    if (schema.maximum !== undefined && schema.maximum !== SAFE) throw new Error(`maximum ${schema.maximum}`);
    if (from === undefined) return type === 'integer' ? 'a whole number' : 'a number';
    if (from !== 0 || type !== 'integer') throw new Error(`a ${type} from ${from} on`);
    return 'a whole number from 0 on';
  }
  if (type === 'string') {
    const { pattern, minLength, maxLength, format } = schema;
    if (maxLength !== undefined || format !== undefined) throw new Error('maxLength or format of a string');
    if (pattern !== undefined && minLength === undefined) return `/${pattern}`;
    if (minLength !== undefined && (minLength !== 1 || pattern !== undefined))
      throw new Error(`minLength ${minLength}`);
    return minLength === undefined ? 'a string' : 'a string that is not empty';
  }
  if (type === 'array') {
    if (schema.items === undefined || Array.isArray(schema.items)) throw new Error('a list without one kind of entry');
    const entry = shapeOf(schema.items, ref);
    return schema.maxItems === undefined ? [entry] : [entry, schema.maxItems];
  }
  if (type === 'object' && schema.properties !== undefined) {
    const required = new Set(schema.required);
    const fields = Object.entries(schema.properties).map(([key, field]) => {
      if (/[?|*]/.test(key)) throw new Error(`a field of the name ${key}`);
      return [required.has(key) ? key : `${key}?`, shapeOf(field, ref)];
    });
    return Object.fromEntries(fields);
  }
  if (type === 'object') return { '*': shapeOf(schema.additionalProperties ?? true, ref) };
  if (type === undefined) return 'anything';
  throw new Error(`a schema of type ${type}`);
}

/** What is said more than once, by its place in a list; a schema that others name but once stands where it is named. */
function refsOf(schema: JsonSchema): { ref: (name: string) => Shape; refs: Shape[] } {
  const defs = Object.entries(schema.$defs ?? {}).map(([name, one]) => ({ name: `#/$defs/${name}`, one }));
  const often = defs.filter(({ name }) => JSON.stringify(schema).split(`"${name}"`).length > 2);
  const ref = (name: string): Shape => {
    const at = often.findIndex((one) => one.name === name);
    return at >= 0 ? at : shapeOf(defs.find((one) => one.name === name)?.one ?? true, ref);
  };
  return { ref, refs: often.map(({ one }) => shapeOf(one, ref)) };
}

function word(value: unknown): string {
  if (typeof value === 'string' && /^[^= ][^ ]*$/.test(value)) return value;
  throw new Error(`${String(value)} is no word`);
}

/** What elements draw is looked at in depth; of another kind of answer only that it is one, which costs a page no bytes. */
const { conversion: _, ...answer } = FunnelAnswer.shape;
const { stay: __, reasons: ___, ...stage } = FunnelStage.shape;
/** Without curves and reasons, which what draws them looks at itself. */
const DrawnAnswer = z.object({ ...answer, stages: z.array(z.object(stage)) });
const EnvelopeOfPage = z.object({
  ...Envelope.shape,
  data: z.optional(z.union([DrawnAnswer, z.object({ kind: z.string().check(z.regex(/^(?!funnel$)/)) })])),
});

function written(): string {
  const roots = { envelope: EnvelopeOfPage, rows: z.array(PlainStage).check(z.maxLength(100)) };
  const schema: JsonSchema = z.toJSONSchema(z.object(roots), { reused: 'ref', io: 'input' });
  const { ref, refs } = refsOf(schema);
  const shapes = Object.entries(schema.properties ?? {}).map(([name, root]) => [name, shapeOf(root, ref)]);
  const outcome = shapeOf(z.toJSONSchema(CommandOutcome, { io: 'input' }), () => 0);
  return `// Generated from the contracts by shapes.test.ts; \`vitest --update src/client\` writes it anew.
import type { Shape } from './shape.ts';

/** The shapes of what is read. */
// oxfmt-ignore
export const shapes: { envelope: Shape; rows: Shape; refs: readonly Shape[] } = ${literal({ ...Object.fromEntries(shapes), refs })};

/** The shape of the outcome of a command. */
// oxfmt-ignore
export const outcomeShape: Shape = ${literal(outcome)};
`;
}

/** Apart from the others: only pages with KPIs load it. */
function kpiWritten(): string {
  const schema: JsonSchema = z.toJSONSchema(KpiEnvelope, { reused: 'ref', io: 'input' });
  const { ref, refs } = refsOf(schema);
  return `// Generated from the contracts by shapes.test.ts; \`vitest --update src/client\` writes it anew.
import type { Shape } from './shape.ts';

/** The shape of an envelope with the answer to a KPI question. */
// oxfmt-ignore
export const kpiShape: { envelope: Shape; refs: readonly Shape[] } = ${literal({ envelope: shapeOf(schema, ref), refs })};
`;
}

/** A value as TypeScript, on one line. */
const literal = (value: unknown): string =>
  JSON.stringify(value)
    .replace(/"([a-z]\w*)":/gi, '$1:')
    .replaceAll("'", "\\'")
    .replaceAll('"', "'");

test('the shapes are those of the contracts', async () => {
  await expect(written()).toMatchFileSnapshot('./shapes.ts');
  await expect(kpiWritten()).toMatchFileSnapshot('./kpi-shape.ts');
});

const rate = { value: 0.5, low: 0.2, high: 0.8, k: 5, n: 10 };
const full = {
  ...plainEnvelope([
    { stage: 'Lead', count: 10, owner: 'marketing' },
    { stage: 'Won', count: 5 },
  ]),
  code: 'no-data-yet',
  definition: { id: 'lead-to-won', version: '1.0.0', hash: 'abc', agreed: ['sales'] },
  annotation: [{ at: '2026-01-01', kind: 'campaign', text: 'Fair' }],
  coverage: { entities: 1, undated: 0, unlinked: 0 },
  maturity: { mature: false, horizonMs: 1, basis: 'window', members: 3, followed: 1 },
  warnings: [{ code: 'overdue', params: { count: 1, stage: 'Lead' } }],
};
const seeds: unknown[] = [
  full,
  {
    ...full,
    data: {
      kind: 'kpi',
      timeZone: 'UTC',
      period: { text: '2026', from: '2026-01-01', to: '2027-01-01' },
      pairs: [{ kpi: 'a', beside: 'b' }],
      kpis: [
        {
          id: 'a',
          label: 'A',
          definition: { id: 'a', version: '1.0.0', hash: 'a' },
          unit: 'share',
          direction: 'up',
          additivity: 'ratio',
          owners: ['both'],
          aspect: 'quality',
          revenuePath: ['revenue'],
          inPeriod: true,
          value: { result: { value: 0.5, low: 0.2, high: 0.8 }, flags: ['small-n'], also: [] },
          inputs: [{ name: 'won', source: 'records', value: 3 }],
          before: { value: { result: { value: null, reason: 'zero-denominator' }, flags: [], also: [] } },
          target: {
            period: { text: '2026', from: '2026-01-01', to: '2027-01-01' },
            value: { low: 0.1, high: 0.2 },
            elapsed: 0.5,
            status: 'off',
            agreed: true,
          },
          trend: [{ from: '2026-01-01', to: '2026-02-01', result: { value: 0.4 }, due: 0.3, partial: true }],
        },
      ],
    },
  },
  {
    ...full,
    data: {
      ...full.data,
      handoff: { from: 'a', to: 'b', withinMs: 1, inTime: rate, median: { value: null, reason: 'insufficient-data' } },
    },
  },
  {
    ...full,
    data: {
      ...full.data,
      stages: [
        {
          key: 'a',
          label: 'A',
          count: 1,
          imputed: 0,
          value: { value: 12, currency: 'EUR' },
          stepRate: rate,
          before: { count: 2, change: { difference: 0.1, low: 0, high: 0.2, verdict: 'up' } },
        },
      ],
    },
  },
  {
    v: 1,
    status: 'ok',
    flags: [],
    warnings: [],
    data: {
      kind: 'measure',
      label: 'Won',
      unit: 'minor',
      currency: 'EUR',
      values: [{ name: 'sum', result: { value: 3 } }],
      groups: [{ key: null, count: 1 }],
    },
  },
  [
    { stage: 'Lead', count: 1 },
    { stage: 'Won', count: 0, key: 'won', owner: 'both' },
  ],
  { status: 'conflict', version: 2, by: { id: 'u', name: 'Ana', team: 'sales' }, state: {} },
];

/** The value with one thing inside replaced or taken out, chosen by these numbers. */
function mutated(value: unknown, picks: readonly number[], replacement: unknown): unknown {
  const [pick = 0, ...rest] = picks;
  if (rest.length === 0 || typeof value !== 'object' || value === null) return replacement;
  const keys = Object.keys(value);
  const key = keys[pick % Math.max(keys.length, 1)];
  if (key === undefined) return replacement;
  const entries = Object.entries(value).flatMap(([name, child]) => {
    if (name !== key) return [[name, child]];
    const changed = mutated(child, rest, replacement);
    return changed === undefined && !Array.isArray(value) ? [] : [[name, changed]];
  });
  return Array.isArray(value) ? entries.map(([, child]) => child) : Object.fromEntries(entries);
}

describe('shapes and schemas accept the same', () => {
  const readers = [
    { name: 'envelope', by: isEnvelope, schema: EnvelopeOfPage },
    { name: 'rows', by: isRows, schema: z.array(PlainStage).check(z.maxLength(100)) },
    { name: 'kpis', by: (value: unknown) => readKpis(value) === value, schema: KpiEnvelope },
    { name: 'outcome', by: isOutcome, schema: CommandOutcome },
  ];

  test.each(readers)('$name: each of the samples', ({ by, schema }) => {
    const verdicts = seeds.map((seed) => by(seed));
    expect(verdicts).toEqual(seeds.map((seed) => schema.safeParse(seed).success));
    expect(verdicts).toContain(true);
    expect(verdicts).toContain(false);
  });

  test.each(readers)('$name: whatever is changed in them', ({ by, schema }) => {
    const replacement = fc.oneof(
      fc.constantFrom(undefined, null, '', 'ok', 'EUR', 'funnel', 0, -1, 1.5, 2, true, [], {}, NaN, 2 ** 60, rate),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.array(fc.nat(40), { minLength: 1, maxLength: 7 }),
        replacement,
        (seed, picks, value) => {
          const sample = mutated(seed, picks, value);
          expect(by(sample)).toBe(schema.safeParse(sample).success);
        },
      ),
      { numRuns: 3000, seed: 7 },
    );
  });
});
