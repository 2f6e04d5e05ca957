import type { Mapping } from '@sama/metrics/contracts';
import { oneOf, text } from './quote.ts';
import {
  ID_LENGTH,
  noText,
  RowFields,
  staged,
  tooLong,
  type Field,
  type FieldOptions,
  type Fields,
} from './row-fields.ts';

/** The fields of a file of records or of stage changes. */
export function recordFields(mapping: Mapping, columns: readonly string[], options: FieldOptions): Fields {
  const row = new RowFields(columns, options, mapping.dates?.format);
  const id = staged(columns, mapping.id);
  row.fields.push({ name: 'id', sql: id });
  row.refuse(mapping.id, `${row.raw(mapping.id)} IS NULL`, 'the id is empty');
  row.refuse(mapping.id, tooLong(id), `the id is longer than ${ID_LENGTH} characters`);
  row.id('account_id', mapping.links?.accountId);
  row.id('person_id', mapping.links?.personId);
  row.id('campaign_id', mapping.links?.campaignId);
  row.text('owner', mapping.owner);
  for (const rule of mapping.stages ?? []) row.date(rule.at);
  if (mapping.event !== undefined) row.date(mapping.event.at);
  row.amount(mapping.amount);
  stageFields(mapping, columns, row, options.knownStages);
  row.attributes(mapping.attributes);
  return row.all();
}

/** SQL of the stage a text names: by `values`, else itself in lower case when it is a known stage. */
function stageSql(raw: string, values: Record<string, string> | undefined, known: readonly string[]): string {
  const itself = known.length === 0 ? 'NULL' : `CASE WHEN ${oneOf(`lower(${raw})`, known)} THEN lower(${raw}) END`;
  const cases = Object.entries(values ?? {}).map(([value, stage]) => `WHEN ${text(value.trim())} THEN ${text(stage)}`);
  return cases.length === 0 ? itself : `CASE ${raw} ${cases.join(' ')} ELSE ${itself} END`;
}

/** SQL of a rule's reason over the parsed table. Rules may share the column, which then stands there once. */
export function reasonSql(columns: readonly string[], { reason }: { reason?: string | undefined }): string {
  return reason === undefined ? 'CAST(NULL AS VARCHAR)' : `reason_${staged(columns, reason)}`;
}

function stageFields(mapping: Mapping, columns: readonly string[], row: RowFields, known: readonly string[]): void {
  const { fields, checks } = row;
  const raw = (column: string): string => row.raw(column);
  const unknown = `unknown stage; known: ${known.join(', ')}. Give its meaning under "values" in the mapping, or define the stage`;
  const state = mapping.currentStage;
  fields.push(
    state === undefined ? noText('state') : { name: 'state', sql: stageSql(raw(state.column), state.values, known) },
  );
  if (state !== undefined)
    checks.push({
      column: state.column,
      test: `(${raw(state.column)} IS NOT NULL AND state IS NULL)`,
      reason: unknown,
    });
  (mapping.stages ?? []).forEach((rule, index) => {
    const when = rule.when;
    fields.push(
      when === undefined
        ? { name: `w${index}`, sql: 'true', constant: true }
        : {
            name: `w${index}`,
            sql: `coalesce(${oneOf(
              raw(when.column),
              when.in.map((value) => value.trim()),
            )}, false)`,
          },
    );
    if (rule.reason === undefined) return;
    const name = reasonSql(columns, rule);
    if (!fields.some((field) => field.name === name)) fields.push({ name, sql: raw(rule.reason) });
  });
  const event = mapping.event;
  if (event === undefined) return;
  const optional = (name: string, column: string | undefined): Field =>
    column === undefined ? noText(name) : { name, sql: raw(column) };
  fields.push({ name: 'stage', sql: stageSql(raw(event.stage.column), event.stage.values, known) });
  fields.push({ name: 'record_id', sql: event.recordId === undefined ? raw(mapping.id) : raw(event.recordId) });
  fields.push(optional('reason', event.reason));
  fields.push(optional('actor_team', event.actorTeam));
  fields.push(optional('supersedes', event.supersedes));
  checks.push({ column: event.stage.column, test: `${raw(event.stage.column)} IS NULL`, reason: 'the stage is empty' });
  checks.push({
    column: event.stage.column,
    test: `(${raw(event.stage.column)} IS NOT NULL AND stage IS NULL)`,
    reason: unknown,
  });
  checks.push({ column: event.at, test: `${raw(event.at)} IS NULL`, reason: 'the date of the stage change is empty' });
  if (event.recordId !== undefined) {
    checks.push({ column: event.recordId, test: 'record_id IS NULL', reason: 'the record id is empty' });
    checks.push({
      column: event.recordId,
      test: tooLong('record_id'),
      reason: `the id is longer than ${ID_LENGTH} characters`,
    });
  }
}
