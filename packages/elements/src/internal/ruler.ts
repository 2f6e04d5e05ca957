import type { Controller } from './reactive.ts';

/** What it measures texts for. */
interface Host {
  addController(controller: Controller): void;
  requestUpdate(): void;
}

let brush: CanvasRenderingContext2D | null | undefined;
/** Widths that were measured, by font and text: the texts of a page repeat. */
const widths = new Map<string, number>();
const KEPT = 2000;

/** Measures texts, and has its element drawn anew when fonts come that change their widths. */
export class Ruler implements Controller {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    document.fonts.addEventListener('loadingdone', this.#onFonts);
  }

  hostDisconnected(): void {
    document.fonts.removeEventListener('loadingdone', this.#onFonts);
  }

  hostUpdate(): void {}

  readonly #onFonts = (): void => {
    widths.clear();
    this.#host.requestUpdate();
  };

  /** The width of a text in CSS pixels, each digit as wide as a zero, as elements set them; `font` as in CSS. */
  width(given: string, font: string): number {
    // Numbers of one length are one text, however often they change.
    const text = given.replace(/\d/g, '0');
    const key = font + text;
    let width = widths.get(key);
    if (width === undefined) {
      brush ??= document.createElement('canvas').getContext('2d');
      // To set a font costs more than to measure a text.
      if (brush !== null && brush.font !== font) brush.font = font;
      width = brush?.measureText(text).width ?? 0;
      if (widths.size > KEPT) widths.clear();
      widths.set(key, width);
    }
    return width;
  }
}
