import type { DataSource, FunnelEnvelope, FunnelQuestion, View } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { type AnswerHost, Answers } from '../internal/answers.ts';
import { csvOf } from '../internal/csv.ts';
import { nextSorting, type Sorting, tableTemplate } from '../internal/data-table.ts';
import { SamaElement } from '../internal/element.ts';
import type { Formats } from '../internal/format.ts';
import { type Frame, frameTemplate, type Part } from '../internal/frame.ts';
import { frameStyles } from '../internal/frame.styles.ts';
import { harmless } from '../internal/harmless.ts';
import { crossIcon } from '../internal/icons.ts';
import type { Properties } from '../internal/reactive.ts';
import { hostOf } from '../internal/source.ts';
import { footerParts, notesTemplate, skeleton, stateBanners, troubleBanner } from '../internal/states.ts';
import { stateStyles } from '../internal/state.styles.ts';
import { type Place, placeOf, walk } from '../internal/walker.ts';
import { funnel as english } from '../locale/en/funnel.ts';
import { type FunnelWords, wordsFor } from '../locale/index.ts';
import { ChoicesKept } from '../internal/choices-kept.ts';
import { type Choice, CHOICES, controlsTemplate } from './controls.ts';
import { loadDetail } from './detail-part.ts';
import type { DrillDetail, StageSelectDetail } from './events.ts';
import { funnelStyles } from './funnel.styles.ts';
import { type Columns, columnsOf } from './columns.ts';
import { HandOuts } from './hand-outs.ts';
import { labelsOf } from './labels.ts';
import { type Chart, chartOf } from './model.ts';
import { narrowStyles } from './narrow.styles.ts';
import { faultOf, questionOf } from './question.ts';
import { chartTemplate } from './rows.ts';
import { emptyText, findingOf, headOf, inferredOf, summaryOf } from './summary.ts';
import { tableOf } from './table.ts';

export type { DrillDetail, ErrorDetail, StageSelectDetail } from './events.ts';

/** Widths in units of the type: below the first rows stack, below the other only the step rate stands beside the bars. */
const [NARROW, SLIM] = [30, 45];
/** The space before the bars, and beside them on the page where paper has none, in units of the type. */
const [SPACE, PADDING] = [1.5, 3.25];

/**
 * A stage funnel: how many reached each stage, what became of the others, and how sure that is.
 *
 * @element sama-funnel
 * @slot - A table of stages and counts, or a JSON script with them: drawn when nothing else is given.
 * @fires sama-stage-select - A stage was chosen, and is shown so unless this is canceled.
 * @fires {CustomEvent<DrillDetail>} sama-drill - A step rate was chosen; cancelable.
 * @fires sama-error - A question has no answer, or the data is not readable.
 * @csspart frame - Everything, with ground and border.
 * @csspart title - The title.
 * @csspart finding - The sentence with the main result.
 * @csspart row - A stage.
 * @csspart bar - Its bar.
 * @csspart footer - The line about freshness and definitions.
 * @cssprop [--sama-accent=#146091] - The page's accent; its hue colours the chart.
 * @cssprop [--sama-funnel-row-height=3.25em] - Height of a row.
 * @cssprop [--sama-funnel-bar-height=1.5em] - Height of a bar.
 * @cssprop [--sama-funnel-padding=1.5em] - Between the border and what stands in it.
 * @cssprop [--sama-funnel-background=var(--sama-surface)] - The ground.
 * @cssprop [--sama-funnel-border-color=var(--sama-border)] - The border.
 * @cssprop [--sama-funnel-radius=10px] - The corners.
 * @public
 */
export class SamaFunnel extends SamaElement implements AnswerHost {
  static readonly version = '0.1.0';
  static override styles: readonly string[] = [frameStyles, stateStyles, funnelStyles, narrowStyles];
  static override properties: Properties = {
    ...SamaElement.properties,
    src: {},
    funnel: {},
    period: {},
    compare: {},
    segment: {},
    view: {},
    lens: {},
    anchor: {},
    window: {},
    skipPolicy: { attribute: 'skip-policy' },
    entryPolicy: { attribute: 'entry-policy' },
    measure: {},
    state: {},
    label: {},
    definitionHref: { attribute: 'definition-href' },
    data: { attribute: false },
    source: { attribute: false },
    fetchToken: { attribute: false },
    table: { attribute: false },
    sorting: { attribute: false },
    active: { attribute: false },
    chosen: { attribute: false },
  };

