import { createClient, createFileSource } from '@sama/metrics/client';
import type { DataSource } from '@sama/metrics/contracts';
import { html, type TemplateResult } from 'lit/html.js';
import { CAME, type ContextRequest, follow, isSettings, SETTINGS, SOURCE } from '../internal/context.ts';
import { isFilterEvent } from '../internal/filter-event.ts';
import { css, type Properties, ReactiveElement } from '../internal/reactive.ts';
import { isFile } from '../internal/source.ts';
import type { Setting, Settings } from '../internal/context.ts';

export type { FilterDetail } from '../internal/filter-event.ts';

const NAMES: readonly Setting[] = [
  'glossaryHref',
  'locale',
  'timeZone',
  'currency',
  'period',
  'segment',
  'compare',
  'theme',
  'density',
];

/** Choices that a provider has taken, so that one further out does not. */
const taken = new WeakSet<Event>();

/** Whether this event asks an ancestor for something. */
const isRequest = (event: Event): event is ContextRequest => 'context' in event && 'callback' in event;

/** Somebody who asked, and what for. */
type Asker = Pick<ContextRequest, 'context' | 'callback'> & { stop: () => void };

/**
 * Gives all Sama elements in it one source and one set of choices. What an element says itself wins, and
 * a provider in a provider passes on what it does not say. It draws nothing of its own.
 *
 * @element sama-provider
 * @slot - The page, or the part of it, that it speaks for.
 * @public
 */
export class SamaProvider extends ReactiveElement {
  static readonly version = '0.1.0';
  static override styles: readonly string[] = [
    css`
      :host {
        display: contents;
      }
    `,
  ];
  static override properties: Properties = {
    src: {},
    locale: {},
    timeZone: { attribute: 'time-zone' },
    currency: {},
    period: {},
    segment: {},
    compare: {},
    theme: {},
    density: {},
    glossaryHref: { attribute: 'glossary-href' },
    source: { attribute: false },
    fetchToken: { attribute: false },
  };

  /** A server, or a file when it ends in `.json`. Elements in it share one connection. Default: none. */
  declare src: string | null | undefined;
  /** BCP 47. Default: the nearest `lang`. */
  declare locale: string | null | undefined;
  /** IANA name. Default: that of the answers. */
  declare timeZone: string | null | undefined;
  /** ISO 4217, in which amounts are told; what has no rate into it has no sum. Default: that of the answers. */
  declare currency: string | null | undefined;
  /** `2026`, `2026-Q3`, `last-90-days` … Default: all time. */
  declare period: string | null | undefined;
  /** The segment that is counted, by its id. Default: all. */
  declare segment: string | null | undefined;
  /** `previous`, `previous-year`, a period, or `segment:KEY`. Default: none. */
  declare compare: string | null | undefined;
  /** `light`, `dark`, `contrast`, or `auto`: as the page, by its `color-scheme`. Default: `auto`. */
  declare theme: 'light' | 'dark' | 'contrast' | 'auto' | null | undefined;
  /** How close rows and words stand: `comfortable` or `compact`. Default: `comfortable`. */
  declare density: 'comfortable' | 'compact' | null | undefined;
  /** The page of the glossary, where terms lead. Default: none. */
  declare glossaryHref: string | null | undefined;
  /** A source of the page; wins over `src`. Default: none. */
  declare source: DataSource | null | undefined;
  /** Gives the token for the server of `src`; asked once for all elements, and again before it expires. Default: none. */
  declare fetchToken: (() => Promise<string>) | null | undefined;

  readonly #askers = new Set<Asker>();
  #offered: DataSource | undefined;
  #openedFor: readonly unknown[] = [];
  #settings: Settings = {};
  #unfollow: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('context-request', this.#onRequest);
    this.addEventListener('sama-filter', this.#onFilter);
    this.inherit({});
    this.#unfollow = follow(this, SETTINGS, (offered) => isSettings(offered) && this.inherit(offered));
    this.#come();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('context-request', this.#onRequest);
    this.removeEventListener('sama-filter', this.#onFilter);
    this.#unfollow?.();
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  /** Tells all who asked what has changed since. */
  protected override willUpdate(): void {
    const had = this.#offered;
    const source = this.#open();
    const { settings } = this;
    const differs = JSON.stringify(settings) !== JSON.stringify(this.#settings);
    this.#settings = settings;
    for (const { context, callback, stop } of this.#askers) {
      if (context === SETTINGS ? differs : source !== had) callback(context === SETTINGS ? settings : source, stop);
    }
    // Who asked for a source went past this one while it had none.
    if (source !== had && (source === undefined || had === undefined)) this.#come();
  }

  #come(): void {
    this.dispatchEvent(new Event(CAME, { bubbles: true, composed: true }));
  }

  #open(): DataSource | undefined {
    const { src, source, fetchToken } = this;
    const key = [src, source, fetchToken];
    if (key.some((part, i) => part !== this.#openedFor[i])) {
      this.#openedFor = key;
      this.#offered =
        source ??
        (src
          ? isFile(src)
            ? createFileSource(src)
            : createClient({ src, ...(fetchToken ? { fetchToken } : {}) })
          : undefined);
    }
    return this.#offered;
  }

  /**
   * What this provider says, and one around it where it says nothing.
   *
   * @internal
   */
  get settings(): Settings {
    return Object.fromEntries(NAMES.flatMap((name) => (this[name] ? [[name, this[name]]] : [])));
  }

  readonly #onRequest = (event: Event): void => {
    if (!isRequest(event) || event.composedPath()[0] === this) return;
    const { context, callback, subscribe } = event;
    const value = context === SETTINGS ? this.settings : context === SOURCE ? this.#open() : undefined;
    if (value === undefined) return;
    event.stopImmediatePropagation();
    const asker: Asker = { context, callback, stop: () => this.#askers.delete(asker) };
    if (subscribe) this.#askers.add(asker);
    callback(value, subscribe ? asker.stop : undefined);
  };

  /** Takes a choice once everybody has heard of it and nobody has prevented it. */
  readonly #onFilter = (event: Event): void => {
    if (taken.has(event) || !isFilterEvent(event)) return;
    taken.add(event);
    queueMicrotask(() => {
      if (event.defaultPrevented) return;
      const { period = this.period, segment = this.segment, compare = this.compare } = event.detail;
      Object.assign(this, { period, segment, compare });
    });
  };
}
