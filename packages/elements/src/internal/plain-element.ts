import { follow, isSettings, SETTINGS } from './context.ts';
import { languageOf } from '../locale/registered.ts';
import { type Properties, ReactiveElement } from './reactive.ts';

/** No page makes the type smaller than this; see `frame.styles.ts`. */
const SMALLEST = 14;
/** A page of paper between its margins, in units of the type there: A4 or Letter by 9 pt. */
const PAPER = 56;
const PRINTS = ['beforeprint', 'afterprint'] as const;
/** Those to be looked at. All are before the first is drawn: to look after a change costs a layout each time. */
const unseen = new Set<PlainElement>();

/** What all elements share: language, time zone, theme and density, and the width they have. */
export abstract class PlainElement extends ReactiveElement {
  static override properties: Properties = {
    locale: {},
    timeZone: { attribute: 'time-zone' },
    theme: {},
    density: {},
    width: { attribute: false },
    printing: { attribute: false },
  };

  /** BCP 47 tag for words, numbers and dates. Default: the nearest `lang`, else English. */
  declare locale: string | null | undefined;
  /** IANA name. Default: that of the answer. */
  declare timeZone: string | null | undefined;
  /** `light`, `dark`, `contrast`, or `auto`: as the page, by its `color-scheme`. Default: `auto`. */
  declare theme: 'light' | 'dark' | 'contrast' | 'auto' | null | undefined;
  /** How close rows and words stand: `comfortable` or `compact`. Default: `comfortable`. */
  declare density: 'comfortable' | 'compact' | null | undefined;
  /** Of the element in CSS pixels; 0 until it is known or while it is not shown. */
  declare protected width: number;
  /** Drawn for paper, whatever the width of the screen. */
  declare protected printing: boolean;
  /** @internal */
  declare rtl: boolean;
  /** CSS pixels of the type everything is sized by, and its family. */
  protected size = 0;
  protected family = '';
  #frame = 0;
  #resize: ResizeObserver | undefined;
  #unfollow: (() => void) | undefined;

  constructor() {
    super();
    this.width = 0;
    this.printing = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize = new ResizeObserver((entries) => {
      // In the next frame: what is drawn anew now would be resized again within this one.
      this.#frame = requestAnimationFrame(() => {
        const width = Math.round(entries.at(-1)?.contentRect.width ?? 0);
        if (width > 0) this.width = width;
      });
    });
    this.#resize.observe(this);
    for (const type of PRINTS) addEventListener(type, this.#onPrint);
    this.inherit({});
    this.#unfollow = follow(this, SETTINGS, (offered) => isSettings(offered) && this.inherit(offered));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    for (const type of PRINTS) removeEventListener(type, this.#onPrint);
    this.#unfollow?.();
    this.#resize?.disconnect();
  }

  override requestUpdate(): void {
    unseen.add(this);
    super.requestUpdate();
  }

  protected override scheduleUpdate(): void {
    for (const element of unseen) {
      const { direction, fontSize, fontFamily } = getComputedStyle(element);
      element.rtl = direction === 'rtl';
      element.size = Math.max(Number.parseFloat(fontSize), SMALLEST) || SMALLEST;
      element.family = fontFamily;
      element.width ||= element.clientWidth;
    }
    unseen.clear();
    super.scheduleUpdate();
  }

  /** Draws at once: the page is laid out for paper before any promise is kept. */
  readonly #onPrint = ({ type }: Event): void => {
    this.printing = type === PRINTS[0];
    this.performUpdate();
  };

  protected get language(): string {
    return languageOf(this, this.locale);
  }

  /**
   * The words of this widget in its language.
   *
   * @internal
   */
  abstract get words(): { readonly tag: string };

  /**
   * Whether the words run against the direction of the page, as English ones on an Arabic page.
   *
   * @internal
   */
  get turned(): boolean {
    return this.rtl !== /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/.test(this.words.tag);
  }

  /** Classes of what is drawn: its direction, theme and density. */
  protected get looks(): string {
    return `${this.rtl ? 'rtl' : ''} ${this.rtl === this.turned ? '' : 'run'} ${this.theme ?? ''} ${this.density ?? ''}`;
  }

  /** The width in units of the element's type; `Infinity` until it is known. */
  protected get room(): number {
    return this.printing ? PAPER : this.width === 0 ? Infinity : this.width / this.size;
  }
}
