import { html } from 'lit/html.js';
import { expect, test } from 'vitest';
import { Reactive } from './reactive.ts';

let drawings = 0;

class Sign extends Reactive {
  static override readonly attributes = ['door-name', 'tone'];
  static override readonly reflected = ['tone'];
  static override readonly fields = ['open'];
  declare doorName: string | null | undefined;
  declare tone: string | null | undefined;
  declare open: boolean | undefined;
  protected get styles(): string {
    return 'p { color: red }';
  }
  protected render() {
    drawings += 1;
    return html`<p>${this.doorName} ${this.open}</p>`;
  }
  protected updated(): void {
    this.dataset['drawn'] = 'yes';
  }
}

test('an element draws itself once for all changes of a turn, and not for what is the same', async () => {
  if (customElements.get('x-sign') === undefined) customElements.define('x-sign', Sign);
  const sign = new Sign();
  sign.doorName = 'A';
  drawings = 0;
  document.body.append(sign);
  sign.open = true;
  sign.setAttribute('door-name', 'B');
  await sign.updateComplete;
  expect([drawings, sign.shadowRoot?.textContent]).toEqual([1, 'B true']);
  sign.open = true;
  await sign.updateComplete;
  expect(drawings).toBe(1);
  sign.removeAttribute('door-name');
  await sign.updateComplete;
  expect([drawings, sign.doorName, sign.dataset['drawn']]).toEqual([2, null, 'yes']);
  sign.tone = 'dark';
  expect(sign.getAttribute('tone')).toBe('dark');
  sign.tone = null;
  expect(sign.hasAttribute('tone')).toBe(false);
  sign.remove();
});

test('what a page sets before the element is defined is taken over, also over its attribute', async () => {
  const early = Object.assign(document.createElement('x-later'), { doorName: 'C', open: true });
  early.setAttribute('door-name', 'D');
  document.body.append(early);
  customElements.define('x-later', class extends Sign {});
  if (!(early instanceof Sign)) throw new Error('the element is not upgraded');
  await early.updateComplete;
  expect(early.shadowRoot?.textContent).toBe('C true');
  early.doorName = 'E';
  await early.updateComplete;
  expect(early.shadowRoot?.textContent).toBe('E true');
  early.remove();
});
