import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { Definition, describeIssues, type KpiDefinition } from '../../contracts/index.ts';
import { definitionFaults, LEAD_TO_WON } from '../../definitions/index.ts';

const entries = (stage: string) => ({ entries: { funnel: 'lead-to-won', stage } });
const volume: KpiDefinition = {
  kind: 'kpi',
  id: 'mqls',
  version: '1.0.0',
  owners: ['marketing'],
  formula: {
    kpi: 'mqlVolume',
    inputs: { mqls: entries('mql') },
  },
};
const known = [LEAD_TO_WON, volume];
const faults = (part: Partial<KpiDefinition>, more: Definition[] = []): string[] =>
  definitionFaults([LEAD_TO_WON, { ...volume, ...part }], [...known, ...more]).map(
    ({ field, reason, remedy }) => `${field}: ${reason}; ${remedy}`,
  );

test('a KPI that can be computed has no faults', () => {
  expect(
    faults({ revenuePath: ['sal', 'lost', 'mqls', 'winRate.count', 'revenue'], guardrail: 'acceptanceRate' }),
  ).toEqual([]);
});

test.each<[string, Partial<KpiDefinition>, RegExp]>([
  [
    'row',
    { formula: { kpi: 'mqlVolumes', inputs: {} } },
    /^definitions\.1\.formula\.kpi: "mqlVolumes" is not in the catalogue; use one of .*mqlVolume/,
  ],
  [
    'input',
    { formula: { kpi: 'mqlVolume', inputs: { mql: entries('mql') } } },
    /formula\.inputs\.mql: is no input of mqlVolume; give mqls/,
  ],
  [
    'missing input',
    { formula: { kpi: 'leadToMql', inputs: { entered: entries('lead') } } },
    /formula\.inputs\.converted: is missing; leadToMql needs it/,
  ],
  [
    'source',
    { formula: { kpi: 'speedToLead', inputs: { minutes: entries('mql') } } },
    /formula\.inputs\.minutes: cannot come from there; take it from records/,
  ],
  [
    'stage',
    { formula: { kpi: 'mqlVolume', inputs: { mqls: entries('qml') } } },
    /inputs\.mqls\.entries\.stage: "qml" is no stage of funnel "lead-to-won"; use one of lead, mql/,
  ],
  [
    'funnel',
    { formula: { kpi: 'mqlVolume', inputs: { mqls: { entries: { funnel: 'other', stage: 'mql' } } } } },
    /funnel "other" is not defined; use one of lead-to-won/,
  ],
  [
    'value',
    { formula: { kpi: 'pipelineCreated', inputs: { amount: { records: { of: 'opportunity' } } } } },
    /records\.value: is missing/,
  ],
  [
    'KPI',
    { formula: { kpi: 'mqlVolume', inputs: { mqls: { kpi: 'leads' } } } },
    /inputs\.mqls\.kpi: "leads" is not defined; define it, or use one of mqls/,
  ],
  [
    'stage in what is read',
    {
      formula: {
        kpi: 'mqlVolume',
        inputs: { mqls: { records: { of: 'person', funnel: 'lead-to-won', during: 'reached.qml' } } },
      },
    },
    /inputs\.mqls\.records: reads reached\.qml, which is no stage of funnel "lead-to-won"; use one of lead, mql, .*, churned/,
  ],
  [
    'funnel behind a stage',
    {
      formula: { measure: { of: 'person', where: { field: 'stage', eq: 'won' }, aggregates: ['count'] } },
      revenuePath: ['revenue'],
    },
    /formula\.measure\.funnel: is missing, and only a funnel knows stage; name a funnel of stages/,
  ],
  [
    'window',
    {
      formula: {
        kpi: 'mqlVolume',
        inputs: { mqls: { cohort: { funnel: 'lead-to-won', take: 'reached', window: { days: 0 } } } },
      },
    },
    /inputs\.mqls\.cohort\.window: lets nobody convert: it has no length; write a time above 0/,
  ],
  [
    'order of stages',
    {
      formula: {
        kpi: 'mqlVolume',
        inputs: { mqls: { cohort: { funnel: 'lead-to-won', take: 'reached', from: 'sal', to: 'mql' } } },
      },
    },
    /inputs\.mqls\.cohort\.to: "mql" does not come after "sal"; use a stage after sal/,
  ],
  ['path', { revenuePath: ['fame', 'revenue'] }, /revenuePath\.0: "fame" is no stage and no KPI/],
  ['guardrail', { guardrail: 'fame' }, /guardrail: "fame" is no KPI/],
  ['guardrail of its own', { guardrail: 'mqls' }, /guardrail: is this KPI itself/],
])('an unknown %s is named with its place and the remedy', (_, part, message) => {
  expect(faults(part).join('\n')).toMatch(message);
});

test('a KPI that leads back to itself is named with the way', () => {
  const other = (id: string, to: string): KpiDefinition => ({
    ...volume,
    id,
    formula: { kpi: 'mqlVolume', inputs: { mqls: { kpi: to } } },
  });
  const [a, b] = [other('a', 'b'), other('b', 'mqls')];
  const found = faults({ formula: { kpi: 'mqlVolume', inputs: { mqls: { kpi: 'a' } } } }, [a, b]);
  expect(found).toContain(
    'definitions.1.formula.inputs: leads back to itself: mqls → a → b → mqls; let one of them be computed from records or figures',
  );
});

const english = z.locales.en().localeError;
const wrong = (part: object): string => {
  const parsed = Definition.safeParse({ ...volume, ...part }, { error: english });
  return parsed.success ? '' : describeIssues(parsed.error.issues);
};

test('a KPI without an owner, a way to revenue or with an unknown field is refused when it is read', () => {
  const measure = { of: 'person', aggregates: ['count'] };
  expect(wrong({})).toBe('');
  expect(wrong({ owners: [] })).toBe(
    'owners: is empty (name the teams that answer for it, such as marketing and sales)',
  );
  expect(wrong({ formula: { measure } })).toMatch(/^revenuePath: is missing \(name the steps/);
  expect(wrong({ formula: { measure }, revenuePath: ['won'] })).toMatch(/^revenuePath: does not end in revenue/);
  expect(wrong({ formula: { measure }, revenuePath: ['won', 'revenue'] })).toBe('');
  expect(wrong({ owner: 'sales' })).toMatch(/owner/);
  expect(wrong({ targets: [{ period: '2026', value: { low: 4, high: 3 } }] })).toMatch(
    /targets\.0\.value.*a band ends/,
  );
});
