import { html, nothing, type TemplateResult } from 'lit/html.js';
import { badIcon, checkIcon } from '../internal/icons.ts';
import type { Result } from './acts.ts';
import { SAFE } from './decisions.ts';
import { deskWords } from './desk-words.ts';
import { harmless } from '../internal/harmless.ts';
import { once } from './once.ts';
import { keyTemplate, nameOf, type Speech } from './rows.ts';

/** What is said of what was just done. */
export interface Toast {
  text: string;
  bad: boolean;
  /** Whether it can be taken back. */
  undo: boolean;
}

/** What became of commands, in words; undefined where there was nothing to do. */
export function toastOf({ type, done, conflicts, refused }: Result, speech: Speech): Toast | undefined {
  const { m, now, count } = speech;
  const t = deskWords(speech.t);
  const what = t.past[type] ?? type;
  const said: string[] = [];
  const [only] = done;
  if (only !== undefined && done.length === 1) {
    const name = nameOf(only.row, speech);
    said.push(type === 'undo' ? t.undid(name) : t.didOne(what, name, type));
  } else if (done.length > 1) said.push(t.didSeveral(what, count(done.length)));
  for (const one of conflicts) {
    const ago = m.ago(new Date(one.at).toISOString(), now);
    said.push(t.notDone(nameOf(one.row, speech), t.takenBy(t.past[one.type] ?? one.type, harmless(one.by), ago)));
  }
  const [first] = refused;
  if (first !== undefined) {
    const why = first.message === '' ? t.notUnderstood : reasonOf(first.message);
    // What this page held back says nothing; what was sent and got lost on the way says why.
    const text = first.offline ? (first.message === '' ? t.noConnection : (t.errors.unreachable ?? '')) : why;
    said.push(
      refused.length === 1
        ? t.notDone(nameOf(first.row, speech), text)
        : t.someNotDone(refused.length, count(refused.length), text),
    );
  }
  if (said.length === 0) return undefined;
  return { text: said.join(' '), bad: conflicts.length + refused.length > 0, undo: done.length > 0 && type !== 'undo' };
}

/** A refusal without the name of its field: `payload.reviewOn: neither …; give one`. */
function reasonOf(message: string): string {
  const reason = message.replace(/^[\w.]+: /, '');
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

/** What was just done, and the way back. */
export function toastTemplate(
  { text, bad, undo }: Toast,
  t: Speech['t'],
  key: string | undefined,
  onUndo: (() => void) | undefined,
): TemplateResult {
  return html`<div class="toast" part="toast">
    ${bad ? badIcon() : checkIcon()}<span dir="auto">${text}</span>
    ${
      undo && onUndo !== undefined
        ? html`<button class="act" @click=${once(onUndo)}>${t.acts['undo']}${keyTemplate(key)}</button>`
        : nothing
    }
  </div>`;
}

/** What may be done with all marked leads. */
export function batchTemplate(
  n: number,
  { t: words, count }: Pick<Speech, 't' | 'count'>,
  onAct: (type: string) => void,
  onUnmark: () => void,
): TemplateResult {
  const t = deskWords(words);
  const marked = t.marked(count(n));
  return html`<div class="batch" role="group" aria-label=${marked}>
    <b>${marked}</b>
    ${SAFE.map((type) => html`<button class="act" @click=${() => onAct(type)}>${t.acts[type] ?? type}</button>`)}
    <button class="act quiet" @click=${onUnmark}>${t.unmark}</button>
  </div>`;
}
