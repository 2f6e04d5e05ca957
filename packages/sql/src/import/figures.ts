import type { FigureMapping } from '@sama/metrics/contracts';
import { counted, mappedNames, planOf, type ImportOptions, type ImportPlan } from './plan.ts';
import { text } from './quote.ts';
import { RowFields, type Fields } from './row-fields.ts';

/** The import of figures. */
export function planFigures(mapping: FigureMapping, columns: readonly string[], options: ImportOptions): ImportPlan {
  const fields = figureFields(mapping, columns, options);
  const named = fields.fields.some(({ name, constant }) => name === 'name' && constant !== true);
  const alike = `${named ? 'a.name = b.name AND ' : ''}a.segment IS NOT DISTINCT FROM b.segment`;
  const same = mappedNames(mapping, columns)
    .map((column) => `x.${column} IS NOT DISTINCT FROM y.${column}`)
    .join(' AND ');
  const overlapping =
    `SELECT a.rowid AS row, min(b.rowid) AS first FROM numbered a JOIN numbered b ON ${alike} ` +
    'AND a.from_day < b.to_day AND b.from_day < a.to_day AND b.rowid < a.rowid GROUP BY a.rowid';
  return planOf(mapping, columns, fields, {
    ascending: 'SELECT false AS ascending',
    // Figures of one name and segment must not overlap: the first line that speaks of a day stands.
    again: `CREATE TABLE again AS WITH numbered AS (SELECT rowid, ${named ? 'name, ' : ''}segment, from_day, to_day FROM parsed WHERE ok) ${overlapping}`,
    dropSome: (from) => [
      `CREATE TABLE said AS SELECT ${mappedNames(mapping, columns).join(', ')} FROM ${from}`,
      `CREATE TABLE dropped AS SELECT g.row AS row, g.first AS first, (${same}) AS same FROM again g JOIN said x ON x.rowid = g.row JOIN said y ON y.rowid = g.first`,
      'DROP TABLE said',
    ],
    key: mapping.from,
    conflict: (line) => `line ${line} has another figure of the same days`,
    place: 'CAST(p.from_day AS VARCHAR)',
    fill: () => [
      `INSERT INTO figures SELECT name, from_day, to_day, ${mapping.amount === undefined ? 'value' : 'amount'}, currency, segment, ${text(options.batch)} FROM taken`,
    ],
    facts: { unique: true, distinct: true, sorted: true, activities: true, figures: true },
    notes:
      mapping.amount === undefined
        ? []
        : [
            {
              code: 'rounded-amount',
              field: mapping.amount.column,
              ...counted('rounded', 'CAST(from_day AS VARCHAR)'),
              text: 'amounts finer than the smallest unit of the currency were rounded to it',
            },
          ],
  });
}

function figureFields(mapping: FigureMapping, columns: readonly string[], options: ImportOptions): Fields {
  const row = new RowFields(columns, options, mapping.dates?.format);
  row.name(mapping.name, '[a-z0-9][a-z0-9_-]{0,63}', 'the name of a figure is a key, such as marketing-cost');
  const day = (column: string): string => {
    const cell = row.cell(column, row.raw(column));
    row.refuse(column, `${row.raw(column)} IS NULL`, 'the day is empty');
    row.refuse(column, `${cell.ms} IS NOT NULL`, 'a figure is of whole days: give a day without a time');
    return cell.day;
  };
  const from = day(mapping.from);
  row.fields.push({ name: 'from_day', sql: from });
  const end = mapping.to ?? mapping.last ?? mapping.from;
  const last = end === mapping.from ? from : day(end);
  row.fields.push({ name: 'to_day', sql: endSql(mapping, last) });
  row.refuse(end, 'coalesce(from_day >= to_day, false)', 'the figure ends before its first day is over');
  row.id('segment', mapping.segment);
  row.amount(mapping.amount);
  const { value, amount } = mapping;
  const column = value?.column ?? amount?.column ?? mapping.from;
  if (value !== undefined) row.number('number', value.column, value.decimal);
  row.fields.push(
    value === undefined ? { name: 'value', sql: 'NULL', constant: true } : { name: 'value', sql: 'number' },
  );
  row.refuse(column, `${row.raw(column)} IS NULL`, 'the value is empty');
  return row.all();
}

/** SQL of the day after the last. */
function endSql({ last, each }: FigureMapping, day: string): string {
  if (each !== undefined) return `CAST(${day} + INTERVAL 1 ${each} AS DATE)`;
  return last === undefined ? day : `${day} + 1`;
}
