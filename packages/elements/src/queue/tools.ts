import type { HandoffSort } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { GRADES, SORTS } from './choices.ts';
import type { DeskWords } from './desk-words.ts';
import type { KeyName } from './keys.ts';

/** What the filter is drawn from. */
export interface Filters {
  t: DeskWords;
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
export function helpTemplate(keys: ReadonlyMap<KeyName, string>, t: DeskWords, onClose: () => void): TemplateResult {
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
