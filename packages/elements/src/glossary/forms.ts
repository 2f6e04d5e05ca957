import { isTerm } from '@sama/metrics/client';
import type { GlossaryImpact, TermDefinition } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Counts } from '../internal/counts.ts';
import { badIcon, halfIcon } from '../internal/icons.ts';
import type { DeskWords } from './desk-words.ts';
import { impactText } from './impact.ts';

/** A text that was looked at: what it would mean, and under which version. */
export interface Preview {
  text: TermDefinition;
  impact: GlossaryImpact;
}

export type Change = 'major' | 'minor' | 'patch';

/** What a form is drawn from. */
export interface FormParts {
  /** The command it leads to. */
  type: string;
  term: TermDefinition;
  /** What was filled in before and not sent. */
  draft: FormData | undefined;
  names: ReadonlyMap<string, string>;
  preview: Preview | undefined;
  /** Why the last try led nowhere. */
  fault: string;
  busy: boolean;
  /** Whether a draft may be kept. */
  canDraft: boolean;
  submit(values: FormData, type: string): void;
  changed(values: FormData): void;
  cancel(): void;
  f: Counts;
  t: DeskWords;
}

/** The words a command needs. */
export function formTemplate(parts: FormParts): TemplateResult {
  const { type, fault, cancel, changed, submit, t } = parts;
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { currentTarget: form, submitter } = event;
    const chosen = submitter instanceof HTMLButtonElement && submitter.value !== '' ? submitter.value : type;
    if (form instanceof HTMLFormElement) submit(new FormData(form), chosen);
  };
  const onInput = ({ currentTarget: form }: Event): void => {
    if (form instanceof HTMLFormElement) changed(new FormData(form));
  };
  return html`<form class="form" aria-label=${t.deeds[type]} @submit=${onSubmit} @input=${onInput}>
    ${type === 'term.propose' ? proposeFields(parts) : reasonFields(parts)}
    ${fault === '' ? nothing : html`<p class="banner bad" role="alert">${badIcon()}<span>${fault}</span></p>`}
    <div class="buttons">
      ${type === 'term.propose' ? proposeButtons(parts) : html`<button class="button primary">${t.deeds[type]}</button>`}
      <button type="button" class="button" @click=${cancel}>${t.cancel}</button>
    </div>
  </form>`;
}

/** To send a proposal back, or to give a term up. */
function reasonFields({ type, term, draft, names, t }: FormParts): TemplateResult {
  const others = [...names].filter(([key]) => key !== term.id);
  return html`<label
      >${type === 'term.reject' ? t.comment : t.reason}<textarea
        name="reason"
        rows="3"
        required
        maxlength="4000"
        .value=${draft?.get('reason') ?? ''}
      ></textarea>
    </label>
    ${
      type === 'term.deprecate'
        ? html`<label
            >${t.useInstead}<select name="replacedBy">
              <option value="">${t.nothing}</option>
              ${others.map(([key, name]) => html`<option value=${key} ?selected=${key === draft?.get('replacedBy')}>${name}</option>`)}
            </select></label
          >`
        : nothing
    }`;
}

/** Another text of a term. */
function proposeFields({ term, draft, preview, f, t }: FormParts): TemplateResult {
  const said = (name: string, before: string) => draft?.get(name) ?? before;
  const criteria = term.criteria === undefined ? '' : JSON.stringify(term.criteria, null, 2);
  return html`<label
      >${t.fields['definition']}<textarea
        name="definition"
        rows="4"
        required
        maxlength="4000"
        .value=${said('definition', term.definition)}
      ></textarea>
    </label>
    <label
      >${t.fields['avoid']}<input
        name="avoid"
        autocomplete="off"
        .value=${said('avoid', (term.avoid ?? []).map(({ word }) => word).join(', '))}
    /></label>
    <details>
      <summary class="link">${t.criteriaJson}</summary>
      <textarea
        name="criteria"
        rows="8"
        spellcheck="false"
        dir="ltr"
        aria-label=${t.criteriaJson}
        .value=${said('criteria', criteria)}
      ></textarea>
    </details>
    <label>${t.reason}<textarea name="reason" rows="2" maxlength="4000" .value=${said('reason', '')}></textarea></label>
    <label
      >${t.kindOfChange}<select name="change">
        ${(['patch', 'minor', 'major'] as const).map((change) => html`<option value=${change} ?selected=${change === said('change', 'patch')}>${t.changeKinds[change]}</option>`)}
      </select></label
    >
    ${
      preview === undefined
        ? nothing
        : html`<div class="note" role="status">
            ${halfIcon()}<span>${preview.impact.versionFault ?? impactText(preview.impact.impact, term, f, t)}</span>
          </div>`
    }`;
}

/** Stands where the preview was asked for: the second click of a double one would propose what nobody has read. */
const notTwice = (event: MouseEvent): void => {
  if (event.detail > 1) event.preventDefault();
};

function proposeButtons({ preview, busy, canDraft, t }: FormParts): TemplateResult {
  const ready = preview !== undefined && preview.impact.versionFault === null;
  return html`${
    ready
      ? html`<button class="button primary" ?disabled=${busy} @click=${notTwice}>
          ${t.proposeVersion(preview.text.version)}
        </button>`
      : html`<button class="button primary" value="preview" ?disabled=${busy}>${t.preview}</button>`
  }${canDraft ? html`<button class="button" value="term.draft" ?disabled=${busy}>${t.deeds['term.draft']}</button>` : nothing}`;
}

/** The text a form describes under this version, or what is wrong with it. */
export function textOf(values: FormData, term: TermDefinition, version: string, t: DeskWords): TermDefinition | string {
  const said = (name: string): string => {
    const value = values.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const words = said('avoid')
    .split(/\s*[,;]\s*/)
    .filter(Boolean);
  const known = new Map((term.avoid ?? []).map((one) => [one.word, one]));
  const { agreedBy: _, avoid: __, criteria: ___, ...rest } = term;
  let criteria: unknown;
  try {
    criteria = said('criteria') === '' ? undefined : JSON.parse(said('criteria'));
  } catch (error) {
    return t.badJson(error instanceof Error ? error.message : String(error));
  }
  const text: unknown = {
    ...rest,
    version,
    definition: said('definition'),
    ...(criteria === undefined ? {} : { criteria }),
    ...(words.length === 0 ? {} : { avoid: words.map((word) => known.get(word) ?? { word }) }),
  };
  return isTerm(text) ? text : t.refused;
}
