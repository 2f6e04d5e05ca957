import type { DataSource, FunnelQuestion } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { AskingHost } from '../internal/asking.ts';
import { follow, SETTINGS } from '../internal/context.ts';
import type { FilterDetail } from '../internal/filter-event.ts';
import { Formats } from '../internal/format.ts';
import { frameStyles } from '../internal/frame.styles.ts';
import { periodsAt } from '../internal/periods.ts';
import { filled, type Option, pickTemplate } from '../internal/pick.ts';
import { PlainElement } from '../internal/plain-element.ts';
import type { Properties } from '../internal/reactive.ts';
import { filter as english, type FilterWords } from '../locale/en/filter.ts';
import { wordsIn } from '../locale/registered.ts';
import { filterStyles } from './filter.styles.ts';
import { Segments } from './segments.ts';

export type { FilterDetail } from '../internal/filter-event.ts';

type Choice = keyof FilterDetail;
const CHOICES: readonly Choice[] = ['period', 'segment', 'compare'];
const isChoice = (word: string): word is Choice => CHOICES.some((choice) => choice === word);

/**
 * The choices of a page as a sentence: the period, the segment, and what is compared. In a provider it
 * sets them for all elements there; alone it tells the page.
 *
 * @element sama-filter
 * @slot - `<option>` elements: the segments, in place of those of the funnel.
 * @fires sama-filter - Something was chosen; a provider around takes it unless this is canceled.
 * @fires sama-error - The segments cannot be had.
 * @csspart frame - The sentence.
 * @public
 */
export class SamaFilter extends PlainElement implements AskingHost {
  static readonly version = '0.1.0';
  static override styles: readonly string[] = [frameStyles, filterStyles];
  static override properties: Properties = {
    ...PlainElement.properties,
    src: {},
    funnel: {},
    choices: {},
    period: {},
    segment: {},
    compare: {},
    data: { attribute: false },
    source: { attribute: false },
    fetchToken: { attribute: false },
  };

  /** A server that knows the segments. Default: that of the provider. */
  declare src: string | null | undefined;
  /** Whose segments are offered. Default: `lead-to-won`. */
  declare funnel: string | null | undefined;
  /** What can be chosen, of `period segment compare`. Default: `period segment`. */
  declare choices: string | null | undefined;
  /** What is chosen: `2026`, `2026-Q3`, `last-90-days` … Default: that of the provider, else all time. */
  declare period: string | null | undefined;
  /** What is chosen, by its id. Default: that of the provider, else all. */
  declare segment: string | null | undefined;
  /** What is chosen: `previous`, `previous-year`, a period, or `segment:KEY`. Default: that of the provider, else none. */
  declare compare: string | null | undefined;
  /** An envelope of the funnel, whose segments are offered. Default: none. */
  declare data: unknown;
  /** A source of the page; wins over `src`. Default: that of the provider. */
  declare source: DataSource | null | undefined;
  /** Gives the token for the server of `src`. Default: none. */
  declare fetchToken: (() => Promise<string>) | null | undefined;

  readonly #answers = new Segments(this);
  /** Whether a provider takes what is chosen. */
  #provided = false;
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = follow(this, SETTINGS, () => (this.#provided = true));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#provided = false;
  }

  /** Asks for no more than the segments there are. */
  get question(): FunnelQuestion {
    return { kind: 'funnel', funnel: this.funnel || 'lead-to-won', view: 'snapshot', details: [] };
  }

  /** @internal */
  override get words(): FilterWords {
    return wordsIn(this.language, english);
  }

  protected override render(): TemplateResult {
    const t = this.words;
    const { good, trouble, loading } = this.#answers;
    const again = (): void => void this.#answers.reload();
    const f = new Formats(this.language, this.timeZone ?? 'UTC', t);
    const offered = new Set((this.choices || 'period segment').split(/\s+/).filter(isChoice));
    const chosen = (choice: Choice): string => this[choice] ?? '';
    const pick = (
      choice: Choice,
      label: string,
      options: readonly Option[],
      other = chosen(choice),
    ): TemplateResult => {
      const value = chosen(choice);
      const text = options.find((option) => option.value === value)?.text ?? other;
      return pickTemplate(label, text, value, options, (next) => this.#choose(choice, next));
    };
    const segments = [{ value: '', text: t.allSegments }, ...this.#segments()];
    const slots: Record<string, () => TemplateResult> = {
      period: () => {
        const text = chosen('period');
        const options = periodsAt(good?.asOf ?? new Date().toISOString(), f, t);
        return pick('period', t.periodLabel, options, text === '' ? t.anyTime : f.period({ text }));
      },
      segment: () => pick('segment', t.segmentLabel, segments),
      compare: () =>
        pick('compare', t.compareLabel, [
          { value: '', text: t.noComparison },
          { value: 'previous', text: t.previous },
          { value: 'previous-year', text: t.previousYear },
        ]),
    };
    const sentence = [
      offered.has('period') ? t.showing : '',
      offered.has('segment') && segments.length > 1 ? t.inSegment : '',
      offered.has('compare') ? t.against : '',
    ].join('');
    return html`<div class="sama ${this.looks}" part="frame" role="group" aria-label=${t.filter} aria-busy=${loading}>
      ${sentence === '' ? nothing : html`<p class="controls">${filled(sentence, slots)}</p>`}
      <p class="controls" role="status">
        ${trouble?.status === 'error' ? html`${t.notLoaded} <button class="link" @click=${again}>${t.tryAgain}</button>` : nothing}
      </p>
    </div>`;
  }

  /** Those of the page, else those of the funnel. */
  #segments(): Option[] {
    const own = Array.from(this.querySelectorAll('option'), ({ value, text }) => ({ value, text }));
    if (own.length > 0) return own;
    return this.#answers.options;
  }

  #choose(choice: Choice, value: string): void {
    const detail: FilterDetail = { [choice]: value };
    const event = new CustomEvent('sama-filter', { detail, bubbles: true, composed: true, cancelable: true });
    const accepted = this.dispatchEvent(event);
    // What a provider sets comes back from it.
    if (accepted) this[choice] = this.#provided ? null : value;
    else this.requestUpdate();
  }
}
