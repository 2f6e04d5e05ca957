import type { DataSource, KpiAnswer, KpiEnvelope, KpiQuestion } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { AskingHost } from '../internal/asking.ts';
import { csvOf } from '../internal/csv.ts';
import { type DataTable, nextSorting, type Sorting, tableTemplate } from '../internal/data-table.ts';
import { SamaElement } from '../internal/element.ts';
import type { Formats } from '../internal/format.ts';
import { type Frame, frameTemplate, type Part } from '../internal/frame.ts';
import { giveCsv } from '../internal/hand-out.ts';
import { crossIcon } from '../internal/icons.ts';
import type { Properties } from '../internal/reactive.ts';
import { hostOf } from '../internal/source.ts';
import { footerParts, notesTemplate, stateBanners, troubleBanner } from '../internal/states.ts';
import { type Place, placeOf, walk } from '../internal/walker.ts';
import { webAddress } from '../internal/web-address.ts';
import { scorecard as english } from '../locale/en/scorecard.ts';
import { type ScorecardWords, wordsFor } from '../locale/index.ts';
import { KpiAnswers } from './answers.ts';
import type { KpiDrillDetail, KpiSelectDetail } from './events.ts';
import { type Tile, tilesOf } from './model.ts';
import type { Drawing } from './tile.ts';

/** How long it is said that something was copied. */
const SAID_MS = 5000;
/** Width in units of the type below which an element is narrow or middling. */
const [NARROW, MID] = [30, 55];

/** The last good answer, in words. */
export interface Shown {
  envelope: KpiEnvelope;
  answer: KpiAnswer;
  tiles: Tile[];
  f: Formats;
}

/** What the scorecard and a single tile share: sources, states, table, keys, events. */
export abstract class KpiElement extends SamaElement implements AskingHost {
  static override properties: Properties = {
    ...SamaElement.properties,
    src: {},
    period: {},
    compare: {},
    segment: {},
    label: {},
    definitionHref: { attribute: 'definition-href' },
    data: { attribute: false },
    source: { attribute: false },
    fetchToken: { attribute: false },
    table: { attribute: false },
    sorting: { attribute: false },
    active: { attribute: false },
    chosen: { attribute: false },
    said: { attribute: false },
  };

  /** A server, or a file when it ends in `.json`. Default: the source of a provider around. */
  declare src: string | null | undefined;
  /** `2026`, `2026-Q3`, `2026-07`, `last-90-days`, `2026-07-01/2026-10-01` … Default: all time. */
  declare period: string | null | undefined;
  /** `previous`, `previous-year`, a period, or `segment:KEY`. Default: none. */
  declare compare: string | null | undefined;
  /** The segment that is counted, by its id. Default: all. */
  declare segment: string | null | undefined;
  /** The title. Default: the name of what is shown. */
  declare label: string | null | undefined;
  /** Where definitions are explained, http(s) or a path; `{id}` stands for that of a KPI. Default: nowhere. */
  declare definitionHref: string | null | undefined;
  /** An envelope with KPIs; wins over every other source. Default: none. */
  declare data: unknown;
  /** A source of the page; wins over `src`. Default: none. */
  declare source: DataSource | null | undefined;
  /** Gives the token for the server of `src`. Default: none. */
  declare fetchToken: (() => Promise<string>) | null | undefined;

  declare protected table: boolean;
  declare protected sorting: Sorting | undefined;
  declare protected active: Place;
  /** Id of the KPI that was chosen last. */
  declare protected chosen: string | undefined;
  declare protected said: string;

  protected readonly answers = new KpiAnswers(this);
  #words: ScorecardWords | undefined;
  #focusNext = '';

  constructor() {
    super();
    this.table = false;
    this.active = { row: 0, mark: 0 };
    this.said = '';
  }

