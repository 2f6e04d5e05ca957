import type { ActivityPlan, ActivityRow } from '@sama/metrics/engine';
import { zone } from '@sama/metrics/time';
import { criteriaSql } from '../criteria.ts';
import type { Dialect } from '../dialect/index.ts';
import { ACTIVITIES_TABLE, eventFields } from '../event-funnel/source.ts';
import { joinSql, raw, sql, type SqlStatement } from '../statement/index.ts';
import { valueColumns, valuesOf, type Batch } from '../values.ts';
import { textsOf } from './records.ts';

/** Compiles the reading of activities one by one. @beta */
export function compileActivities(plan: ActivityPlan, dialect: Dialect): SqlStatement {
  const field = eventFields(dialect);
  const columns = plan.fields.map((name, i) => valueColumns(`v${i}`, field(name)));
  const today = zone(plan.timeZone).dayOf(plan.asOf);
  const chosen = [
    sql`coalesce(r.at_ms <= ${plan.asOf}, r.at_day <= ${dialect.day(today)})`,
    ...(plan.names === undefined
      ? []
      : [
          sql`r.name IN (${joinSql(
            plan.names.map((name) => sql`${name}`),
            ', ',
          )})`,
        ]),
    ...(plan.where === undefined ? [] : [criteriaSql(plan.where, field, { ...plan, dialect })]),
  ];
  const body = sql`SELECT r.name AS name, CAST(r.at_ms AS DOUBLE PRECISION) AS at_ms, CAST(r.at_day AS VARCHAR) AS at_day, r.system AS system,
      r.person_id AS person_id, r.account_id AS account_id, r.opportunity_id AS opportunity_id ${joinSql(columns, '')}
    FROM ${raw(ACTIVITIES_TABLE)} r WHERE ${joinSql(chosen, ' AND ')}`;
  return body.statement(dialect.placeholder);
}

/** The activities of an engine's rows. @beta */
export function decodeActivities(plan: ActivityPlan, batches: readonly Batch[]): ActivityRow[] {
  const columns = plan.fields.map((_, i) => valuesOf(batches, `v${i}`));
  const [days, systems, persons, accounts, opportunities] = [
    'at_day',
    'system',
    'person_id',
    'account_id',
    'opportunity_id',
  ].map((name) => textsOf(batches, name));
  const instants = batches.flatMap((batch) => {
    const read = batch.column('at_ms');
    return Array.from({ length: batch.rows }, (_, row) => Number(read?.(row) ?? Number.NaN));
  });
  return textsOf(batches, 'name').map((name, row) => ({
    name: name ?? '',
    at: days?.[row] ?? new Date(instants[row] ?? 0).toISOString(),
    system: systems?.[row] ?? '',
    personId: persons?.[row] ?? null,
    accountId: accounts?.[row] ?? null,
    opportunityId: opportunities?.[row] ?? null,
    values: columns.map((column) => column[row] ?? null),
  }));
}
