import type { Decorator } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ref } from 'lit/directives/ref.js';

/** What the toolbar chooses, as the attributes that every element of Sama takes. */
const ATTRIBUTES = ['theme', 'density', 'locale'] as const;

/** The attributes that the toolbar has set, and may therefore change, on each element. */
const ours = new WeakMap<Element, Set<string>>();

/** Gives an element what the toolbar chooses, except where its story has decided already. */
function dress(element: Element, globals: Record<string, unknown>): void {
  const set = ours.get(element) ?? new Set<string>();
  ours.set(element, set);
  for (const name of ATTRIBUTES) {
    if (element.hasAttribute(name) && !set.has(name)) continue;
    set.add(name);
    element.setAttribute(name, String(globals[name]));
  }
}

/** Shows a story as the reader chosen in the toolbar would see it: theme, density, language and direction. */
export const withReader: Decorator = (story, { globals }) => {
  const page = document.documentElement;
  page.lang = String(globals['locale']);
  page.dir = String(globals['direction']);
  page.style.colorScheme = globals['theme'] === 'dark' ? 'dark' : 'light';
  const dressAll = (frame: Element | undefined): void => {
    const elements = [...(frame?.querySelectorAll('*') ?? [])].filter(({ localName }) => localName.startsWith('sama-'));
    for (const element of elements) dress(element, globals);
  };
  return html`<div class="host-page sama-scope" ${ref(dressAll)}>${story()}</div>`;
};
