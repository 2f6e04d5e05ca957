import type { Decorator } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ref } from 'lit/directives/ref.js';

/** What the toolbar chooses. */
interface Reader {
  theme: string;
  density: string;
  locale: string;
  direction: string;
}

function readerOf(globals: Record<string, unknown>): Reader {
  const { theme, density, locale, direction } = globals;
  return { theme: String(theme), density: String(density), locale: String(locale), direction: String(direction) };
}

/** The attributes that the toolbar has set, and may therefore change, on each element. */
const ours = new WeakMap<Element, Set<string>>();

/** Gives an element what the toolbar chooses, except where its story has decided already. */
function dress(element: Element, { theme, density, locale }: Reader): void {
  const set = ours.get(element) ?? new Set<string>();
  ours.set(element, set);
  const chosen = { theme, density, locale };
  for (const [name, value] of Object.entries(chosen)) {
    if (element.hasAttribute(name) && !set.has(name)) continue;
    set.add(name);
    element.setAttribute(name, value);
  }
}

/** Shows a story as the reader chosen in the toolbar would see it: theme, density, language and direction. */
export const withReader: Decorator = (story, { globals }) => {
  const reader = readerOf(globals);
  const page = document.documentElement;
  page.lang = reader.locale;
  page.dir = reader.direction;
  // As a page that loads sama.css says it; high contrast is that of a light page.
  page.dataset['samaTheme'] = reader.theme;
  page.dataset['samaDensity'] = reader.density;
  page.style.colorScheme = reader.theme === 'dark' ? 'dark' : 'light';
  const dressAll = (frame: Element | undefined): void => {
    if (!(frame instanceof HTMLElement)) return;
    const elements = [...frame.querySelectorAll('*')].filter(({ localName }) => localName.startsWith('sama-'));
    for (const element of elements) dress(element, reader);
  };
  return html`<div class="host-page" ${ref(dressAll)}>${story()}</div>`;
};
