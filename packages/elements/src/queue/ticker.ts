import type { Controller } from '../internal/reactive.ts';

const SECOND = 1000;

/** Calls once a second while an element stands in a page that is looked at. */
export class Ticker implements Controller {
  readonly #tick: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(tick: () => void) {
    this.#tick = tick;
  }

  hostConnected(): void {
    this.#timer = setInterval(() => document.hidden || this.#tick(), SECOND);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }

  hostUpdate(): void {}
}