  abstract get question(): KpiQuestion;
  protected abstract heading(shown: Shown | undefined): string;
  protected abstract finding(shown: Shown, title: string): { finding: Part; summary: string };
  protected abstract controls(shown: Shown): Part;
  protected abstract body(shown: Shown, size: Frame['size']): { body: Part; rows: readonly Tile[] };
  protected abstract tableOf(shown: Shown, caption: string): DataTable;
  protected abstract readonly skeleton: TemplateResult;

  protected override get words(): ScorecardWords {
    return (this.#words ??= wordsFor(this.language, english));
  }

  /** Asks again, past every cache. Resolves when the answer is drawn. */
  async reload(): Promise<void> {
    await this.answers.reload();
  }

  /** The numbers shown, as CSV with a head line; empty without data. */
  toCSV(): string {
    const shown = this.#shown();
    return shown === undefined ? '' : csvOf(this.tableOf(shown, ''));
  }

  #shown(): Shown | undefined {
    const { good } = this.answers;
    const answer = good?.data;
    if (good?.status !== 'ok' || answer?.kind !== 'kpi' || answer.kpis.length === 0) return undefined;
    const f = this.formats(this.timeZone ?? answer.timeZone);
    return {
      envelope: { ...good, data: answer },
      answer,
      f,
      tiles: tilesOf(answer, { f, t: this.words, rtl: this.rtl }),
    };
  }

  protected override willUpdate(): void {
    this.#words = undefined;
  }

