import { render } from 'lit';
import { SamaFunnel } from '../funnel/funnel.ts';
import { Later } from '../internal/later.ts';
import type { ReactiveElement } from '../internal/reactive.ts';
import type { Story } from './story.ts';

/** A place on the page that is emptied again. */
export interface Place<Element extends ReactiveElement = ReactiveElement> extends Disposable {
  root: HTMLElement;
  element: Element;
  shadow: ShadowRoot;
  /** The only element that fits, or an error that names it. */
  find(selector: string): HTMLElement;
  all(selector: string): globalThis.Element[];
  text(): string;
}

/** Waits until an element has drawn all that follows from what it has now, with what it loads when somebody comes near. */
export async function settled(element: ReactiveElement): Promise<void> {
  const later: unknown = Reflect.get(element, 'later');
  if (later instanceof Later) await later.get().catch(() => undefined);
  for (let turn = 0; turn < 4; turn += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await element.updateComplete;
  }
}

/** What a test waits for: an element of this class. */
type Kind<E> = (abstract new () => E) & { name: string };

/** Draws a story, or an element as it is, in a room of this width, and finds the first element of a kind in it. */
export async function place<E extends ReactiveElement>(
  kind: Kind<E>,
  what: Story | HTMLElement,
  { width = 960 } = {},
): Promise<Place<E>> {
  const root = document.createElement('div');
  root.style.width = `${width}px`;
  document.body.append(root);
  if (what instanceof HTMLElement) root.append(what);
  else render(what.render?.(), root);
  const element = [...root.querySelectorAll('*')].find((one): one is Element & E => one instanceof kind);
  if (element === undefined || element.shadowRoot === null) throw new Error(`the story has no ${kind.name}`);
  await settled(element);
  if (
    root.querySelector('[data-then="reload"]') !== null &&
    'reload' in element &&
    typeof element.reload === 'function'
  ) {
    await element.reload();
    await settled(element);
  }
  const shadow = element.shadowRoot;
  const find = (selector: string): HTMLElement => {
    const found = shadow.querySelectorAll(selector);
    const only = found[0];
    if (!(only instanceof HTMLElement) || found.length > 1) throw new Error(`${found.length} elements fit ${selector}`);
    return only;
  };
  return {
    root,
    element,
    shadow,
    find,
    all: (selector) => [...shadow.querySelectorAll(selector)],
    text: () => (shadow.querySelector('.sama')?.textContent ?? '').replace(/\s+/g, ' '),
    [Symbol.dispose]: () => root.remove(),
  };
}

/** The same for a story of the funnel. */
export async function mount(
  what: Story | HTMLElement,
  options?: { width?: number },
): Promise<Place<SamaFunnel> & { funnel: SamaFunnel }> {
  const placed = await place(SamaFunnel, what, options);
  return { ...placed, funnel: placed.element };
}
