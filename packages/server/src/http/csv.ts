import type { Envelope } from '@sama/metrics/contracts';
import { csvField } from '../import/csv-field.ts';

type Data = NonNullable<Envelope['data']>;
type Row = Readonly<Record<string, unknown>>;

/**
 * The rows of an answer as CSV by RFC 4180: a head line, lines ended by CRLF, numbers in full with a point, what is not
 * known empty. What a row holds inside stands under names with dots; lists in it are JSON.
 */
export function csvOf(data: Data): string {
  const rows = rowsOf(data).map((row) => new Map(cellsOf(row, '')));
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return [names.map(csvField), ...rows.map((row) => names.map((name) => row.get(name) ?? ''))]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('');
}

/** What is counted in an answer, in the order it stands there. */
function rowsOf(data: Data): readonly Row[] {
  switch (data.kind) {
    case 'funnel':
      return data.stages;
    case 'eventFunnel':
      return data.steps;
    case 'kpi':
      return data.kpis;
    case 'measure':
      return data.groups ?? data.values;
    case 'attribution':
      return data.rows;
    case 'score':
      return data.leads ?? data.cells;
    case 'records':
      return data.records.map(({ values, ...record }) => ({
        ...record,
        ...Object.fromEntries(data.fields.map((field, i) => [field, values[i]])),
      }));
    case 'difference':
      return data.items;
    case 'handoffs':
      return data.show === 'list' ? data.rows : data.show === 'detail' ? data.log : data.groups;
    case 'glossary':
      return data.show === 'terms' ? data.terms : [data];
  }
}

/** The cells of a row by their names. */
function* cellsOf(value: unknown, name: string): Generator<[name: string, cell: string]> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) yield* cellsOf(inner, name === '' ? key : `${name}.${key}`);
  } else yield [name, cellOf(value)];
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return csvField(value);
  return typeof value === 'object' ? csvField(JSON.stringify(value)) : String(value);
}
