import {
  type ActivityEvent,
  type AnswerContext,
  type Definition,
  type EntityRecord,
  type Figure,
  OWNER_RIGHTS,
  type Question,
  type StageEvent,
} from '@sama/metrics/contracts';
import type { Warehouse } from '@sama/sql';

/** A column of a made-up company's own table. `local` is a moment of Berlin that says no zone. */
type Kind = 'whole' | 'text' | 'truth' | 'decimal' | 'instant' | 'local' | 'day';
type Cell = string | number | boolean | null;

const TABLES: Readonly<
  Record<string, { columns: Readonly<Record<string, Kind>>; rows: readonly (readonly Cell[])[] }>
> = {
  contacts: {
    columns: {
      no: 'whole',
      firm: 'text',
      boss: 'text',
      Region: 'text',
      vip: 'truth',
      points: 'decimal',
      lead_day: 'day',
      status: 'text',
      gone: 'truth',
    },
    rows: [
      [1, 'acme', 'ann', 'emea', true, 12.5, '2026-01-05', null, false],
      [2, 'acme', 'bob', "O'amer", false, null, '2026-01-06', null, false],
      [3, null, 'ann', null, null, 3, null, 'Nurturing', false],
      [4, 'beta', 'ann', 'emea', true, 9, '2026-01-07', null, true],
    ],
  },
  history: {
    columns: { no: 'whole', status: 'text', changed: 'local' },
    rows: [
      [1, 'Marketing qualified', '2026-01-09 00:30:00'],
      [2, 'Marketing qualified', '2026-01-10 12:00:00'],
      [1, 'Accepted', '2026-01-12 09:00:00.250'],
      [2, 'won\\lost?', '2026-01-13 09:00:00'],
      [2, null, '2026-01-14 09:00:00'],
    ],
  },
  deals: {
    columns: { deal: 'text', contact: 'whole', total: 'decimal', money: 'text', won_at: 'instant' },
    rows: [
      ['D1', 1, 1234.56, 'EUR', '2026-02-01 10:00:00'],
      ['D2', 2, 0.1, 'EUR', null],
    ],
  },
  hits: {
    columns: { id: 'whole', who: 'whole', what: 'text', at: 'instant', page: 'text' },
    rows: [
      [1, 1, 'visit', '2026-01-02 08:00:00', '/price'],
      [2, 1, 'demo', '2026-01-03 08:00:00', null],
      [3, 2, 'visit', '2026-01-04 08:00:00', '/'],
    ],
  },
  costs: {
    columns: { since: 'day', until: 'day', cents: 'whole' },
    rows: [['2026-01-01', '2026-02-01', 90_000]],
  },
};

const WORDS = {
  duckdb: {
    whole: 'INTEGER',
    text: 'VARCHAR',
    truth: 'BOOLEAN',
    decimal: 'DECIMAL(12, 2)',
    instant: 'TIMESTAMPTZ',
    local: 'TIMESTAMP',
    day: 'DATE',
  },
  postgresql: {
    whole: 'INTEGER',
    text: 'TEXT',
    truth: 'BOOLEAN',
    decimal: 'NUMERIC(12, 2)',
    instant: 'TIMESTAMPTZ',
    local: 'TIMESTAMP',
    day: 'DATE',
  },
  clickhouse: {
    whole: 'Nullable(Int32)',
    text: 'Nullable(String)',
    truth: 'Nullable(Bool)',
    decimal: 'Nullable(Decimal(12, 2))',
    instant: "Nullable(DateTime64(3, 'UTC'))",
    local: 'Nullable(String)',
    day: 'Nullable(Date32)',
  },
} as const satisfies Record<string, Record<Kind, string>>;