  protected override render(): TemplateResult {
    const { good, trouble, loading, canRetry, canAsk } = this.answers;
    const t = this.words;
    const shown = this.#shown();
    const f = shown?.f ?? this.formats(this.timeZone ?? 'UTC');
    const wrong = trouble !== undefined && trouble.status !== 'empty';
    const retry = canRetry ? () => void this.reload() : undefined;
    const frame: Frame = {
      t,
      title: this.heading(shown),
      size: this.room < NARROW ? 'narrow' : this.room < MID ? 'mid' : 'wide',
      direction: `${this.rtl ? 'rtl' : ''} ${this.rtl === this.turned ? '' : 'run'}`,
      busy: loading,
      summary: '',
      finding: '',
      banners: wrong ? [troubleBanner(trouble, shown?.envelope, hostOf(this.src), canAsk, f, t, retry)] : [],
      controls: nothing,
      body: nothing,
      notes: nothing,
      footer: [],
      said: this.said,
      onKey: this.#onKey,
    };
    if (shown !== undefined) return frameTemplate({ ...frame, ...this.#drawn(shown, frame) });
    // An answer without any KPI is empty, too.
    if (good !== undefined || trouble?.status === 'empty') return frameTemplate({ ...frame, ...this.#empty(f) });
    if (wrong) return frameTemplate({ ...frame, body: html`<slot></slot>` });
    return frameTemplate({ ...frame, ...this.#waiting() });
  }

  #waiting(): Partial<Frame> {
    const { slow, pending } = this.answers;
    const t = this.words;
    const foot = pending ? t.computing : slow ? t.slow(hostOf(this.src)) : t.waiting;
    const what = this.period ? this.formats('UTC').period({ text: this.period }) : '';
    return { finding: t.asking(what), body: this.skeleton, busy: true, footer: [foot] };
  }

  #empty(f: Formats): Partial<Frame> {
    const { good, trouble, canAsk } = this.answers;
    const t = this.words;
    const code = good === undefined ? trouble?.code : (good.code ?? 'no-data-yet');
    const clear =
      canAsk && this.segment
        ? html`<button class="button" @click=${() => (this.segment = null)}>${crossIcon()}${t.clearFilter}</button>`
        : nothing;
    return {
      finding:
        code === undefined
          ? t.noSource
          : code === 'nothing-matches'
            ? t.nothingMatches('')
            : (t.errors['no-data-yet'] ?? ''),
      body: clear,
      footer: good === undefined ? [] : footerParts(good, this.definitionHref, f, t),
    };
  }

  #drawn(shown: Shown, frame: Frame): Partial<Frame> {
    const t = this.words;
    const { envelope, f } = shown;
    const { body, rows } = this.body(shown, frame.size);
    const { finding, summary } = this.finding(shown, frame.title);
    // The definition of an answer to one KPI stands with its tile.
    const { definition: _, ...rest } = envelope;
    return {
      summary,
      finding,
      banners: [...frame.banners, ...stateBanners(envelope, f, t)],
      controls: this.controls(shown),
      body: this.table
        ? tableTemplate(this.tableOf(shown, frame.title), this.sorting, this.#onSort)
        : html`<div @click=${(event: Event) => this.#onClick(rows, event)}>${body}</div>`,
      notes: notesTemplate(envelope, t.kpis, f, t),
      footer: [
        ...footerParts(rest, null, f, t),
        this.#definitions(this.table ? shown.tiles : rows, f),
        this.answers.loading ? t.updating : this.said,
      ],
      view: {
        table: this.table,
        onToggle: () => this.#toggle(),
        actions: [
          { text: t.copyCsv, run: () => void this.#copy(frame.title) },
          { text: t.print, run: () => window.print() },
        ],
      },
    };
  }

  /** How many definitions are shown, and how many of them both teams agreed to. */
  #definitions(shown: readonly Tile[], f: Formats): Part {
    const t = this.words;
    const tiles = [...new Set(shown)];
    const both = tiles.filter(({ kpi: { definition } }) =>
      ['marketing', 'sales'].every((team) => definition.agreed?.includes(team)),
    ).length;
    const text = t.definitionsAgreed(tiles.length, f.count(tiles.length), both, f.count(both));
    const link = webAddress(this.definitionHref?.replace(/[#?&]?[^#?&]*\{id\}.*$/, ''));
    return link === null ? text : html`<a href=${link}>${text}</a>`;
  }

  /** How the tiles are drawn now, where the shown ones have so many rows of marks. */
  protected drawing(rows: number): Drawing {
    const { row, mark } = this.active;
    return {
      t: this.words,
      chosen: this.chosen,
      active: { row: Math.min(row, rows - 1), mark },
      href: (id) => webAddress(this.definitionHref?.replace('{id}', encodeURIComponent(id))),
    };
  }

  protected override updated(): void {
    if (this.#focusNext === '') return;
    const target = this.renderRoot.querySelector(this.#focusNext);
    this.#focusNext = '';
    if (target instanceof HTMLElement) target.focus();
  }

  readonly #onSort = (column: number): void => {
    this.sorting = nextSorting(this.sorting, column);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element) || target.matches('select'))
      return;
    const from = placeOf(target);
    if (key.toLowerCase() === 't' && (from !== null || target.closest('.scroll') !== null)) {
      event.preventDefault();
      return this.#toggle(true);
    }
    if (from === null) return;
    const marks = Array.from(
      this.renderRoot.querySelectorAll('.kpi'),
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

  #onClick(rows: readonly Tile[], { target }: Event): void {
    const place = target instanceof Element ? placeOf(target) : null;
    const tile = place && rows[place.row];
    if (!place || !tile) return;
    this.active = place;
    const how = { bubbles: true, composed: true, cancelable: true };
    const { id, label, value } = tile.kpi;
    if (place.mark === 1) {
      const detail: KpiDrillDetail = { kind: 'trend', kpi: id, label };
      this.dispatchEvent(new CustomEvent('sama-drill', { ...how, detail }));
    } else if (place.mark === 0) {
      const detail: KpiSelectDetail = { kpi: id, label, value: value.result.value };
      if (this.dispatchEvent(new CustomEvent('sama-kpi-select', { ...how, detail }))) this.chosen = id;
    }
  }

  async #copy(title: string): Promise<void> {
    this.said = await giveCsv(this.toCSV(), title, this.words);
    setTimeout(() => (this.said = ''), SAID_MS);
  }
}
