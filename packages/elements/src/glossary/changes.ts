import type { GlossaryTerm } from '@sama/metrics/contracts';
import { criteriaWords } from '@sama/metrics/glossary';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Counts } from '../internal/counts.ts';
import { teamName } from '../internal/states.ts';
import type { GlossaryWords } from '../locale/index.ts';

type History = GlossaryTerm['history'];
type Difference = History[number]['diff'][number];

/** The parts of a field as a reader writes them. */
function partsOf(field: string, value: unknown, t: GlossaryWords): string[] {
  if (value === undefined || value === null) return [];
  if (field === 'criteria') return criteriaWords(value).map(({ text }) => text);
  if (Array.isArray(value)) return value.flatMap((one: unknown) => partsOf(field, one, t));
  if (typeof value === 'object') return [String(Reflect.get(value, 'word') ?? JSON.stringify(value))];
  return [field === 'owners' ? teamName(String(value), t) : String(value)];
}

/** What differs, field by field: what was, and what is to be. */
export function changesTemplate(diff: readonly Difference[], t: GlossaryWords): TemplateResult | typeof nothing {
  if (diff.length === 0) return nothing;
  return html`<dl class="changes">
    ${diff.map(({ field, before, after }) => {
      const [was, is] = [partsOf(field, before, t), partsOf(field, after, t)];
      return html`<div>
        <dt>${t.fields[field] ?? field}</dt>
        <dd>
          ${was.filter((part) => !is.includes(part)).map((part) => html`<del>${part}</del> `)}
          ${is.filter((part) => !was.includes(part)).map((part) => html`<ins>${part}</ins> `)}
        </dd>
      </div>`;
    })}
  </dl>`;
}

/** Who did what and when, the newest first, with what it changed and why. */
export function historyTemplate(history: History, f: Counts, t: GlossaryWords): TemplateResult | typeof nothing {
  if (history.length === 0) return nothing;
  return html`<details class="history">
    <summary class="link">${t.history(history.length, f.count(history.length))}</summary>
    <ol>
      ${history
        .toReversed()
        .map(
          ({ type, at, by, termVersion, reason, diff }) =>
            html`<li>
              ${t.termLog(by.name, teamName(by.team, t), t.done[type] ?? type, termVersion ?? '', f.date(at))}
              ${reason === undefined ? nothing : html`<q>${reason}</q>`}${changesTemplate(diff, t)}
            </li>`,
        )}
    </ol>
  </details>`;
}