/** Statements that make the company's own tables in a schema or database. */
export function ownTables(dialect: keyof typeof WORDS, schema: string): string[] {
  const words = WORDS[dialect];
  const literal = (value: Cell, kind: Kind | undefined): string => {
    if (value === null || typeof value !== 'string') return String(value ?? 'NULL');
    const text = dialect === 'clickhouse' ? value.replaceAll('\\', '\\\\') : value;
    const zone = kind === 'instant' && dialect !== 'clickhouse' ? '+00' : '';
    return `'${text.replaceAll("'", "''")}${zone}'`;
  };
  return Object.entries(TABLES).flatMap(([name, { columns, rows }]) => {
    const kinds = Object.values(columns);
    const list = Object.entries(columns).map(([column, kind]) => `"${column}" ${words[kind]}`);
    const values = rows.map((row) => `(${row.map((value, i) => literal(value, kinds[i])).join(', ')})`);
    return [
      `CREATE TABLE ${schema}.${name} (${list.join(', ')})${dialect === 'clickhouse' ? ' ENGINE = Memory' : ''}`,
      `INSERT INTO ${schema}.${name} VALUES ${values.join(', ')}`,
    ];
  });
}

/** The names of those tables. */
export const OWN_TABLES: readonly string[] = Object.keys(TABLES);

/** How those tables become the canonical ones. Without a schema their names say none. */
export function ownMapping(schema?: string): Warehouse {
  const named = (table: string): string => (schema === undefined ? table : `${schema}.${table}`);
  const attributes = { region: 'Region', vip: 'vip', points: 'points' };
  const amount = { column: 'total', digits: 2 };
  const contacts = { table: named('contacts'), entityType: 'person', only: { gone: false } } as const;
  const deals = { table: named('deals'), entityType: 'opportunity' } as const;
  const status = { 'Marketing qualified': 'mql', Accepted: 'sal', Nurturing: 'nurture' };
  return {
    records: [
      {
        ...contacts,
        id: 'no',
        accountId: 'firm',
        owner: 'boss',
        attributes,
        currentStage: { column: 'status', values: status },
      },
      { ...deals, id: 'deal', personId: 'contact', amount, currency: 'money' },
    ],
    events: [
      { ...contacts, entityId: 'no', stage: { is: 'lead' }, at: { column: 'lead_day', as: 'day' } },
      {
        table: named('history'),
        entityType: 'person',
        entityId: 'no',
        stage: { column: 'status', values: status },
        at: { column: 'changed', timeZone: 'Europe/Berlin' },
      },
      { ...deals, entityId: 'deal', stage: { is: 'won' }, at: 'won_at' },
    ],
    activities: [
      { table: named('hits'), id: 'id', name: 'what', at: 'at', personId: 'who', attributes: { page: 'page' } },
    ],
    figures: [
      {
        table: named('costs'),
        name: { is: 'cost' },
        from: 'since',
        to: 'until',
        value: 'cents',
        currency: { is: 'EUR' },
      },
    ],
  };
}

const batch = 'warehouse';
const entered = (entityType: StageEvent['entityType'], entityId: string, stage: string, at: string): StageEvent => ({
  entityType,
  entityId,
  stage,
  at,
  batch,
  source: {
    system: 'own',
    recordId: `${entityId} ${stage}`,
  },
});
const hit = (id: string, personId: string, name: string, at: string, page: string | null): ActivityEvent => ({
  name,
  at,
  personId,
  attributes: { page },
  batch,
  source: {
    system: 'own',
    recordId: id,
  },
});

/** What hand-offs say beside those tables. */
export const OWN_SAID: readonly StageEvent[] = [
  entered('person', '2', 'sal', '2026-01-11T09:00:00Z'),
  entered('person', '1', 'sql', '2026-01-20T09:00:00Z'),
  { ...entered('person', '2', 'disqualified', '2026-01-22T09:00:00Z'), reason: "it's \\ no fit" },
  entered('person', 'nobody knows', 'sal', '2026-01-12T09:00:00Z'),
];

