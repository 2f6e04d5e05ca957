import type { ActivityMapping } from '@sama/metrics/contracts';
import { counted, planOf, type ImportOptions, type ImportPlan, type NoteTest } from './plan.ts';
import { integer, text } from './quote.ts';
import { RowFields, type Fields } from './row-fields.ts';

const LINKS = ['personId', 'accountId', 'opportunityId', 'campaignId'] as const;
type Link = (typeof LINKS)[number];
const NAMES: Record<Link, string> = {
  personId: 'person_id',
  accountId: 'account_id',
  opportunityId: 'opportunity_id',
  campaignId: 'campaign_id',
};

/** The import of activities. */
export function planActivities(
  mapping: ActivityMapping,
  columns: readonly string[],
  options: ImportOptions,
): ImportPlan {
  const fields = activityFields(mapping, columns, options);
  const [date] = fields.dates;
  const { day = 'd0', ms = 'm0' } = date ?? {};
  const varying = new Set(fields.fields.filter(({ constant }) => constant !== true).map(({ name }) => name));
  // Activities equal in these are one, as `ActivityEvent` says; what is the same in every row tells nothing.
  const identity = ['name', 'person_id', 'account_id', 'opportunity_id', 'record_id'].filter((name) =>
    varying.has(name),
  );
  const keys = [...identity, day, ms];
  return planOf(mapping, columns, fields, {
    ascending: 'SELECT false AS ascending',
    again: `CREATE TABLE again AS SELECT ${keys.join(', ')}, min(rowid) AS first FROM parsed WHERE ok GROUP BY ${keys.join(', ')} HAVING count(*) > 1`,
    dropSome: () => [
      `CREATE TABLE dropped AS SELECT p.rowid AS row, again.first AS first, true AS same FROM parsed p JOIN again ON ` +
        `${keys.map((key) => `p.${key} IS NOT DISTINCT FROM again.${key}`).join(' AND ')} WHERE p.ok AND p.rowid <> again.first`,
    ],
    key: mapping.id ?? mapping.at,
    conflict: (line) => `the activity stands already in line ${line}`,
    place: 'p.record_id',
    fill: () => [
      `INSERT INTO activity_events SELECT name, ${ms}, ${day}, person_id, account_id, opportunity_id, campaign_id, owner, amount, currency, ` +
        `attributes, ${text(mapping.source)}, record_id, NULL, ${integer(options.fetchedAtMs)}, ${text(options.batch)} FROM taken`,
    ],
    facts: { unique: true, distinct: true, sorted: true, activities: true, figures: true },
    notes: notes(mapping, day),
  });
}

function activityFields(mapping: ActivityMapping, columns: readonly string[], options: ImportOptions): Fields {
  const row = new RowFields(columns, options, mapping.dates?.format);
  row.name(mapping.name, '(?s).{1,200}', 'the name is longer than 200 characters');
  row.refuse(mapping.at, `${row.raw(mapping.at)} IS NULL`, 'the date is empty');
  row.date(mapping.at);
  for (const link of LINKS) row.id(NAMES[link], mapping.links?.[link]);
  const { personId, opportunityId, accountId } = mapping.links ?? {};
  if (mapping.id === undefined) {
    const owners = [personId, opportunityId, accountId].filter((column) => column !== undefined);
    const first =
      owners.length === 0 ? 'NULL' : `coalesce(${owners.map((column) => row.raw(column)).join(', ')}, NULL)`;
    row.fields.push({ name: 'record_id', sql: first });
    row.refuse(owners[0] ?? mapping.at, 'record_id IS NULL', 'it belongs to nobody, and the mapping names no "id"');
  } else {
    row.id('record_id', mapping.id);
    row.refuse(mapping.id, 'record_id IS NULL', 'the id is empty');
  }
  row.text('owner', mapping.owner);
  row.amount(mapping.amount);
  row.attributes(mapping.attributes);
  return row.all();
}

function notes(mapping: ActivityMapping, day: string): NoteTest[] {
  const found: NoteTest[] = [
    {
      code: 'date-only',
      field: mapping.at,
      test: `${day} IS NOT NULL`,
      text: 'days without a time; a day counts by the rules for days',
    },
  ];
  for (const link of LINKS) {
    const column = mapping.links?.[link];
    if (column === undefined) continue;
    found.push({
      code: 'missing-link',
      field: column,
      ...counted(`${NAMES[link]} IS NULL`, 'record_id'),
      text: `rows without ${link}`,
    });
  }
  if (mapping.amount !== undefined)
    found.push({
      code: 'rounded-amount',
      field: mapping.amount.column,
      ...counted('rounded', 'record_id'),
      text: 'amounts finer than the smallest unit of the currency were rounded to it',
    });
  return found;
}
