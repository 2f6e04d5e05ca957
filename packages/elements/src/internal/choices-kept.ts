import type { Controller, ReactiveElement } from './reactive.ts';

/** An element whose choices can be kept in a text and in a link. */
export interface KeepingHost extends ReactiveElement {
  /** What it is given to restore. */
  readonly state?: string | null | undefined;
  /** By which the page tells it from others; its id comes first. */
  readonly keptAs: string;
}

/**
 * Keeps the choices of an element in a text, `view=activity&period=2026-Q1`, and takes them from its
 * `state` or from the address of the page, `#sama-KEY?…`, which wins and is looked at whenever it changes.
 */
export class ChoicesKept implements Controller {
  readonly #host: KeepingHost;
  /** Properties that are kept. */
  readonly #names: readonly string[];
  #taken: string | null | undefined;
  #address = '';

  constructor(host: KeepingHost, names: readonly string[]) {
    this.#host = host;
    this.#names = names;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('hashchange', this.#look);
    this.#look();
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.#look);
  }

  hostUpdate(): void {
    const { state } = this.#host;
    if (state !== this.#taken) this.#restore((this.#taken = state));
    const [key, kept] = this.#address.split('?');
    if (key === `#sama-${this.#key}`) this.#restore(kept);
    this.#address = '';
  }

  /** What is chosen now, as a text. */
  get text(): string {
    const all = new URLSearchParams();
    for (const name of this.#names) {
      const value: unknown = Reflect.get(this.#host, name) ?? null;
      if (value !== null && value !== false) all.set(name, String(value));
    }
    return String(all);
  }

  /** The address of this page with what is chosen now. */
  get link(): string {
    return `${location.href.split('#')[0]}#sama-${this.#key}?${this.text}`;
  }

  get #key(): string {
    return encodeURIComponent(this.#host.id || this.#host.keptAs);
  }

  readonly #look = (): void => {
    this.#address = location.hash;
    this.#host.requestUpdate();
  };

  #restore(text: string | null | undefined): void {
    if (text === null || text === undefined) return;
    const all = new URLSearchParams(text);
    for (const name of this.#names) Reflect.set(this.#host, name, all.get(name));
  }
}
