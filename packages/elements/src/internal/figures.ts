import type { Envelope } from '@sama/metrics/contracts';
import { html, nothing } from 'lit/html.js';
import type { Words } from '../locale/index.ts';
import type { Asking } from './asking.ts';
import type { Sorting } from './data-table.ts';
import { Formats } from './format.ts';
import type { Action } from './action.ts';
import { type Frame, menuTemplate, type Part } from './frame.ts';
import { crossIcon, tableIcon } from './icons.ts';
import type { Later } from './later.ts';
import type { Properties } from './reactive.ts';
import { notesTemplate } from './states.ts';
import type { TableView } from './table-view.ts';
import { type Place, placeOf, walk } from './walker.ts';
import { type Shown, Widget } from './widget.ts';

/** What a widget with figures draws. */
export interface Seen extends Shown {
  f: Formats;
}

/** A picture of figures, and what is said around it. */
export interface Picture extends Pick<Frame, 'summary' | 'finding' | 'controls'> {
  draw: () => Part;
  /** What the table is of. */
  caption: string;
  /** Of whom the notes speak. */
  things: string;
  footer: NonNullable<Frame['footer']>;
}

/** The mark that has the tab stop at first. */
export const FIRST: Place = { row: 0, mark: 0 };

/** A widget that shows figures as a picture with marks to walk, and as a table. */
export abstract class Figures<W extends Words, S extends Seen> extends Widget<W, S> {
  static override properties: Properties = {
    ...Widget.properties,
    period: {},
    compare: {},
    segment: {},
    currency: {},
    definitionHref: { attribute: 'definition-href' },
    table: { attribute: false },
    sorting: { attribute: false },
    active: { attribute: false },
  };

  /** `2026`, `2026-Q3`, `2026-07`, `last-90-days`, `2026-07-01/2026-10-01` … Default: all time. */
  declare period: string | null | undefined;
  /** `previous`, `previous-year`, a period, or `segment:KEY`. Default: none. */
  declare compare: string | null | undefined;
  /** The segment that is counted, by its id. Default: all. */
  declare segment: string | null | undefined;
  /** ISO 4217, in which amounts are told; what has no rate into it has no sum. Default: that of the answer. */
  declare currency: string | null | undefined;
  /** Where the definition is explained; http(s) or a path. Default: nowhere. */
  declare definitionHref: string | null | undefined;

  declare protected table: boolean | undefined;
  declare protected sorting: Sorting | undefined;
  /** The mark that has the tab stop. */
  declare protected active: Place | undefined;

  protected abstract override readonly answers: Asking;
  /** A row of the picture. */
  protected abstract readonly row: string;

  protected abstract override readonly later: Later<TableView<S, W>>;

  protected abstract picture(seen: S, frame: Frame): Picture;
  /** What the menu does, once that is loaded. */
  protected abstract actions(title: string): readonly Action[];

  /** Asks again, past every cache. Resolves when the answer is drawn. */
  override async reload(): Promise<void> {
    await this.answers.reload();
  }

  /** The numbers shown, as CSV with a head line; empty without data. Rejects when what makes it cannot be loaded. */
  async toCSV(): Promise<string> {
    const { csvOf, tableOf } = await this.later.get();
    const seen = this.look();
    return seen ? csvOf(tableOf(seen, '', this.words)) : '';
  }

  /** Whether the table is shown: it is wanted, and here. */
  protected get tabled(): boolean {
    return Boolean(this.table && this.later.part);
  }

  protected override formats(timeZone: string): Formats {
    return new Formats(this.language, timeZone, this.words);
  }

  protected override asking(): string {
    // The first number of a page takes the browser long, so that it is not in the first drawing.
    const text = this.answers.slow === undefined ? '' : this.period;
    return this.words.asking(text ? this.formats('UTC').period({ text }) : '');
  }

  protected override empty(f: Formats, good: Envelope | undefined): Partial<Frame> {
    const clear = (): void => void (this.segment = '');
    return {
      ...super.empty(f, good),
      body:
        this.answers.canAsk && this.segment
          ? html`<button class="button" @click=${clear}>${crossIcon()}${this.words.clearFilter}</button>`
          : nothing,
    };
  }

  protected override drawn(seen: S, frame: Frame): Partial<Frame> {
    const { words: t, tabled: table, later } = this;
    const { part } = later;
    const { envelope, f } = seen;
    const { draw, caption, things, footer, ...said } = this.picture(seen, frame);
    return {
      ...said,
      body:
        table && part
          ? part.tableTemplate(part.tableOf(seen, caption, t), this.sorting, (sorting) => (this.sorting = sorting))
          : draw(),
      notes: notesTemplate(envelope, things, f, t),
      footer: [...footer, this.news],
      view: {
        ...(table && part ? part.backOf(t) : { toggle: t.table, icon: tableIcon() }),
        onToggle: () => this.#toggle(),
        menu: menuTemplate(later, t, () => this.actions(frame.title)),
      },
    };
  }

  /** The mark that was pressed; it has the tab stop from now on. */
  protected pressed({ target }: Event): Place | null {
    const place = target instanceof Element ? placeOf(target) : null;
    if (place !== null) this.active = place;
    return place;
  }

  protected override onKey(event: KeyboardEvent): void {
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
      this.renderRoot.querySelectorAll(this.row),
      (one) => one.querySelectorAll('[data-mark]').length,
    );
    const to = walk(key, from, marks, this.rtl);
    if (to === null) return;
    event.preventDefault();
    this.active = to;
    this.focusNext = `[data-mark="${to.row}:${to.mark}"]`;
  }

  #toggle(focus = false): void {
    const table = !this.tabled;
    void this.later.do(() => {
      this.table = table;
      if (focus) this.focusNext = table ? '.scroll' : '[data-mark][tabindex="0"]';
    });
  }

  protected override updated(): void {
    const { later, table } = this;
    later.part?.dress(this.renderRoot);
    // A link may ask for it at once.
    if (table && !later.again) void later.do(() => undefined);
    super.updated();
  }
}
