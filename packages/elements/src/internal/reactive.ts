import { render, type TemplateResult } from 'lit/html.js';

/** Where there is no page, an element can be imported but not made. */
const Page: typeof HTMLElement = Reflect.get(globalThis, 'HTMLElement') ?? Object;

/** One for all elements of a kind. */
const sheets = new Map<string, CSSStyleSheet>();
const camel = (attribute: string): string => attribute.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/**
 * An element that draws itself anew when one of its properties has changed, once for all changes of
 * a turn. Lit draws; of an element of Lit's this is the part that is needed where attributes are text.
 */
export abstract class Reactive extends Page {
  /** Each is also a property: `time-zone` is `timeZone`. */
  static readonly attributes: readonly string[] = [];
  /** Of the attributes, those that follow their property. */
  static readonly reflected: readonly string[] = [];
  /** Properties without an attribute. */
  static readonly fields: readonly string[] = [];

  readonly #values = new Map<string, unknown>();
  /** What a page has set before the element was defined, and would hide its accessors. */
  readonly #early: [string, unknown][] = Object.entries(this).filter(([name]) => Reflect.deleteProperty(this, name));
  #waiting = false;
  #drawn: Promise<void> = Promise.resolve();

  /** Asked once, when the class is registered. */
  static get observedAttributes(): readonly string[] {
    for (const attribute of [...this.attributes, ...this.fields]) {
      const name = camel(attribute);
      const reflects = this.reflected.includes(attribute);
      Object.defineProperty(this.prototype, name, {
        configurable: true,
        enumerable: true,
        get(this: Reactive) {
          return this.#values.get(name);
        },
        set(this: Reactive, value: unknown) {
          if (Object.is(this.#values.get(name), value)) return;
          this.#values.set(name, value);
          if (reflects && value !== this.getAttribute(attribute)) {
            if (typeof value === 'string') this.setAttribute(attribute, value);
            else this.removeAttribute(attribute);
          }
          this.requestUpdate();
        },
      });
    }
    return this.attributes;
  }

  protected abstract get styles(): string;
  protected abstract render(): TemplateResult;
  /** Called when what `render` gave stands in the shadow root. */
  protected abstract updated(): void;

  attributeChangedCallback(attribute: string, _: string | null, value: string | null): void {
    Reflect.set(this, camel(attribute), value);
  }

  connectedCallback(): void {
    if (this.shadowRoot === null) {
      this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheetOf(this.styles)];
      for (const [name, value] of this.#early) Reflect.set(this, name, value);
    }
    this.requestUpdate();
  }

  /** Where the element is drawn. */
  get renderRoot(): ParentNode {
    return this.shadowRoot ?? this;
  }

  /** Resolves when the changes until now are drawn. */
  get updateComplete(): Promise<void> {
    return this.#drawn;
  }

  requestUpdate(): void {
    if (this.#waiting || this.shadowRoot === null) return;
    this.#waiting = true;
    this.#drawn = this.#draw(this.shadowRoot);
  }

  async #draw(root: ShadowRoot): Promise<void> {
    await Promise.resolve();
    try {
      render(this.render(), root);
    } finally {
      this.#waiting = false;
    }
    this.updated();
  }
}

function sheetOf(text: string): CSSStyleSheet {
  const known = sheets.get(text);
  if (known !== undefined) return known;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  sheets.set(text, sheet);
  return sheet;
}
