import type { HandoffList, HandoffSort, HandoffView } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { menuTemplate } from '../internal/frame.ts';
import { filterIcon } from '../internal/icons.ts';
import type { QueueWords } from '../locale/index.ts';
import { GRADES, SORTS, VIEWS } from './choices.ts';
import type { KeyName } from './keys.ts';

interface Tools {
  t: QueueWords;
  narrow: boolean;
  /** Which is open. */
  tool: 'filter' | 'help' | undefined;
  filtered: boolean;
  keys: ReadonlyMap<KeyName, string>;
  onTool: (name: 'filter' | 'help') => void;
  menu: readonly { text: string; run: () => void }[];
}

/** Filter, keys and menu beside the title. */
export function toolsTemplate(tools: Tools): TemplateResult {
  const { t, narrow, tool, filtered, keys, onTool, menu } = tools;
  const text = (words: string): TemplateResult => html`<span class=${narrow ? 'vh' : ''}>${words}</span>`;
  return html`<div class="actions">
    <button class="action ${filtered ? 'on' : ''}" aria-expanded=${tool === 'filter'} @click=${() => onTool('filter')}>
      ${filterIcon()}${text(t.filter)}
    </button>
    <button class="action" aria-expanded=${tool === 'help'} @click=${() => onTool('help')}>
      <kbd aria-hidden="true">${keys.get('help') ?? '?'}</kbd>${text(t.keyList)}
    </button>
    ${menuTemplate(t, menu)}
  </div>`;
}

/** The views with their counts: one tab stop, walked by the arrows. */
export function tabsTemplate(
  view: HandoffView,
  counts: HandoffList['counts'] | undefined,
  count: (n: number) => string,
  t: QueueWords,
  onView: (view: HandoffView) => void,
): TemplateResult {
  return html`<div class="views" role="tablist" aria-label=${t.viewTabs} part="views">
    ${VIEWS.map(
      (one) =>
        html`<button
          role="tab"
          id="tab-${one}"
          aria-controls="panel"
          aria-selected=${one === view}
          tabindex=${one === view ? 0 : -1}
          @click=${() => onView(one)}
        >
          ${t.queueViews[one]}${counts === undefined ? nothing : html` <span>${count(counts[one])}</span>`}
        </button>`,
    )}
  </div>`;
}

interface Filters {
  t: QueueWords;
  text: string;
  grade: string;
  sort: HandoffSort;
  onChange: (name: 'text' | 'grade' | 'sort', value: string) => void;
  onClear: () => void;
}

/** What narrows and orders the list. */
export function filterTemplate({ t, text, grade, sort, onChange, onClear }: Filters): TemplateResult {
  const heard = (name: 'text' | 'grade' | 'sort') => (event: Event) => {
    const { target } = event;
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) onChange(name, target.value);
  };
  return html`<div class="filters" role="search" aria-label=${t.filter}>
    <label class="field grow"
      ><span>${t.searchLabel}</span
      ><input type="search" id="search" maxlength="200" .value=${text} @input=${heard('text')}
    /></label>
    <label class="field"
      ><span>${t.ratingLabel}</span
      ><select @change=${heard('grade')}>
        <option value="">${t.anyRating}</option>
        ${GRADES.map((one) => html`<option value=${one} ?selected=${one === grade}>${t.grade(one)}</option>`)}
      </select></label
    >
    <label class="field"
      ><span>${t.sortLabel}</span
      ><select @change=${heard('sort')}>
        ${SORTS.map((one) => html`<option value=${one} ?selected=${one === sort}>${t.sorts[one]}</option>`)}
      </select></label
    >
    ${text === '' && grade === '' ? nothing : html`<button class="act quiet" @click=${onClear}>${t.clearIt}</button>`}
  </div>`;
}

/** Every key and what it does. */
export function helpTemplate(keys: ReadonlyMap<KeyName, string>, t: QueueWords, onClose: () => void): TemplateResult {
  const line = (shown: string, what: string): TemplateResult =>
    html`<dt><kbd>${shown}</kbd></dt>
      <dd>${what}</dd>`;
  const names: Partial<Record<string, string>> = { ...t.acts, filter: t.filter, help: t.keyList, ...t.keyActs };
  const shown = (key: string): string => (key === ' ' ? t.space : key.toUpperCase());
  return html`<section class="help" aria-label=${t.keyList}>
    <dl>
      ${line('↑ ↓', t.moveKeys)}${line('↵', t.openKey)}${line('Esc', t.leaveKey)}${line('Ctrl ↵', t.sendKey)}
      ${[...keys].map(([name, key]) => line(shown(key), names[name] ?? name))}
    </dl>
    <p class="sub">${keys.size === 0 ? t.noKeys : t.keysHelp}</p>
    <button class="act quiet" @click=${onClose}>${t.closeIt}<kbd aria-hidden="true">Esc</kbd></button>
  </section>`;
}
