import type { DataSource, Envelope } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { CoreWords } from '../locale/en/core.ts';
import { wordsIn } from '../locale/registered.ts';
import type { Counts } from './counts.ts';
import { footTemplate, type Frame, frameTemplate } from './frame.ts';
import { PlainElement } from './plain-element.ts';
import type { Properties } from './reactive.ts';
import type { Later } from './later.ts';
import { hostOf } from './source.ts';
import { againBanner, footerParts, skeleton, stateBanners, troubleBanner } from './states.ts';

/** How long it is said that something was done. */
const SAID_MS = 5000;
/** Width in units of the type below which two columns do not fit. */
export const MID = 55;

/** What is known of the answer a widget shows. */
export interface Asked {
  /** The last answer with `ok` or `empty`. */
  readonly good: Envelope | undefined;
  /** Why the last question has no answer. */
  readonly trouble: Envelope | undefined;
  readonly loading: boolean;
  readonly slow: boolean | undefined;
  readonly pending: boolean;
  readonly canAsk: boolean;
  /** Who can be asked again. */
  readonly source: DataSource | undefined;
}

/** What a widget draws: the last good answer, and the formats of its numbers. */
export interface Shown {
  envelope: Envelope;
  f: Counts;
}

/**
 * A widget that shows an answer, and every state of one in the same place and words: awaited, none of three kinds,
 * failed, denied, kept from before, out of date, limited.
 */
export abstract class Widget<Words extends CoreWords, Seen extends Shown> extends PlainElement {
  static override properties: Properties = {
    ...PlainElement.properties,
    src: {},
    label: {},
    data: { attribute: false },
    source: { attribute: false },
    fetchToken: { attribute: false },
    said: { attribute: false },
  };

  /** A server, or a file when it ends in `.json`. Default: the source of a provider around. */
  declare src: string | null | undefined;
  /** The title. Default: the name of what is shown. */
  declare label: string | null | undefined;
  /** An envelope with the answer; wins over every other source. Default: none. */
  declare data: unknown;
  /** A source of the page; wins over `src`. Default: none. */
  declare source: DataSource | null | undefined;
  /** Gives the token for the server of `src`. Default: none. */
  declare fetchToken: (() => Promise<string>) | null | undefined;

  declare protected definitionHref: string | null | undefined;
  /** What was just done, said for a moment. */
  declare protected said: string | undefined;

  protected abstract readonly answers: Asked;
  /** What is loaded when it is wanted. */
  protected readonly later?: Later<unknown>;
  /** Its words, where no other language has them. */
  protected abstract readonly english: Words;
  /** What has the focus once it is drawn. */
  protected focusNext = '';
  /** Width in units of the type below which it is narrow. */
  protected readonly narrow: number = 34;
  /** In place of the data while it is awaited. */
  protected readonly skeleton: TemplateResult = skeleton;
  /** Of this drawing: they are asked for many times. */
  #words: Words | undefined;

  /** What of the last good answer can be drawn. */
  protected abstract look(): Seen | undefined;
  protected abstract heading(seen: Seen | undefined): string;
  protected abstract drawn(seen: Seen, frame: Frame): Partial<Frame>;
  protected abstract onKey(event: KeyboardEvent): void;

  /** Asks again, past every cache. Resolves when the answer is drawn. */
  abstract reload(): Promise<void>;

  /** @internal */
  override get words(): Words {
    return (this.#words ??= wordsIn(this.language, this.english));
  }

  protected abstract formats(timeZone: string): Counts;

  protected override willUpdate(): void {
    this.#words = undefined;
  }

  protected override render(): TemplateResult {
    const { good, trouble, loading, slow, pending, canAsk, source } = this.answers;
    const t = this.words;
    const seen = this.look();
    const f = seen?.f ?? this.formats(this.timeZone ?? 'UTC');
    const host = hostOf(this.src);
    const retry = source && (() => void this.reload());
    const frame: Frame = {
      t,
      title: this.heading(seen),
      size: this.room < this.narrow ? 'narrow' : this.room < MID ? 'mid' : 'wide',
      looks: this.looks,
      busy: loading,
      banners: [
        trouble ? troubleBanner(trouble, seen?.envelope, host, canAsk, f, t, retry) : nothing,
        ...(seen ? stateBanners(seen.envelope, f, t) : []),
        this.later?.again ? againBanner(t.notLoaded, this.later.again, t) : nothing,
      ],
      said: this.said,
      onKey: (event) => this.onKey(event),
      later: this.later,
    };
    const drawn = (): Partial<Frame> => {
      if (seen) return this.drawn(seen, frame);
      if (good || (!trouble && !loading)) return this.empty(f, good);
      if (trouble) return { body: html`<slot></slot>` };
      const foot = pending ? t.computing : slow ? t.slow(host) : t.waiting;
      // Not as a footer, which would then move to the end of the answer under the reader's eyes.
      return { finding: this.asking(), body: this.skeleton, busy: true, notes: footTemplate([foot]) };
    };
    return frameTemplate({ ...frame, ...drawn() });
  }

  /** What is asked for, while it is awaited. */
  protected abstract asking(): string | undefined;

  /** In place of the data when there is none. */
  protected empty(f: Counts, good: Envelope | undefined): Partial<Frame> {
    const t = this.words;
    return {
      finding: good ? this.none(good, f) : t.noSource,
      footer: good && footerParts(good, this.definitionHref, f, t),
    };
  }

  /** Why an answer has nothing. */
  protected abstract none(good: Envelope, f: Counts): string;

  /** What was just done, or that an answer is on its way. */
  protected get news(): string | undefined {
    return this.answers.loading ? this.words.updating : this.said;
  }

  /** @internal */
  say(text: string): void {
    this.said = text;
    setTimeout(() => {
      if (this.said === text) this.said = '';
    }, SAID_MS);
  }

  protected override updated(): void {
    if (this.focusNext === '') return;
    const target = this.renderRoot.querySelector<HTMLElement>(this.focusNext);
    this.focusNext = '';
    // A list that scrolls stays where it is.
    target?.focus({ preventScroll: target.role === 'grid' });
  }
}
