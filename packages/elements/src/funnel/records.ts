import type { RecordsAnswer } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Formats } from '../internal/format.ts';
import { harmless } from '../internal/harmless.ts';
import { pickTemplate } from '../internal/pick.ts';
import type { BehindWords } from '../locale/en/funnel-detail.ts';
import type { DetailWords } from './detail-words.ts';
import type { Found } from './behind.ts';
import { isLoss, type List, MOST, OUTCOMES, PAGE } from './opened.ts';
import { reasonText } from './reasons.ts';

interface Listed {
  f: Formats;
  t: DetailWords;
  b: BehindWords;
  cohort: boolean;
  stage: string;
  list: List;
  choose: (list: List) => void;
}

/** The records, by page, of all or of those of one outcome or reason, in the order that was asked for. */
export const recordsTemplate = (listed: Listed, found: Found): TemplateResult =>
  html`<h4 tabindex="-1">${listed.b.whoTheyAre}</h4>
    ${
      typeof found.records === 'object'
        ? listTemplate(listed, found.records, found.reasons)
        : html`<p role="status">${found.records}</p>`
    }`;

function listTemplate(listed: Listed, records: RecordsAnswer, reasons: Found['reasons']): TemplateResult {
  const { f, t, b, cohort, list, choose } = listed;
  const { outcome, reason, sort } = list;
  const names = { ...t, overdue: b.pastPromise, all: b.all };
  const kinds = cohort ? (['all', ...OUTCOMES] as const) : [];
  const known = typeof reasons === 'object' ? reasons.find((one) => one.outcome === outcome) : undefined;
  const said = [
    { value: 'any', text: b.anyReason },
    ...(known?.named ?? []).map((one) => ({ value: `=${one.reason}`, text: reasonText(one, b) })),
    { value: 'none', text: b.noReason },
  ];
  const chosen = reason === undefined ? 'any' : reason === null ? 'none' : `=${reason}`;
  const only = (kind: string): List => {
    const one = OUTCOMES.find((name) => name === kind);
    return { ...(one === undefined ? {} : { outcome: one }), ...(sort === undefined ? {} : { sort }) };
  };
  return html`<p>
      ${pickTemplate(
        b.outcome,
        names[outcome ?? 'all'],
        outcome ?? 'all',
        kinds.map((kind) => ({ value: kind, text: names[kind] })),
        (kind) => choose(only(kind)),
      )}
      ${
        isLoss(outcome)
          ? pickTemplate(
              b.reason,
              said.find(({ value }) => value === chosen)?.text ?? harmless(reason ?? ''),
              chosen,
              said,
              (value) =>
                choose({
                  ...only(outcome),
                  ...(value === 'any' ? {} : { reason: value === 'none' ? null : value.slice(1) }),
                }),
            )
          : nothing
      }
      ${list.unowned === true ? html`<b>${b.nobodys}</b>` : nothing}
      <span role="status">${b.shown(f.count(records.records.length), f.count(records.total))}</span>
    </p>
    ${records.records.length === 0 ? nothing : tableTemplate(records, listed, new Map(known?.named.map((one) => [one.reason, reasonText(one, b)])))}
    ${
      records.records.length < Math.min(MOST, records.total)
        ? html`<p>
            <button class="button" @click=${() => choose({ ...list, limit: Math.min(MOST, (list.limit ?? PAGE) * 5) })}>
              ${b.showMore}
            </button>
          </p>`
        : nothing
    }`;
}

/** What a column shows: its head, what all records are ordered by, and its text of each. */
interface Column {
  head: string;
  by?: string;
  text: (record: RecordsAnswer['records'][number]) => string;
}

function columnsOf(
  { fields, records, outcome }: RecordsAnswer,
  { f, t, b }: Listed,
  named: ReadonlyMap<string, string>,
): Column[] {
  const known: Record<string, string> = { amount: t.value, owner: t.owner };
  const currency = fields.indexOf('currency');
  // Amounts bring their currency, and what nobody has takes no room.
  const told = [...fields.keys()].filter(
    (i) => !(i === currency && fields.includes('amount')) && records.some(({ values }) => values[i] !== null),
  );
  return [
    { head: b.record, by: 'id', text: ({ id }) => harmless(id) },
    { head: b.enteredOn, by: 'entered', text: ({ entered }) => (entered === null ? '–' : f.date(entered)) },
    ...(!isLoss(outcome) && records.some((record) => record.outcome !== undefined)
      ? [
          {
            head: b.outcome,
            text: ({ outcome: one }: RecordsAnswer['records'][number]) =>
              one === undefined ? '' : one === 'overdue' ? b.pastPromise : t[one],
          },
        ]
      : []),
    ...(isLoss(outcome)
      ? [
          {
            head: b.reason,
            text: ({ reason }: RecordsAnswer['records'][number]) => named.get(reason ?? '') ?? harmless(reason ?? '–'),
          },
        ]
      : []),
    ...told.map((i): Column => {
      const field = fields[i] ?? '';
      return {
        head: harmless(known[field] ?? field),
        by: field,
        text: ({ values }) => textOf(values[i], field, values[currency], f),
      };
    }),
  ];
}

/** A value as people write it: amounts are whole minor units of the record's currency. */
function textOf(value: unknown, field: string, currency: unknown, f: Formats): string {
  if (value === null || value === undefined) return '–';
  if (field === 'amount' && typeof value === 'number' && typeof currency === 'string') return f.money(value, currency);
  return typeof value === 'number' ? f.count(value) : harmless(String(value));
}

/** A table whose source puts all records in order, not only those shown. Narrow, each record is a block; the roles stay. */
function tableTemplate(answer: RecordsAnswer, listed: Listed, named: ReadonlyMap<string, string>): TemplateResult {
  const { b, stage, list, choose } = listed;
  const columns = columnsOf(answer, listed, named);
  const { by: now, descending = false } = answer.sort;
  const order = (by: string): void => {
    const { sort: _, ...rest } = list;
    const next = now !== by ? false : !descending ? true : undefined;
    choose({ ...rest, ...(next === undefined ? {} : { sort: { by, descending: next } }) });
  };
  const title = b.recordsOf(stage);
  return html`<div class="scroll records" tabindex="0" role="region" aria-label=${title}>
    <table role="table">
      <caption>
        ${title}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map(({ head, by }) =>
            by === undefined
              ? html`<th role="columnheader" scope="col">${head}</th>`
              : html`<th
                  role="columnheader"
                  scope="col"
                  aria-sort=${now !== by ? 'none' : descending ? 'descending' : 'ascending'}
                >
                  <button class="sort" @click=${() => order(by)}>${head}</button>
                </th>`,
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${answer.records.map(
          (record) =>
            html`<tr role="row">
              ${columns.map(({ head, text }, i) =>
                i === 0
                  ? html`<th role="rowheader" scope="row">${text(record)}</th>`
                  : html`<td role="cell" data-head=${head}>${text(record)}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