/** The same company as canonical records, written down by hand. */
export const OWN_WORLD: {
  records: readonly EntityRecord[];
  events: readonly StageEvent[];
  activities: readonly ActivityEvent[];
  figures: readonly Figure[];
} = {
  records: [
    {
      entityType: 'person',
      id: '1',
      accountId: 'acme',
      owner: 'ann',
      attributes: { region: 'emea', vip: true, points: 12.5 },
      batch,
    },
    {
      entityType: 'person',
      id: '2',
      accountId: 'acme',
      owner: 'bob',
      attributes: { region: "O'amer", vip: false, points: null },
      batch,
    },
    {
      entityType: 'person',
      id: '3',
      owner: 'ann',
      attributes: { region: null, vip: null, points: 3 },
      currentStage: 'nurture',
      batch,
    },
    { entityType: 'opportunity', id: 'D1', personId: '1', amount: 123_456, currency: 'EUR', attributes: {}, batch },
    { entityType: 'opportunity', id: 'D2', personId: '2', amount: 10, currency: 'EUR', attributes: {}, batch },
  ],
  events: [
    entered('person', '1', 'lead', '2026-01-05'),
    entered('person', '2', 'lead', '2026-01-06'),
    // Half past midnight in Berlin is the day before in UTC.
    entered('person', '1', 'mql', '2026-01-08T23:30:00Z'),
    entered('person', '2', 'mql', '2026-01-10T11:00:00Z'),
    entered('person', '1', 'sal', '2026-01-12T08:00:00.250Z'),
    entered('person', '2', 'won\\lost?', '2026-01-13T08:00:00Z'),
    entered('opportunity', 'D1', 'won', '2026-02-01T10:00:00Z'),
  ],
  activities: [
    hit('1', '1', 'visit', '2026-01-02T08:00:00Z', '/price'),
    hit('2', '1', 'demo', '2026-01-03T08:00:00Z', null),
    hit('3', '2', 'visit', '2026-01-04T08:00:00Z', '/'),
  ],
  figures: [{ name: 'cost', from: '2026-01-01', to: '2026-02-01', value: 90_000, currency: 'EUR', batch }],
};

const team = { version: '1.0.0', owners: ['marketing', 'sales'] } satisfies Partial<Definition>;
/** Definitions and moment of the questions. */
export const ownContext = (definitions: readonly Definition[]): AnswerContext => ({
  definitions: [
    ...definitions,
    {
      kind: 'funnel',
      mode: 'event',
      id: 'demo',
      ...team,
      steps: [
        {
          id: 'visit',
          event: 'visit',
        },
        {
          id: 'demo',
          event: 'demo',
        },
      ],
    },
    {
      kind: 'kpi',
      id: 'cpl',
      ...team,
      formula: {
        kpi: 'costPer.lead',
        inputs: {
          programSpend: { figure: 'cost' },
          leads: {
            entries: {
              funnel: 'lead-to-won',
              stage: 'lead',
            },
          },
        },
      },
    },
  ],
  rights: OWNER_RIGHTS,
  asOf: '2026-03-01T00:00:00Z',
  timeZone: 'UTC',
});

/** Questions that between them read every canonical table and column. */
export const OWN_QUESTIONS: readonly Question[] = [
  { kind: 'funnel', funnel: 'lead-to-won', period: '2026-01', measure: 'value', details: ['time'] },
  { kind: 'funnel', funnel: 'lead-to-won', view: 'activity', filter: { field: 'attributes.vip', eq: true } },
  { kind: 'funnel', funnel: 'lead-to-won', view: 'snapshot', filter: { field: 'owner', eq: 'ann' } },
  { kind: 'measure', measure: { of: 'person', aggregates: ['count'], by: 'attributes.region' } },
  { kind: 'measure', measure: { of: 'person', value: { field: 'attributes.points' }, aggregates: ['sum', 'median'] } },
  { kind: 'measure', measure: { of: 'opportunity', value: { field: 'amount' }, aggregates: ['sum', 'count'] } },
  { kind: 'eventFunnel', funnel: 'demo', breakdown: { event: 'attributes.page' } },
  { kind: 'kpi', kpis: ['cpl'], period: '2026-01' },
];