  /** A server, or a file when it ends in `.json`. Default: the source of a provider around. */
  declare src: string | null | undefined;
  /** The definition, `id` or `id@version`. Default: `lead-to-won`. */
  declare funnel: string | null | undefined;
  /** `2026`, `2026-Q3`, `2026-07`, `last-90-days`, `2026-07-01/2026-10-01` … Default: all time. */
  declare period: string | null | undefined;
  /** `previous`, `previous-year`, a period, or `segment:KEY`. Default: none. */
  declare compare: string | null | undefined;
  /** The segment that is counted, by its id. Default: all. */
  declare segment: string | null | undefined;
  /** What is counted: those who entered in the period, what happened in it, or who stands where: `cohort`, `activity`, `snapshot`. Default: `cohort`. */
  declare view: View | null | undefined;
  /** Whose stages are emphasised; numbers stay. Default: `both`. */
  declare lens: 'both' | 'marketing' | 'sales' | null | undefined;
  /** The stage the cohort enters by. Default: that of the definition. */
  declare anchor: string | null | undefined;
  /** How long each is followed: `120d`, `12w`, `48h` or `none`. Default: that of the definition. */
  declare window: string | null | undefined;
  /** What becomes of a stage that was passed over. Default: that of the definition. */
  declare skipPolicy: 'impute' | 'strict' | 'open' | null | undefined;
  /** Which entry of somebody who came more than once counts. Default: that of the definition. */
  declare entryPolicy: 'first' | 'every' | 'last' | null | undefined;
  /** Whether entities are counted or their money is summed: `count`, `value`. Default: `count`. */
  declare measure: 'count' | 'value' | null | undefined;
  /** Choices to restore, as `toState()` gives them; they win over other attributes. Default: none. */
  declare state: string | null | undefined;
  /** The title. Default: that of the definition. */
  declare label: string | null | undefined;
  /** Where the definition is explained; http(s) or a path. Default: nowhere. */
  declare definitionHref: string | null | undefined;
  /** An envelope or plain rows; wins over every other source. Default: none. */
  declare data: unknown;
  /** A source of the page; wins over `src`. Default: none. */
  declare source: DataSource | null | undefined;
  /** Gives the token for the server of `src`. Default: none. */
  declare fetchToken: (() => Promise<string>) | null | undefined;

  declare private table: boolean;
  declare private sorting: Sorting | undefined;
  declare private active: Place;
  /** The row of the stage that was chosen last. */
  declare private chosen: number | undefined;

  // Before the answers, which ask by what it restores.
  readonly #kept = new ChoicesKept(this, [...CHOICES, 'lens', 'table']);
  readonly #answers = new Answers(this);
  readonly #handOuts = new HandOuts(this);
  /** Of this drawing: they are asked for many times. */
  #words: FunnelWords | undefined;
  #focusNext = '';
  /** Of the last drawing. */
  #columns: Columns | undefined;

  constructor() {
    super();
    this.table = false;
    this.active = { row: 0, mark: 0 };
  }

  /** The question the attributes ask. */
  get question(): FunnelQuestion {
    return questionOf(this);
  }

  /** @internal */
  get fault(): string {
    return faultOf(this);
  }

  /** @internal */
  get keptAs(): string {
    return this.funnel || 'lead-to-won';
  }

  /** What is chosen and shown, for `state`. */
  toState(): string {
    return this.#kept.text;
  }

  /** The address of this page that shows this funnel exactly so. */
  toLink(): string {
    return this.#kept.link;
  }

