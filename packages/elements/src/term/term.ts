import { pageMap } from '@sama/metrics/client';
import type { DataSource } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { follow, isSettings, SETTINGS, SOURCE } from '../internal/context.ts';
import { type Properties, ReactiveElement } from '../internal/reactive.ts';
import { isSource } from '../internal/source.ts';
import { agreement } from '../internal/states.ts';
import { webAddress } from '../internal/web-address.ts';
import { term as english } from '../locale/en/term.ts';
import type { TermWords } from '../locale/index.ts';
import { languageOf, wordsIn } from '../locale/registered.ts';
import { type Lexicon, lexiconOf, sharedSource } from './lexicon.ts';
import { placeBeside } from './place.ts';
import { termStyles } from './term.styles.ts';

/** How long a word is pointed at or left before its card comes or goes. */
const WAIT_MS = 120;

/** The one whose card is open. */
const page: { shown?: SamaTerm | undefined } = {};

/**
 * A word of the text that both teams mean the same by: pressed, pointed at or in focus it says what.
 * The terms are asked for once, by the first word of the page that needs them.
 *
 * @element sama-term
 * @slot - The word as the text has it. Default: the term's name.
 * @csspart word - The word in its line.
 * @csspart card - What it means, beside it.
 * @cssprop [--sama-focus=currentColor] - The outline of a word in focus.
 * @cssprop [--sama-font=inherit] - The type of the card.
 * @public
 */
export class SamaTerm extends ReactiveElement {
  static readonly version = '0.1.0';
  static override styles: readonly string[] = [termStyles];
  static override properties: Properties = {
    key: {},
    term: {},
    src: {},
    locale: {},
    theme: {},
    glossaryHref: { attribute: 'glossary-href' },
    source: { attribute: false },
    fetchToken: { attribute: false },
    open: { attribute: false },
  };

  /** The key of the term, such as `mql`. Default: none. */
  declare key: string | null | undefined;
  /** The same, for frameworks that keep `key` to themselves. Default: none. */
  declare term: string | null | undefined;
  /** A server, or a file when it ends in `.json`. Default: that of the provider. */
  declare src: string | null | undefined;
  /** BCP 47 tag of the words around the term. Default: the nearest `lang`, else English. */
  declare locale: string | null | undefined;
  /** `light`, `dark`, `contrast`, or `auto`: as the page, by its `color-scheme`. Default: `auto`. */
  declare theme: 'light' | 'dark' | 'contrast' | 'auto' | null | undefined;
  /** The page of the glossary. Default: this page, if there is a glossary on it. */
  declare glossaryHref: string | null | undefined;
  /** A source of the page; wins over `src`. Default: that of the provider. */
  declare source: DataSource | null | undefined;
  /** Gives the token for the server of `src`. Default: none. */
  declare fetchToken: (() => Promise<string>) | null | undefined;
  declare private open: boolean;

  /** What is followed once somebody wants to know: the provider, and the terms. */
  #ends: (() => void)[] = [];
  #provided: DataSource | undefined;
  #lexicon: Lexicon | undefined;
  #unfollow: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Opened by a press: it stays until it is closed. */
  #pinned = false;

  constructor() {
    super();
    this.open = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A word without a text of its own is called by its name.
    if (this.textContent.trim() === '') this.#learn();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#show(false);
    for (const end of this.#ends.splice(0)) end();
    this.#unfollow?.();
    this.#unfollow = this.#lexicon = this.#provided = undefined;
  }

  get #key(): string {
    return this.key || this.term || '';
  }

