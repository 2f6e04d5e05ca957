import { html, type TemplateResult } from 'lit/html.js';
import type { handOut } from '../locale/en/hand-out.ts';
import type { Action } from './action.ts';

/** What a menu holds. */
export const itemsTemplate = (actions: readonly Action[]): TemplateResult =>
  html`${actions.map(({ text, run }) => html`<button @click=${run}>${text}</button>`)}`;

/** The way to paper. */
export const printAction = ({ print }: Pick<typeof handOut, 'print'>): Action => ({
  text: print,
  run: () => window.print(),
});

/**
 * Closes a menu when the focus has left it, on Escape, and after a choice; the arrows walk it.
 *
 * @param target of the event: it forgets it once it is over
 */
export function onMenu(menu: HTMLDetailsElement, target: EventTarget | null, event: Event): void {
  if (!menu.open) return;
  const key = event instanceof KeyboardEvent ? event.key : '';
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  if (step !== 0) {
    event.preventDefault();
    const stops = [...menu.querySelectorAll<HTMLElement>('summary, button')];
    const at = stops.findIndex((stop) => stop === target) + step;
    stops.at(at % stops.length)?.focus();
  }
  const left =
    event instanceof FocusEvent && !(event.relatedTarget instanceof Node && menu.contains(event.relatedTarget));
  const chosen = event.type === 'click' && target instanceof Element && target.closest('.items') !== null;
  const done = key === 'Escape' || chosen;
  // Before the button that has it is hidden, and the focus lost with it.
  if (done) menu.querySelector('summary')?.focus();
  if (done || left) menu.open = false;
}
