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

type Attributes = Readonly<Record<string, string | undefined>>;

/** What attributes were before the catalogue set them, on each element. */
const before = new WeakMap<Element, Map<string, string | null>>();

/** Gives an element what its controls say, else what its story has decided, else what the toolbar chooses. */
function dress(element: Element, toolbar: Attributes, controls: Attributes): void {
  const had = before.get(element) ?? new Map<string, string | null>();
  before.set(element, had);
  for (const name of new Set([...Object.keys(toolbar), ...Object.keys(controls)])) {
    const own = had.has(name) ? had.get(name) : element.getAttribute(name);
    const value = controls[name] ?? own ?? toolbar[name];
    if (value !== undefined) {
      if (!had.has(name)) had.set(name, own ?? null);
      element.setAttribute(name, value);
    } else if (had.has(name)) element.removeAttribute(name);
  }
}

/** Lets the first element of a story do what its story says happens next. */
async function goOn(element: Element): Promise<void> {
  if ('updateComplete' in element) await element.updateComplete;
  if ('reload' in element && typeof element.reload === 'function') await element.reload();
}

/** Shows a story as the reader chosen in the toolbar would see it: theme, density, language and direction; and as its controls say. */
export const withReader: Decorator = (story, { globals, args, argTypes, component }) => {
  const reader = readerOf(globals);
  const page = document.documentElement;
  page.lang = reader.locale;
  page.dir = reader.direction;
  // As a page that loads sama.css says it; high contrast is that of a light page.
  page.dataset['samaTheme'] = reader.theme;
  page.dataset['samaDensity'] = reader.density;
  page.style.colorScheme = reader.theme === 'dark' ? 'dark' : 'light';
  const controls = Object.fromEntries(
    Object.entries(argTypes).flatMap(([name, { table }]) => {
      const value: unknown = args[name];
      return table?.category === 'attributes' ? [[name, typeof value === 'string' && value ? value : undefined]] : [];
    }),
  );
  const dressAll = (frame: Element | undefined): void => {
    if (!(frame instanceof HTMLElement)) return;
    const elements = [...frame.querySelectorAll('*')].filter(({ localName }) => localName.startsWith('sama-'));
    const played = elements.find(({ localName }) => localName === component);
    const { theme, density, locale } = reader;
    for (const element of elements) dress(element, { theme, density, locale }, element === played ? controls : {});
    for (const next of frame.querySelectorAll('[data-then="reload"] > *')) void goOn(next);
  };
  return html`<div class="host-page" ${ref(dressAll)}>${story()}</div>`;
};
