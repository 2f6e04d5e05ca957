import type { HandoffRow, HandoffView } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { inOne } from '../internal/one-template.ts';
import type { Leads } from './leads.ts';
import { rowTemplate, type Speech } from './rows.ts';

export interface List {
  leads: Leads;
  view: HandoffView;
  range: { first: number; last: number };
  active: number;
  picked: ReadonlyMap<string, HandoffRow>;
  picking: boolean;
  filtered: boolean;
  onScroll: () => void;
  onClick: (event: Event) => void;
  onClear: () => void;
}

/** The leads of a view: a grid that is one tab stop, of which only the rows in sight are drawn. */
export function listTemplate(list: List, speech: Speech): TemplateResult {
  const { leads, view, range, active, picked, picking, filtered } = list;
  const { t, count } = speech;
  const { total, head, loading } = leads;
  if (total === 0)
    return html`<div class="nothing">
      <p>${filtered ? t.nothingFits : t.emptyViews[head?.view ?? view]}</p>
      ${filtered ? html`<button class="act" @click=${list.onClear}>${t.clearIt}</button>` : nothing}
    </div>`;
  const { first, last } = range;
  const drawn = last - first + 1;
  const at = active < first || active > last ? nothing : `row${active}`;
  // Each row is drawn where it was, wherever the list begins now; `Window` brings them into their order.
  const rows = Array.from({ length: drawn }, (_, i) => {
    const index = last - ((last - i) % drawn);
    const row = leads.row(index);
    const { id = '' } = row ?? {};
    return rowTemplate(
      row,
      { index, active: index === active, picked: picked.has(id), picking, mark: leads.mark(id) },
      speech,
    );
  });
  return html`<div
    class="leads"
    role="grid"
    tabindex="0"
    aria-label=${t.listOf(t.queueViews[view], total, count(total))}
    aria-rowcount=${total}
    aria-multiselectable="true"
    aria-busy=${loading}
    aria-activedescendant=${at}
    @scroll=${list.onScroll}
    @click=${list.onClick}
  >
    <i class="probe"></i>
    <div class="rows" role="rowgroup">${inOne(rows)}</div>
  </div>`;
}
