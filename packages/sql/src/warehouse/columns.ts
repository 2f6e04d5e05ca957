import type { ActivitiesFrom, EventsFrom, MomentFrom, RecordsFrom, StageFrom, TextFrom, Warehouse } from './mapping.ts';

/** What a column has to hold: for `chosen` values like those it is compared with, for `any` whatever it likes. @beta */
export type ColumnUse = 'text' | 'number' | 'decimal' | 'milliseconds' | 'instant' | 'day' | 'chosen' | 'any';

/** One column that a mapping reads. @beta */
export interface MappedColumn {
  /** The setting that names it, such as `events.0.at`. */
  setting: string;
  table: string;
  column: string;
  use: ColumnUse;
  /** What `chosen` ones are compared with. */
  values?: readonly (string | number | boolean)[];
}

/** Settings of one source, and the columns they name. */
type Named = Readonly<Record<string, readonly [column: string, use: ColumnUse] | undefined>>;

/** Every column that a mapping reads, so that what is wrong with one can be said before it is read. @beta */
export function warehouseColumns({ records = [], events, activities = [], figures = [] }: Warehouse): MappedColumn[] {
  return [
    ...records.flatMap((one, i) =>
      columns(`records.${i}`, one, {
        id: [one.id, 'text'],
        ...linked(one),
        ...stage('currentStage', one.currentStage),
      }),
    ),
    ...events.flatMap((one, i) =>
      columns(`events.${i}`, one, {
        entityId: [one.entityId, 'text'],
        ...stage('stage', one.stage),
        ...moment(one.at),
        reason: text(one.reason),
      }),
    ),
    ...activities.flatMap((one, i) =>
      columns(`activities.${i}`, one, {
        id: [one.id, 'text'],
        name: text(one.name),
        ...moment(one.at),
        opportunityId: text(one.opportunityId),
        ...linked(one),
      }),
    ),
    ...figures.flatMap((one, i) =>
      columns(`figures.${i}`, one, {
        name: text(one.name),
        from: [one.from, 'day'],
        to: [one.to, 'day'],
        value: [one.value, 'number'],
        currency: text(one.currency),
        segment: text(one.segment),
      }),
    ),
  ];
}

function columns(
  source: string,
  { table, only = {} }: Pick<EventsFrom, 'table' | 'only'>,
  named: Named,
): MappedColumn[] {
  const read = Object.entries(named).flatMap(([setting, one]) =>
    one === undefined ? [] : [{ setting: `${source}.${setting}`, table, column: one[0], use: one[1] }],
  );
  const chosen = Object.entries(only).map(([column, values]): MappedColumn => ({
    setting: `${source}.only.${column}`,
    table,
    column,
    use: 'chosen',
    values: [values].flat(),
  }));
  return [...read, ...chosen];
}

const text = (value: TextFrom | undefined): Named[string] => (typeof value === 'string' ? [value, 'text'] : undefined);

function stage(setting: string, value: StageFrom | undefined): Named {
  if (typeof value === 'string') return { [setting]: [value, 'text'] };
  return value !== undefined && 'column' in value ? { [`${setting}.column`]: [value.column, 'text'] } : {};
}

const moment = (at: MomentFrom): Named =>
  typeof at === 'string' ? { at: [at, 'instant'] } : { 'at.column': [at.column, at.as ?? 'instant'] };

const linked = (one: Omit<RecordsFrom | ActivitiesFrom, 'entityType' | 'id'>): Named => ({
  accountId: text(one.accountId),
  personId: text(one.personId),
  campaignId: text(one.campaignId),
  owner: text(one.owner),
  'amount.column': one.amount === undefined ? undefined : [one.amount.column, 'decimal'],
  currency: text(one.currency),
  ...Object.fromEntries(
    Object.entries(one.attributes ?? {}).map(([name, column]) => [`attributes.${name}`, [column, 'any'] as const]),
  ),
});
