import type { Envelope, FunnelAnswer, FunnelEnvelope, FunnelQuestion, View } from '@sama/metrics/contracts';
import { render, type TemplateResult } from 'lit/html.js';
import { type AnswerHost, Answers } from '../internal/answers.ts';
import { ChoicesKept } from '../internal/choices-kept.ts';
import { Figures, FIRST, type Picture, type Seen } from '../internal/figures.ts';
import type { Formats } from '../internal/format.ts';
import type { Action } from '../internal/action.ts';
import { type Frame, type Part, sentenceTemplate } from '../internal/frame.ts';
import { frameStyles } from '../internal/frame.styles.ts';
import { harmless } from '../internal/harmless.ts';
import { Later } from '../internal/later.ts';
import type { Properties } from '../internal/reactive.ts';
import { Ruler } from '../internal/ruler.ts';
import { stateStyles } from '../internal/state.styles.ts';
import { footerParts } from '../internal/states.ts';
import { funnel as english } from '../locale/en/funnel.ts';
import type { FunnelWords } from '../locale/index.ts';
import { type Choice, CHOICES, controlsTemplate } from './controls.ts';
import { loadDetail } from './detail-part.ts';
import type { DrillDetail, StageSelectDetail } from './events.ts';
import { funnelStyles } from './funnel.styles.ts';
import { type Columns, columnsOf } from './columns.ts';
import { labelsOf } from './labels.ts';
import { type Chart, chartOf } from './model.ts';
import { narrowStyles } from './narrow.styles.ts';
import { faultOf, questionOf } from './question.ts';
import { chartTemplate } from './rows.ts';
import { emptyText, findingOf, headOf, inferredOf, summaryOf } from './summary.ts';

export type { DrillDetail, ErrorDetail, LeakDetail, ReasonDetail, StageSelectDetail } from './events.ts';

/** Width in units of the type below which only the step rate stands beside the bars. */
const SLIM = 45;
/** The space around the bars, and beside the chart on the page where paper has none, in units of the type. */
const [SPACE, PADDING] = [2.85, 3.15];
/** Of the chart; on wider screens it would be far from a bar to its rate. */
const WIDEST = 96;

interface Funnel extends Seen {
  envelope: FunnelEnvelope;
  chart: Chart;
}

