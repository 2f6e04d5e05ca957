import { html, nothing, type TemplateResult } from 'lit/html.js';

/** A cell: what is shown, and what it is sorted by. */
export interface Cell {
  text: string;
  by: number | string;
}

/** A table of data: the first column names the row. */
export interface DataTable {
  caption: string;
  heads: readonly string[];
  rows: readonly (readonly Cell[])[];
  /** What belongs to it without being of its rows. */
  further?: DataTable;
}

/** The column a table is sorted by, and the direction; absent = as the chart. */
export interface Sorting {
  column: number;
  down: boolean;
}

/** What a press on a head does: upwards, downwards, then as the chart again. */
export function nextSorting(now: Sorting | undefined, column: number): Sorting | undefined {
  if (now?.column !== column) return { column, down: false };
  return now.down ? undefined : { column, down: true };
}

/** A real table of the data, sortable by its heads. */
export function tableTemplate(
  table: DataTable,
  sorting: Sorting | undefined,
  onSort?: (sorting: Sorting | undefined) => void,
): TemplateResult {
  const { further } = table;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${table.caption}>
    <table>
      <caption>
        ${table.caption}
      </caption>
      <thead>
        <tr>
          ${table.heads.map(
            (head, i) =>
              html`<th
                scope="col"
                aria-sort=${onSort === undefined ? nothing : sorting?.column !== i ? 'none' : sorting.down ? 'descending' : 'ascending'}
              >
                ${onSort ? html`<button class="sort" @click=${() => onSort(nextSorting(sorting, i))}>${head}</button>` : head}
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${sorted(table.rows, sorting).map(
          ([name, ...cells]) =>
            html`<tr>
              <th scope="row">${name?.text}</th>
              ${cells.map((cell) => html`<td>${cell.text}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
    ${further === undefined ? nothing : tableTemplate(further, undefined)}
  </div>`;
}

/** Rows in the order asked for; cells without a number come last either way. */
function sorted(rows: DataTable['rows'], sorting: Sorting | undefined): DataTable['rows'] {
  if (sorting === undefined) return rows;
  const { column, down } = sorting;
  return rows.toSorted((a, b) => {
    const [x, y] = [a[column]?.by ?? '', b[column]?.by ?? ''];
    if (x === '' || y === '') return x === y ? 0 : x === '' ? 1 : -1;
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y));
    return down ? -order : order;
  });
}