  /** Follows the provider and the terms, from now on. */
  #learn(): void {
    if (this.#ends.length > 0) return;
    this.#ends = [
      follow(this, SETTINGS, (offered) => isSettings(offered) && this.inherit(offered)),
      follow(this, SOURCE, (source) => {
        this.#provided = isSource(source) ? source : undefined;
        this.requestUpdate();
      }),
    ];
    this.requestUpdate();
  }

  protected override willUpdate(): void {
    if (this.#ends.length === 0) return;
    const source = this.source ?? (this.src ? sharedSource(this.src, this.fetchToken) : this.#provided);
    const lexicon = source && lexiconOf(source);
    if (lexicon === this.#lexicon) return;
    this.#unfollow?.();
    this.#lexicon = lexicon;
    this.#unfollow = lexicon?.follow(() => this.requestUpdate());
  }

  protected override render(): TemplateResult {
    const { open } = this;
    const name = this.#lexicon?.line(this.#key)?.term;
    return html`<span
        class="word"
        part="word"
        role="button"
        tabindex="0"
        aria-expanded=${open}
        aria-controls=${open ? 'card' : nothing}
        @click=${this.#onClick}
        @keydown=${this.#onKey}
        @focus=${this.#onEnter}
        @blur=${this.#onLeave}
        @pointerenter=${this.#onEnter}
        @pointerleave=${this.#onLeave}
        ><slot>${name?.abbreviation ?? name?.term ?? this.#key}</slot></span
      >${
        open
          ? html`<div
              class="sama ${this.theme}"
              id="card"
              part="card"
              popover="manual"
              role="dialog"
              aria-label=${name?.term ?? this.#key}
              @pointerenter=${this.#onEnter}
              @pointerleave=${this.#onLeave}
              @focusout=${this.#onLeave}
            >
              ${this.#card(wordsIn(languageOf(this, this.locale), english))}
            </div>`
          : nothing
      }`;
  }

  #card(t: TermWords): TemplateResult {
    const line = this.#lexicon?.line(this.#key);
    if (line === undefined) {
      const { status, code = 'internal' } = this.#lexicon?.envelope ?? {};
      const known = status === 'ok' || status === 'empty' || code === 'not-found';
      const text =
        this.#lexicon === undefined
          ? t.noSource
          : status === undefined
            ? t.askingTerm
            : known
              ? t.unknownTerm(this.#key)
              : (t.errors[code] ?? t.errors.internal);
      return html`<span role="status">${text}</span>`;
    }
    const { term, next } = line;
    const here = pageMap('sama.glossaries.v1').size > 0 ? '' : null;
    const address = this.glossaryHref ? webAddress(this.glossaryHref) : here;
    const agreed = (term.agreedBy ?? []).map(({ team }) => team);
    return html`<b lang=${term.lang ?? nothing}
        >${term.abbreviation ? `${term.term} (${term.abbreviation})` : term.term}</b
      >
      <span class="text" lang=${term.lang ?? nothing}>${term.definition}</span>
      <span class="foot"
        >${term.version}${agreement(agreed, t)}${next === undefined || next.version === term.version ? nothing : t.comma + t.proposed(next.version)}${this.#lexicon?.envelope?.flags.map(
          (flag) => {
            const said = flag === 'offline' ? t.offline : t.flags[flag];
            return said ? t.comma + said : '';
          },
        )}${
          address === null
            ? nothing
            : html` ·
                <a href=${`${address}#term-${line.key}`} @click=${() => this.#show(false)}>${t.openInGlossary}</a>`
        }</span
      >`;
  }

  protected override updated(): void {
    const [word, card] = ['.word', '.sama'].map((part) => this.renderRoot.querySelector<HTMLElement>(part));
    if (!word || !card || !this.open) return;
    if (!card.matches(':popover-open')) card.showPopover();
    placeBeside(card, word);
  }

  #show(open: boolean): void {
    clearTimeout(this.#timer);
    if (open === this.open) return;
    this.open = open;
    if (open) {
      const { shown } = page;
      if (shown !== undefined && shown !== this) shown.#show(false);
      page.shown = this;
      this.#lexicon?.again();
      this.#learn();
    } else {
      this.#pinned = false;
      if (page.shown === this) page.shown = undefined;
    }
    const listen = open ? 'addEventListener' : 'removeEventListener';
    document[listen]('keydown', this.#onEscape, true);
    document[listen]('pointerdown', this.#onOutside, true);
    window[listen]('scroll', this.#onMove, { capture: true, passive: true });
    window[listen]('resize', this.#onMove);
  }

  /** Shows or hides in a moment, unless the reader thinks better of it. */
  #soon(open: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(open), WAIT_MS);
  }

  readonly #onEnter = ({ type, target }: Event): void => {
    // A press on a word focuses it too; that is for the press to answer.
    if (type === 'focus' && target instanceof Element && !target.matches(':focus-visible')) return;
    this.#soon(true);
  };

  readonly #onLeave = ({ type }: Event): void => {
    const within = this.renderRoot.querySelector(type === 'pointerleave' ? ':focus-visible' : ':hover');
    if (this.#pinned || (type === 'pointerleave' && within !== null)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // By then the focus may be in the card, or the pointer back.
      if (this.renderRoot.activeElement === null && this.renderRoot.querySelector(':hover') === null) this.#show(false);
    }, WAIT_MS);
  };

  readonly #onClick = (): void => {
    const close = this.open && this.#pinned;
    this.#show(!close);
    this.#pinned = !close;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    this.#onClick();
  };

  readonly #onEscape = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.key !== 'Escape') return;
    event.stopPropagation();
    if (this.renderRoot.activeElement?.closest('.sama')) this.renderRoot.querySelector<HTMLElement>('.word')?.focus();
    this.#show(false);
  };

  readonly #onOutside = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.#show(false);
  };

  readonly #onMove = (): void => this.updated();
}
