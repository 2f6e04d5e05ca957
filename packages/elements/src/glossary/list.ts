import type { GlossaryList, TermLine } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Counts } from '../internal/counts.ts';
import type { Part } from '../internal/frame.ts';
import type { GlossaryWords } from '../locale/index.ts';
import { nameOf, standingTemplate } from './standing.ts';

/** Which terms are listed. */
export type Which = keyof GlossaryWords['which'];
export type Order = 'name' | 'stage';

/** Lines under one heading; a list by name has none. */
export interface Group {
  head?: string;
  lines: readonly TermLine[];
}

/** Whether a line is among those asked for. */
export function isListed({ status, inForce, next, waitsFor }: TermLine, which: Which): boolean {
  if (which === 'agreed') return inForce && status !== 'deprecated';
  if (which === 'open') return status !== 'deprecated' && (!inForce || next !== undefined);
  if (which === 'stale') return status === 'stale';
  return which === 'all' || waitsFor.includes(which);
}

/** The term that is shown: the one chosen, unless a search is for others; else the first, where there is room. */
export function chosenOf(
  all: readonly TermLine[],
  found: readonly TermLine[],
  term: string | null | undefined,
  searching: boolean,
  roomy: boolean,
): TermLine | undefined {
  const chosen = (searching ? found : all).find(({ key }) => key === term);
  return chosen ?? (searching || roomy ? found[0] : undefined);
}

/** The lines in their order: by name as they came, or by the stage they belong to. */
export function groupsOf(
  lines: readonly TermLine[],
  order: Order,
  stages: GlossaryList['stages'],
  t: GlossaryWords,
): Group[] {
  if (order === 'name') return [{ lines }];
  const known = stages ?? [];
  const staged = known.map(({ key, label }) => ({
    head: label,
    lines: lines.filter(({ term }) => term.stage === key),
  }));
  const rest = lines.filter(({ term }) => !known.some(({ key }) => key === term.stage));
  return [...staged, { head: t.withoutStage, lines: rest }].filter((group) => group.lines.length > 0);
}

/** What the list is drawn from. */
export interface Listing {
  groups: readonly Group[];
  /** The key of the term that is shown. */
  chosen: string | undefined;
  label: string;
  /** Drawn under its row where there is no room beside the list. */
  below: Part;
  f: Counts;
  t: GlossaryWords;
}

/** The terms as one tab stop, walked by arrow keys. */
export function listTemplate({ groups, chosen, label, below, f, t }: Listing): TemplateResult {
  const first = groups[0]?.lines[0]?.key;
  const stop = groups.some(({ lines }) => lines.some(({ key }) => key === chosen)) ? chosen : first;
  return html`<ul class="list" aria-label=${label} part="list">
    ${groups.map(
      ({ head, lines }) =>
        html`${head === undefined ? nothing : html`<li class="group">${head}</li>`}${lines.map((line) => {
          const { key, term, status } = line;
          const on = key === chosen;
          return html`<li>
            <button
              class="row ${status === 'deprecated' ? 'gone' : ''}"
              part="row"
              data-key=${key}
              tabindex=${key === stop ? 0 : -1}
              aria-current=${on ? 'true' : nothing}
              aria-expanded=${below === nothing ? nothing : on}
            >
              <span class="name" lang=${term.lang ?? nothing}>${nameOf(term)}</span>${standingTemplate(line, f, t)}
            </button>
            ${on ? below : nothing}
          </li>`;
        })}`,
    )}
  </ul>`;
}

/** The row a key leads to; a letter leads to the next one that begins with it. */
export function rowBy(key: string, at: number, rows: readonly HTMLElement[]): HTMLElement | undefined {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[key];
  if (to !== undefined) return rows[Math.min(Math.max(to, 0), rows.length - 1)];
  if (key.length !== 1 || key === ' ') return undefined;
  const begins = (row: HTMLElement): boolean =>
    row.textContent.trim().toLocaleLowerCase().startsWith(key.toLocaleLowerCase());
  return [...rows.slice(at + 1), ...rows.slice(0, at)].find(begins);
}
