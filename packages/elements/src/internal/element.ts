import type { Words } from '../locale/index.ts';
import { Formats } from './format.ts';
import { PlainElement } from './plain-element.ts';

let ruler: CanvasRenderingContext2D | null | undefined;
/** Widths that were measured, by the font: the texts of a page repeat. */
const widths = new Map<string, Map<string, number>>();
const KEPT = 2000;
/** What elements with figures share beside that: formats, and widths of texts. */
export abstract class SamaElement extends PlainElement {
  override connectedCallback(): void {
    super.connectedCallback();
    document.fonts.addEventListener('loadingdone', this.#onFonts);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.fonts.removeEventListener('loadingdone', this.#onFonts);
  }

  /** Texts have other widths now. */
  readonly #onFonts = (): void => {
    widths.clear();
    this.requestUpdate();
  };

  /** The words of this widget in its language. */
  protected abstract override get words(): Words;

  protected formats(timeZone: string): Formats {
    return new Formats(this.language, timeZone, this.words);
  }

  /** Measures a text in units of the element's type; `size` is that of the text in them. */
  protected readonly textWidth = (text: string, size: number, weight = 400): number => {
    const font = `${weight} ${this.size * size}px ${this.family}`;
    const known = widths.get(font) ?? new Map<string, number>();
    widths.set(font, known);
    let width = known.get(text);
    if (width === undefined) {
      const brush = (ruler ??= document.createElement('canvas').getContext('2d'));
      // To set a font costs more than to measure a text.
      if (brush !== null && brush.font !== font) brush.font = font;
      width = brush?.measureText(text).width ?? 0;
      if (known.size > KEPT) known.clear();
      known.set(text, width);
    }
    return width / this.size;
  };
}
