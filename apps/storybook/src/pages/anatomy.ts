import type { Part } from './page.ts';
import './anatomy.css';

/** The parts of an element with a number on each, at the place where it is drawn. */
class AnatomyFigure extends HTMLElement {
  parts: readonly Part[] = [];
  readonly #marks = document.createElement('div');
  readonly #sizes = new ResizeObserver(() => this.#place());

  connectedCallback(): void {
    this.#marks.className = 'anatomy-marks';
    this.#marks.ariaHidden = 'true';
    this.append(this.#marks);
    this.#sizes.observe(this);
    for (const one of this.children) this.#sizes.observe(one);
  }

  disconnectedCallback(): void {
    this.#sizes.disconnect();
  }

  /** The first place of a part that is drawn and has a size. */
  #find({ at }: Part): DOMRect | undefined {
    const roots = [...this.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
    const found = roots.flatMap((root) => [...root.querySelectorAll(at)]);
    return found.map((one) => one.getBoundingClientRect()).find(({ width, height }) => width > 0 && height > 0);
  }

  #place(): void {
    const own = this.getBoundingClientRect();
    const rtl = getComputedStyle(this).direction === 'rtl';
    const taken: { x: number; y: number }[] = [];
    const marks = this.parts.flatMap((part, i) => {
      const at = this.#find(part);
      if (at === undefined) return [];
      const mark = document.createElement('b');
      mark.textContent = String(i + 1);
      let x = (rtl ? at.right - own.left : at.left - own.left) - 11;
      const y = at.top - own.top - 11;
      // Two that begin at one place stand beside each other.
      while (taken.some((other) => Math.abs(other.x - x) < 22 && Math.abs(other.y - y) < 22)) x += rtl ? -24 : 24;
      taken.push({ x, y });
      mark.style.setProperty('translate', `${Math.max(x, 0)}px ${Math.max(y, 0)}px`);
      return mark;
    });
    this.#marks.replaceChildren(...marks);
  }
}

if (customElements.get('anatomy-figure') === undefined) customElements.define('anatomy-figure', AnatomyFigure);
