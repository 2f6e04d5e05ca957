import { render, type TemplateResult } from 'lit/html.js';
import type { Settings } from './context.ts';
import { sheetsOf } from './sheets.ts';

/** How a property stands in HTML. */
export interface PropertyOptions {
  /** Its attribute; `false` for none. Default: the name in small letters. */
  attribute?: string | false;
}

export type Properties = Readonly<Record<string, PropertyOptions>>;

/** A part of an element that hears of its coming, going and drawing. */
export interface Controller {
  hostConnected(): void;
  hostDisconnected(): void;
  /** Before each drawing. */
  hostUpdate(): void;
}

export { css } from './css.ts';

/** The class of elements; where there is no page one without anything, so that importing an element is harmless there. */
const BASE: string = 'HTMLElement';
const Page: typeof HTMLElement = Reflect.get(BASE in globalThis ? globalThis : { [BASE]: Object }, BASE);

/**
 * An element whose shadow tree is drawn anew, once, after any of its properties changed: lit-html
 * with just what the widgets need around it. Attributes give strings, or null when removed.
 */
export abstract class ReactiveElement extends Page {
  static properties: Properties = {};
  static styles: readonly string[] = [];
  /** Whether a page can reach into the shadow tree. A closed one is drawn in the browser only. */
  static shadow: ShadowRootMode = 'open';

  /** Also makes the accessors: the browser asks for it once, when the tag is defined. */
  static get observedAttributes(): string[] {
    this.prototype.own = this;
    return Object.entries(this.properties).flatMap(([key, { attribute = key.toLowerCase() }]) => {
      Object.defineProperty(this.prototype, key, {
        configurable: true,
        get(this: ReactiveElement) {
          const own = this.#values.get(key);
          return own ?? this.#inherited[key] ?? own;
        },
        set(this: ReactiveElement, value: unknown) {
          if (Object.is(this.#values.get(key), value)) return;
          this.#values.set(key, value);
          this.requestUpdate();
        },
      });
      return attribute || [];
    });
  }

  declare renderRoot: ShadowRoot;
  /** Its class, once the tag is defined. */
  declare protected own: Pick<typeof ReactiveElement, 'properties' | 'styles' | 'shadow'> | undefined;
  isUpdatePending = false;
  /**
   * Resolves when what changed is drawn.
   *
   * @readonly
   */
  updateComplete: Promise<void> = Promise.resolve();

  readonly #values = new Map<string, unknown>();
  /** Stands in for properties that are not set. */
  #inherited: Settings = {};
  readonly #controllers: Controller[] = [];
  /** What a page set before the tag was defined; gone once it was drawn or is about to be. */
  #early: Record<string, unknown> | undefined;

  constructor() {
    super();
    const early: Record<string, unknown> = (this.#early = {});
    for (const key of Object.keys(this.own?.properties ?? {})) {
      if (!Object.hasOwn(this, key)) continue;
      early[key] = Reflect.get(this, key);
      Reflect.deleteProperty(this, key);
    }
  }

  addController(controller: Controller): void {
    this.#controllers.push(controller);
  }

  connectedCallback(): void {
    if (this.own) {
      this.renderRoot ??= this.shadowRoot ?? this.attachShadow({ mode: this.own.shadow });
      // Not kept when an element is taken to another document.
      this.renderRoot.adoptedStyleSheets = sheetsOf(this.ownerDocument, this.own.styles);
    }
    for (const controller of this.#controllers) controller.hostConnected();
    if (this.#early) {
      Object.assign(this, this.#early);
      this.#early = undefined;
      // What a server drew makes room; the first drawing comes before anything is painted.
      this.renderRoot?.replaceChildren();
      this.requestUpdate();
    }
  }

  disconnectedCallback(): void {
    for (const controller of this.#controllers) controller.hostDisconnected();
  }

  attributeChangedCallback(name: string, _: string | null, value: string | null): void {
    for (const [key, { attribute = key.toLowerCase() }] of Object.entries(this.own?.properties ?? {}))
      if (attribute === name) Reflect.set(this, key, value);
  }

  /** Takes what stands in for properties that are not set. */
  protected inherit(settings: Settings): void {
    this.#inherited = settings;
    this.requestUpdate();
  }

  /** Draws after what runs now; however often asked, once. */
  requestUpdate(): void {
    if (this.isUpdatePending || this.#early) return;
    this.isUpdatePending = true;
    this.updateComplete = Promise.resolve().then(() => this.scheduleUpdate());
  }

  protected scheduleUpdate(): void {
    if (this.isUpdatePending) this.performUpdate();
  }

  /** Draws now. */
  protected performUpdate(): void {
    try {
      render(this.toTemplate(), this.renderRoot);
    } finally {
      this.isUpdatePending = false;
    }
    this.updated();
  }

  /** What it shows now, put together anew; a server writes it down as text. */
  toTemplate(): TemplateResult {
    for (const controller of this.#controllers) controller.hostUpdate();
    this.willUpdate();
    return this.render();
  }

  /** Before each drawing, when the controllers have looked. */
  protected willUpdate(): void {}

  protected abstract render(): TemplateResult;

  /** After each drawing. */
  protected updated(): void {}
}