/**
 * A stage funnel: how many reached each stage, what became of the others, and how sure that is.
 *
 * @element sama-funnel
 * @slot - A table of stages and counts, or a JSON script with them: drawn when nothing else is given.
 * @fires sama-stage-select - A stage was chosen, and is shown so unless this is canceled.
 * @fires {CustomEvent<DrillDetail | ReasonDetail | LeakDetail>} sama-drill - A step rate was chosen, or in its panel a reason or a leak; cancelable.
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
export class SamaFunnel extends Figures<FunnelWords, Funnel> implements AnswerHost {
  static readonly version = '0.1.0';
  static override styles: readonly string[] = [frameStyles, stateStyles, funnelStyles, narrowStyles];
  static override properties: Properties = {
    ...Figures.properties,
    funnel: {},
    view: {},
    lens: {},
    anchor: {},
    window: {},
    skipPolicy: { attribute: 'skip-policy' },
    entryPolicy: { attribute: 'entry-policy' },
    measure: {},
    skin: {},
    state: {},
    panel: {},
  };

  /** The definition, `id` or `id@version`. Default: `lead-to-won`. */
  declare funnel: string | null | undefined;
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
  /** How the stages are drawn: `bars`, or `trapezoid` for the shape of a funnel, which is decoration. Default: `bars`. */
  declare skin: 'bars' | 'trapezoid' | null | undefined;
  /** What stands open below the chart: `mql` for a stage, `mql?rate` for the rate that leads to it, `mql?differ=&view=activity&reported=212` for why another number differs. Default: nothing. */
  declare panel: string | null | undefined;
  /** Choices to restore, as `toState()` gives them; they win over other attributes. Default: none. */
  declare state: string | null | undefined;
  /** The title. Default: that of the definition. */
  declare label: string | null | undefined;
  /** An envelope or plain rows; wins over every other source. Default: none. */
  declare data: unknown;

  // Before the answers, which ask by what it restores.
  readonly #kept = new ChoicesKept(this, [...CHOICES, 'lens', 'table', 'panel']);
  /** @internal */
  override readonly answers = new Answers(this);
  protected override readonly english = english;
  /** @internal */
  override readonly later = new Later(this, loadDetail);
  protected override readonly row = '.row';
  readonly #ruler = new Ruler(this);
  /** Of the last drawing. */
  #columns: Columns | undefined;

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

  /** @internal */
  get plainView(): View {
    return this.view === 'activity' || this.view === 'snapshot' ? this.view : 'cohort';
  }

  /** The chart as a picture that stands alone; empty without data. Rejects when the files it is made by cannot be loaded. */
  async toSVG(): Promise<string> {
    return (await this.later.get()).pictureOf(this);
  }

  /** How much is noted of the time it is about. */
  get #noted(): number | undefined {
    return this.answers.good?.annotation?.length;
  }

  get #answer(): FunnelAnswer | undefined {
    const data = this.answers.good?.data;
    return data?.kind === 'funnel' ? data : undefined;
  }

  /** @internal */
  override heading(): string {
    return harmless(this.label || this.#answer?.label || this.funnel || this.words.funnel);
  }

  /** @internal */
  override look(): Funnel | undefined {
    const { good } = this.answers;
    const data = this.#answer;
    if (good?.status !== 'ok' || !data?.stages.length) return undefined;
    const envelope: FunnelEnvelope = { ...good, data };
    const f = this.formats(this.timeZone ?? data.timeZone);
    return { envelope, f, chart: chartOf(envelope, data, { f, t: this.words, lens: this.lens }) };
  }

  protected override empty(f: Formats, good: Envelope | undefined): Partial<Frame> {
    const data = this.#answer;
    const things = this.words.plural(data?.stages[0]?.label ?? '');
    const controls = data && this.#controls(data, good?.asOf, f, things);
    return { ...super.empty(f, good), controls };
  }

  protected override none(good: Envelope, f: Formats): string {
    return emptyText(good, this.#answer, f, this.words);
  }

  protected override picture({ envelope, chart, f }: Funnel, { title, size }: Frame): Picture {
    const t = this.words;
    const { answer, things } = chart;
    const caption = headOf(envelope, chart, title, f, t);
    const finding = findingOf(envelope, chart, f, t);
    const inferred = inferredOf(answer, f, t);
    return {
      things,
      summary: summaryOf(chart, caption, finding, inferred, f, t),
      finding: sentenceTemplate(finding),
      controls: this.#controls(answer, envelope.asOf, f, things),
      caption,
      draw: () => this.#chart(chart, f, size),
      footer: [...footerParts(envelope, this.definitionHref, f, t), inferred],
    };
  }

  protected override actions(title: string): readonly Action[] {
    return this.later.part?.actionsOf(this, title) ?? [];
  }

  #controls(answer: Chart['answer'], asOf: string | undefined, f: Formats, things: string): Part {
    const onChoose = this.answers.canAsk ? this.#onChoose : undefined;
    return controlsTemplate({ answer, asOf, things, f, t: this.words, chosen: this, onChoose });
  }

  #chart(chart: Chart, f: Formats, size: Frame['size']): TemplateResult {
    const { rtl, active: { row, mark } = FIRST, words: t, room } = this;
    const slim = room < SLIM;
    const columns = columnsOf(chart, t, this.textWidth);
    this.#columns = columns;
    const count = (n: number): string => f.count(n);
    const needs = (text: string): number => this.textWidth(text, 0.8125, 500) + 0.9;
    const others = Object.values(columns).reduce((sum, width) => sum + width, SPACE + (this.printing ? 0 : PADDING));
    const width = Math.min(room, WIDEST + PADDING) - others;
    const drawing = {
      t,
      rtl,
      slim,
      noted: this.#noted,
      narrow: size === 'narrow',
      labels: slim ? [] : chart.rows.map((row) => labelsOf(row.bar, { width, needs, count }, row.beside)),
      chosen: this.panel?.split('?')[0],
      active: { row: Math.min(row, chart.rows.length - 1), mark },
      count,
    };
    return chartTemplate(chart, drawing, (event) => this.#onClick(chart, event));
  }

  /** Measures a text in units of the element's type; `size` is that of the text in them. */
  protected readonly textWidth = (text: string, size: number, weight = 400): number =>
    this.#ruler.width(text, `${weight} ${this.size * size}px ${this.family}`) / this.size;

  protected override updated(): void {
    const chart = this.renderRoot.querySelector('.chart');
    if (chart instanceof HTMLElement && this.#columns) {
      for (const [name, width] of Object.entries(this.#columns)) chart.style.setProperty(`--_${name}`, `${width}em`);
    }
    super.updated();
    if ((this.panel || this.skin === 'trapezoid' || this.#noted) && !this.later.again)
      void this.later.do(({ show }) => show(this, render));
  }

  readonly #onChoose = (choice: Choice, value: string): void => void Reflect.set(this, choice, value);

  #onClick({ answer }: Chart, event: Event): void {
    const place = this.pressed(event);
    if (place === null) return;
    const stage = answer.stages[place.row];
    if (!stage) return;
    const ofRate = place.mark > 0;
    const { key, label, count } = stage;
    const how = { bubbles: true, composed: true, cancelable: true };
    const said = ofRate
      ? new CustomEvent<DrillDetail>('sama-drill', {
          ...how,
          detail: { kind: 'rate', from: answer.stages[place.row - 1]?.key ?? '', to: key },
        })
      : new CustomEvent<StageSelectDetail>('sama-stage-select', {
          ...how,
          detail: { stage: key, label, count, view: answer.view },
        });
    if (!this.dispatchEvent(said)) return;
    const mark = ofRate ? `${key}?rate` : key;
    this.later.again = undefined;
    this.panel = this.panel === mark ? null : mark;
  }
}
