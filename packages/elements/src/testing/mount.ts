import { render } from 'lit';
import { SamaFunnel } from '../funnel/funnel.ts';
import type { Story } from './story.ts';

/** A place on the page that is emptied again. */
export interface Place extends Disposable {
  root: HTMLElement;
  funnel: SamaFunnel;
  shadow: ShadowRoot;
  /** The only element that fits, or an error that names it. */
  find(selector: string): HTMLElement;
  all(selector: string): Element[];
  text(): string;
}

/** Waits until an element has drawn all that follows from what it has now. */
export async function settled(funnel: SamaFunnel): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await funnel.updateComplete;
  }
}

/** Draws a story, or an element as it is, in a room of this width. */
export async function mount(what: Story | HTMLElement, { width = 960 } = {}): Promise<Place> {
  const root = document.createElement('div');
  root.style.width = `${width}px`;
  document.body.append(root);
  if (what instanceof HTMLElement) root.append(what);
  else render(what.render?.(), root);
  const funnel = root.querySelector('sama-funnel');
  if (!(funnel instanceof SamaFunnel) || funnel.shadowRoot === null) throw new Error('the story has no funnel');
  await settled(funnel);
  if (root.querySelector('[data-then="reload"]') !== null) {
    await funnel.reload();
    await settled(funnel);
  }
  const shadow = funnel.shadowRoot;
  const find = (selector: string): HTMLElement => {
    const found = shadow.querySelectorAll(selector);
    const only = found[0];
    if (!(only instanceof HTMLElement) || found.length > 1) throw new Error(`${found.length} elements fit ${selector}`);
    return only;
  };
  return {
    root,
    funnel,
    shadow,
    find,
    all: (selector) => [...shadow.querySelectorAll(selector)],
    text: () => (shadow.querySelector('.sama')?.textContent ?? '').replace(/\s+/g, ' '),
    [Symbol.dispose]: () => root.remove(),
  };
}
