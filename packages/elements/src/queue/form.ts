import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { DeskWords } from './desk-words.ts';
import type { Field, Form } from './forms.ts';

/** What a form does. */
export interface FormHandlers {
  /** In words what was lacking at the last try. */
  fault: string;
  /** What was filled in before and not sent. */
  draft: FormData | undefined;
  onInput: (event: Event) => void;
  onSubmit: (event: Event) => void;
  onCancel: () => void;
}

function fieldTemplate(field: Field, draft: FormData | undefined, t: DeskWords): TemplateResult {
  if (field.kind === 'checks')
    return html`<div class="checks" role="group" aria-labelledby="form-title">
      ${field.options.map(
        ({ value, text }) =>
          html`<label class="check"
            ><input
              type="checkbox"
              name=${field.name}
              .value=${value}
              ?checked=${draft?.getAll(field.name).includes(value)}
            /><span>${text}</span></label
          >`,
      )}
    </div>`;
  const { name, label } = field;
  const said = draft?.get(name) ?? '';
  return html`<label class="field"
    ><span>${label}</span>${
      field.kind === 'choice'
        ? html`<select name=${name} required>
            ${field.options.length === 1 ? nothing : html`<option value="">${t.chooseOne}</option>`}
            ${field.options.map(({ value, text, disabled = false }) => html`<option value=${value} ?disabled=${disabled} ?selected=${value === said}>${text}</option>`)}
          </select>`
        : field.kind === 'long'
          ? html`<textarea
              name=${name}
              rows="2"
              maxlength="2000"
              ?required=${field.required}
              .value=${said}
            ></textarea>`
          : html`<input type=${field.kind} name=${name} maxlength="2000" ?required=${field.required} .value=${said} />`
    }</label
  >`;
}

/** A form in its place under what it is about: sent by its button or Ctrl+Enter, left by Escape. */
export function formTemplate(form: Form, t: DeskWords, handlers: FormHandlers): TemplateResult {
  const { fault, draft, onInput, onSubmit, onCancel } = handlers;
  return html`<form
    class="form"
    part="form"
    aria-labelledby="form-title"
    novalidate
    @submit=${onSubmit}
    @input=${onInput}
  >
    <p><b id="form-title">${form.title}</b> ${form.hint}</p>
    ${form.fields.map((field) => fieldTemplate(field, draft, t))}
    ${fault === '' ? nothing : html`<p class="fault" role="alert">${fault}</p>`}
    <div class="acts">
      <button class="act first" type="submit">${form.submit}<kbd aria-hidden="true">Ctrl ↵</kbd></button>
      <button class="act quiet" type="button" @click=${onCancel}>${t.cancelIt}<kbd aria-hidden="true">Esc</kbd></button>
    </div>
  </form>`;
}