  protected override get words(): FunnelWords {
    return (this.#words ??= wordsFor(this.language, english));
  }

  /** @internal */
  get plainView(): View {
    return this.view === 'activity' || this.view === 'snapshot' ? this.view : 'cohort';
  }

  /** Asks again, past every cache. Resolves when the answer is drawn. */
  async reload(): Promise<void> {
    await this.#answers.reload();
  }

  /** The numbers shown, as CSV with a head line; empty without data. */
  toCSV(): string {
    const shown = this.#shown();
    return shown === undefined ? '' : csvOf(tableOf(shown.chart, '', shown.f, this.words));
  }

  /** The chart as a picture that stands alone; empty without data. Rejects when `sama-funnel-detail.js` cannot be loaded. */
  async toSVG(): Promise<string> {
    const { pictureOf } = await loadDetail();
    const shown = this.#shown();
    if (shown === undefined) return '';
    const { envelope, chart, f } = shown;
    const { rtl, turned, words: t } = this;
    const finding = findingOf(envelope, chart, f, t).reduce((all, { text }) => all + text, '');
    return pictureOf(this.renderRoot, { chart, title: this.#title(envelope), finding, rtl, turned, t });
  }

  #title(envelope: FunnelEnvelope | undefined): string {
    return harmless(this.label || envelope?.data?.label || this.funnel || this.words.funnel);
  }

  /** The last good answer, in words. */
  #shown(): { envelope: FunnelEnvelope; chart: Chart; f: Formats } | undefined {
    const { good } = this.#answers;
    const data = good?.data;
    if (good?.status !== 'ok' || data?.kind !== 'funnel' || data.stages.length === 0) return undefined;
    const envelope: FunnelEnvelope = { ...good, data };
    const f = this.formats(this.timeZone ?? data.timeZone);
    return { envelope, f, chart: chartOf(envelope, data, { f, t: this.words, lens: this.lens }) };
  }

  protected override willUpdate(): void {
    this.#words = undefined;
  }

  protected override render(): TemplateResult {
    const { good, trouble, loading, canAsk, canRetry } = this.#answers;
    const t = this.words;
    const shown = this.#shown();
    const f = shown?.f ?? this.formats(this.timeZone ?? 'UTC');
    const empty = shown === undefined && (good?.status === 'empty' || trouble?.status === 'empty');
    const wrong = trouble !== undefined && trouble.status !== 'empty';
    const retry = canRetry ? () => void this.reload() : undefined;
    const frame: Frame = {
      t,
      title: this.#title(shown?.envelope),
      size: this.room < NARROW ? 'narrow' : this.room < 55 ? 'mid' : 'wide',
      direction: `${this.rtl ? 'rtl' : ''} ${this.rtl === this.turned ? '' : 'run'}`,
      busy: loading,
      summary: '',
      finding: '',
      banners: wrong ? [troubleBanner(trouble, shown?.envelope, hostOf(this.src), canAsk, f, t, retry)] : [],
      controls: nothing,
      body: nothing,
      notes: nothing,
      footer: [],
      said: this.#handOuts.said,
      onKey: this.#onKey,
    };
    if (shown !== undefined) return frameTemplate({ ...frame, ...this.#drawn(shown, frame) });
    if (empty) return frameTemplate({ ...frame, ...this.#empty(f) });
    if (wrong) return frameTemplate({ ...frame, body: html`<slot></slot>` });
    return frameTemplate({ ...frame, ...this.#waiting() });
  }

  #waiting(): Partial<Frame> {
    const { slow, pending } = this.#answers;
    const t = this.words;
    const foot = pending ? t.computing : slow ? t.slow(hostOf(this.src)) : t.waiting;
    const what = this.period ? this.formats('UTC').period({ text: this.period }) : '';
    return { finding: t.asking(what), body: skeleton, busy: true, footer: [foot] };
  }

  #empty(f: Formats): Partial<Frame> {
    const { good, trouble, canAsk } = this.#answers;
    const t = this.words;
    const data = good?.data?.kind === 'funnel' ? good.data : undefined;
    return {
      title: this.label || data?.label || this.#title(undefined),
      finding: emptyText(good ?? trouble, data, f, t),
      controls:
        data === undefined ? nothing : this.#controls(data, good?.asOf, f, t.plural(data.stages[0]?.label ?? '')),
      body:
        canAsk && this.segment
          ? html`<button class="button" @click=${() => (this.segment = '')}>${crossIcon()}${t.clearFilter}</button>`
          : nothing,
      footer: good === undefined ? [] : footerParts(good, this.definitionHref, f, t),
    };
  }

  #drawn({ envelope, chart, f }: { envelope: FunnelEnvelope; chart: Chart; f: Formats }, frame: Frame): Partial<Frame> {
    const t = this.words;
    const { answer, things } = chart;
    const summary = summaryOf(envelope, chart, frame.title, f, t);
    const finding = findingOf(envelope, chart, f, t);
    return {
      summary,
      finding: html`${finding.map(({ text, strong }) => (strong ? html`<b>${text}</b>` : text))}`,
      banners: [...frame.banners, ...stateBanners(envelope, f, t)],
      controls: this.#controls(answer, envelope.asOf, f, things),
      body: this.table
        ? tableTemplate(tableOf(chart, headOf(envelope, chart, frame.title, f, t), f, t), this.sorting, this.#onSort)
        : this.#chart(chart, f, frame.size),
      notes: notesTemplate(envelope, things, f, t),
      footer: [
        ...footerParts(envelope, this.definitionHref, f, t),
        inferredOf(answer, f, t),
        this.#answers.loading ? t.updating : this.#handOuts.said,
      ],
      view: {
        table: this.table,
        onToggle: () => this.#toggle(),
        actions: this.#handOuts.actions(frame.title, this.#answers.canAsk, t),
      },
    };
  }

  #controls(answer: Chart['answer'], asOf: string | undefined, f: Formats, things: string): Part {
    const onChoose = this.#answers.canAsk ? this.#onChoose : undefined;
    return controlsTemplate({ answer, asOf, things, f, t: this.words, chosen: this, onChoose });
  }

  #chart(chart: Chart, f: Formats, size: Frame['size']): TemplateResult {
    const { rtl, active, words: t, room } = this;
    const slim = room < SLIM;
    const columns = columnsOf(chart, t, this.textWidth);
    this.#columns = columns;
    const count = (n: number): string => f.count(n);
    const needs = (text: string): number => this.textWidth(text, 0.8125, 500) + 0.9;
    const others = Object.values(columns).reduce((sum, width) => sum + width, SPACE + (this.printing ? 0 : PADDING));
    const drawing = {
      t,
      rtl,
      slim,
      narrow: size === 'narrow',
      labels: slim
        ? []
        : chart.rows.map((row) => labelsOf(row.bar, { width: room - others, needs, count }, row.beside)),
      chosen: this.chosen,
      active: { row: Math.min(active.row, chart.rows.length - 1), mark: active.mark },
      count,
    };
    return chartTemplate(chart, drawing, (event) => this.#onClick(chart, event));
  }

  protected override updated(): void {
    const chart = this.renderRoot.querySelector('.chart');
    if (chart instanceof HTMLElement && this.#columns !== undefined) {
      for (const [name, width] of Object.entries(this.#columns)) chart.style.setProperty(`--_${name}`, `${width}em`);
    }
    if (this.#focusNext === '') return;
    const target = this.renderRoot.querySelector(this.#focusNext);
    this.#focusNext = '';
    if (target instanceof HTMLElement) target.focus();
  }

  readonly #onChoose = (choice: Choice, value: string): void => void Reflect.set(this, choice, value);

  readonly #onSort = (column: number): void => {
    this.sorting = nextSorting(this.sorting, column);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element) || target.matches('select'))
      return;
    if (key.toLowerCase() === 't' && target.closest('.rows, .scroll') !== null) {
      event.preventDefault();
      this.#toggle(true);
      return;
    }
    const from = placeOf(target);
    if (from === null) return;
    const marks = Array.from(
      this.renderRoot.querySelectorAll('.row'),
      (one) => one.querySelectorAll('[data-mark]').length,
    );
    const to = walk(key, from, marks, this.rtl);
    if (to === null) return;
    event.preventDefault();
    this.active = to;
    this.#focusNext = `[data-mark="${to.row}:${to.mark}"]`;
  };

  #toggle(focus = false): void {
    this.table = !this.table;
    if (focus) this.#focusNext = this.table ? '.scroll' : '[data-mark][tabindex="0"]';
  }

  #onClick({ answer }: Chart, { target }: Event): void {
    const place = target instanceof Element ? placeOf(target) : null;
    if (place === null) return;
    this.active = place;
    const stage = answer.stages[place.row];
    if (stage === undefined) return;
    const how = { bubbles: true, composed: true, cancelable: true };
    const from = answer.stages[place.row - 1]?.key ?? '';
    const accepted = this.dispatchEvent(
      place.mark === 0
        ? new CustomEvent<StageSelectDetail>('sama-stage-select', {
            ...how,
            detail: { stage: stage.key, label: stage.label, count: stage.count, view: answer.view },
          })
        : new CustomEvent<DrillDetail>('sama-drill', { ...how, detail: { kind: 'rate', from, to: stage.key } }),
    );
    if (accepted && place.mark === 0) this.chosen = place.row;
  }
}
