import { pageMap } from '@sama/metrics/client';
import type { GlossaryList, GlossaryQuestion, GlossaryTerm, TermLine } from '@sama/metrics/contracts';
import { plainTerm } from '@sama/metrics/glossary';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { AskingHost } from '../internal/asking.ts';
import { Counts } from '../internal/counts.ts';
import type { Frame } from '../internal/frame.ts';
import { frameStyles } from '../internal/frame.styles.ts';
import { Further } from '../internal/further.ts';
import { Later } from '../internal/later.ts';
import type { Properties } from '../internal/reactive.ts';
import { noticeStyles } from '../internal/notice.styles.ts';
import { footerParts } from '../internal/states.ts';
import { type Shown, Widget } from '../internal/widget.ts';
import { glossary as english } from '../locale/en/glossary.ts';
import type { GlossaryWords } from '../locale/index.ts';
import { GlossaryAsking } from './asking.ts';
import { nothingTemplate, searchTemplate, toolsTemplate } from './controls.ts';
import type { Deeds } from './deeds.ts';
import { detailTemplate } from './detail.ts';
import type { TermSelectDetail } from './events.ts';
import { loadDesk } from './glossary-desk-part.ts';
import { glossaryStyles } from './glossary.styles.ts';
import { chosenOf, groupsOf, isListed, listTemplate, type Order, rowBy, type Which } from './list.ts';
import { type Found, TermSearch } from './search.ts';
import { nameOf } from './standing.ts';

export type { CommandDetail, TermSelectDetail } from './events.ts';

/** Below this width, in units of the type, a term opens under its row. */
const NARROW = 44;

interface Terms extends Shown {
  list: GlossaryList;
}

/**
 * The words both teams agree on: to search, to read, and to propose, approve and send back.
 *
 * @element sama-glossary
 * @slot - A `<dl>` of terms, for a page without a source or scripts.
 * @fires sama-term-select - A term was chosen, and is shown unless this is canceled.
 * @fires sama-command - Something is about to be done; a page may cancel it and do it itself.
 * @fires sama-error - A question has no answer, or the data is not readable.
 * @csspart frame - Everything, with ground and border.
 * @csspart title - The title.
 * @csspart finding - The sentence about what is agreed on.
 * @csspart list - The terms.
 * @csspart row - A term in the list.
 * @csspart term - The term that is shown.
 * @csspart votes - What each team says of it.
 * @csspart footer - The line about freshness and definitions.
 * @cssprop [--sama-glossary-padding=1.5em] - Between the border and what stands in it.
 * @cssprop [--sama-glossary-background=var(--sama-surface)] - The ground.
 * @cssprop [--sama-glossary-border-color=var(--sama-border)] - The border.
 * @cssprop [--sama-glossary-radius=10px] - The corners.
 * @public
 */
export class SamaGlossary extends Widget<GlossaryWords, Terms> implements AskingHost {
  static readonly version = '0.1.0';
  static override styles: readonly string[] = [frameStyles, noticeStyles, glossaryStyles];
  static override properties: Properties = {
    ...Widget.properties,
    term: {},
    search: {},
    order: {},
    which: {},
  };

  /** A server, or a file when it ends in `.json`: an answer, or a glossary. Default: the source of a provider around. */
  declare src: string | null | undefined;
  /** The key of the term that is shown. Default: the one the page's address names, as `#term-mql`. */
  declare term: string | null | undefined;
  /** What is looked for. Default: nothing. */
  declare search: string | null | undefined;
  /** How terms are ordered: `name` or `stage`. Default: `name`. */
  declare order: Order | null | undefined;
  /** Which terms are listed: `all`, `agreed`, `open`, `stale`, or those that wait for `marketing` or `sales`. Default: `all`. */
  declare which: Which | null | undefined;
  /** An envelope or a glossary; wins over every other source. Default: none. */
  declare data: unknown;

  protected override readonly answers = new GlossaryAsking(this);
  protected override readonly english = english;
  protected override readonly narrow = NARROW;
  protected override readonly later = new Later(this, loadDesk);
  readonly #further: Further = new Further(this, this.answers, () => this.#termQuestion());
  /** What a reader does to terms, once that is loaded and wanted. */
  #deeds: Deeds | undefined;
  readonly #search = new TermSearch();
  /** Lets words of the page know that they may lead here. */
  readonly #id = String(Math.random());
  /** A term that the address named, to be brought into view once it is there. */
  #toShow = '';

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#onHash);
    pageMap('sama.glossaries.v1').set(this.#id, this);
    this.#onHash();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#onHash);
    pageMap('sama.glossaries.v1').delete(this.#id);
  }

  /** The question the attributes ask. */
  get question(): GlossaryQuestion {
    return { kind: 'glossary', ...(this.timeZone ? { timeZone: this.timeZone } : {}) };
  }

  protected override formats(timeZone: string): Counts {
    return new Counts(this.language, timeZone, this.words);
  }

  /** Asks again, past every cache. Resolves when the answer is drawn. */
  override async reload(): Promise<void> {
    await this.answers.reload();
  }

  /** All terms as one document, GitHub's flavour; empty without data. Rejects when what makes it cannot be loaded. */
  async toMarkdown(): Promise<string> {
    const { markdownOf } = await this.later.get();
    const list = this.#list;
    return list ? markdownOf(list, this.heading()) : '';
  }

  protected override heading(): string {
    return this.label || this.words.glossary;
  }

  get #list(): GlossaryList | undefined {
    const data = this.answers.good?.data;
    return data?.kind === 'glossary' && data.show === 'terms' ? data : undefined;
  }

  get #narrow(): boolean {
    return this.room < this.narrow;
  }

  /** The lines asked for, in their order. */
  #found(list: GlossaryList): Found {
    const found = this.#search.find(list, this.search ?? '');
    return { ...found, lines: found.lines.filter((line) => isListed(line, this.which ?? 'all')) };
  }

  #chosen(list: GlossaryList, { lines }: Found): TermLine | undefined {
    return chosenOf(list.terms, lines, this.term, Boolean(this.search), !this.#narrow);
  }

  #termQuestion(): GlossaryQuestion | undefined {
    const list = this.#list;
    const line = list && this.#chosen(list, this.#found(list));
    return line && { ...this.question, show: 'term', key: line.key };
  }

  protected override look(): Terms | undefined {
    const { good } = this.answers;
    const list = this.#list;
    if (good === undefined || list === undefined || list.terms.length === 0) return undefined;
    return { envelope: good, list, f: this.formats(this.timeZone ?? 'UTC') };
  }

  protected override asking(): string {
    return this.words.askingTerms;
  }

  protected override none(): string {
    return this.words.noTerms;
  }

  protected override drawn({ envelope, list, f }: Terms, { banners }: Frame): Partial<Frame> {
    const t = this.words;
    const { terms, agreed } = list.counts;
    return {
      ...this.#body(list, f),
      banners: [...banners, this.#deeds?.failureOf(envelope.asOf, f) ?? nothing],
      footer: [
        t.termCounts(terms, f.count(terms), f.count(agreed)),
        ...footerParts(envelope, undefined, f, t),
        this.news,
      ],
    };
  }

  #body(list: GlossaryList, f: Counts): Partial<Frame> {
    const t = this.words;
    if (this.printing)
      return { body: html`<div class="paper">${list.terms.map((line) => this.#detail(list, line, f))}</div>` };
    const found = this.#found(list);
    const chosen = this.#chosen(list, found);
    const which = this.which ?? 'all';
    const searching = Boolean(this.search);
    const order = searching ? 'name' : (this.order ?? 'name');
    const { length } = found.lines;
    const detail = chosen ? this.#detail(list, chosen, f) : nothing;
    return {
      tools: toolsTemplate(this.later, t, this.#narrow, this, this.heading()),
      controls: searchTemplate({
        t,
        found,
        which,
        order,
        query: this.search ?? '',
        staged: (list.stages?.length ?? 0) > 0 && !searching,
        count: length > 0 ? t.found(length, f.count(length)) : t.noTerm(this.search ?? ''),
        onSearch: (query) => (this.search = query),
        onWhich: (next) => (this.which = next),
        onOrder: (next) => (this.order = next),
      }),
      body:
        length === 0
          ? nothingTemplate(this.search ?? '', t, this.#clear)
          : html`<div class="cols" @click=${this.#onClick}>
              ${listTemplate({
                groups: groupsOf(found.lines, order, list.stages, t),
                chosen: chosen?.key,
                label: t.which[which],
                below: this.#narrow ? detail : nothing,
                f,
                t,
              })}${this.#narrow ? nothing : detail}
            </div>`,
    };
  }

  #detail(list: GlossaryList, line: TermLine, f: Counts): TemplateResult {
    const data = this.#further.good?.data;
    const full: GlossaryTerm | undefined =
      data?.kind === 'glossary' && data.show === 'term' && data.key === line.key ? data : undefined;
    const { pending } = this.#deeds?.commands ?? {};
    const names = new Map(list.terms.map(({ key, term }) => [key, nameOf(term)]));
    const shown = full ?? plainTerm(line);
    return detailTemplate({
      full: shown,
      partial: !full && this.#further.loading && !this.printing,
      names,
      form: (!this.printing && this.#deeds?.formOf(shown, names, f)) || nothing,
      doing: {
        can: this.printing ? [] : shown.can,
        pending: pending?.target === line.key ? pending.type : undefined,
        give: (type) => this.#deed((deeds) => deeds.give(type, shown)),
        open: (type) => this.#form(type, line.key),
        say: (text) => this.say(text),
        show: (key) => this.#show(key),
      },
      later: this.later,
      f,
      t: this.words,
    });
  }

  /** Opens the form of a command, or leaves it. */
  #form(type?: string, about?: string): void {
    this.#deed((deeds) => {
      deeds.open(type, about);
      this.focusNext = type === undefined ? 'h3' : '.form textarea';
    });
  }

  #deed(work: (deeds: Deeds) => unknown): void {
    void this.later.do(({ Deeds }) => {
      this.#deeds ??= new Deeds(
        this,
        () => this.answers.source,
        () => this.#form(),
      );
      return work(this.#deeds);
    });
  }

  readonly #clear = (): void => {
    this.search = '';
    this.which = 'all';
    this.focusNext = 'input';
  };

  /** Shows a term, unless the page prevents it. */
  #show(key: string, focus = 'h3'): void {
    const line = this.#list?.terms.find((one) => one.key === key);
    if (line === undefined) return;
    const how = { bubbles: true, composed: true, cancelable: true };
    const detail: TermSelectDetail = { key, term: nameOf(line.term) };
    if (!this.dispatchEvent(new CustomEvent<TermSelectDetail>('sama-term-select', { ...how, detail }))) return;
    this.term = key;
    this.focusNext = focus;
  }

  readonly #onClick = ({ target }: Event): void => {
    const key = target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset['key'] : undefined;
    if (key === undefined) return;
    if (this.#narrow && key === this.term) this.term = null;
    else this.#show(key, '');
  };

  protected override onKey(event: KeyboardEvent): void {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
    if (key === 'Escape' && target.closest('.form') !== null) {
      event.preventDefault();
      return this.#form();
    }
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('.row')];
    if (target.matches('[type="search"]')) {
      const first = rows[0];
      if (first === undefined || (key !== 'ArrowDown' && key !== 'Enter')) return;
      event.preventDefault();
      this.#show(first.dataset['key'] ?? '', key === 'Enter' ? 'h3' : '.row[aria-current]');
      return;
    }
    if (key === 'Escape' && target.closest('.detail') !== null) return this.#focusRow();
    const at = rows.indexOf(target);
    if (at === -1) return;
    const to = rowBy(key, at, rows);
    if (to === undefined) return;
    event.preventDefault();
    this.#walk(to);
  }

  /** Moves to a row; where there is room its term is shown along with it. */
  #walk(row: HTMLElement): void {
    if (this.#narrow) {
      for (const one of this.renderRoot.querySelectorAll<HTMLElement>('.row')) one.tabIndex = one === row ? 0 : -1;
      return row.focus();
    }
    this.#show(row.dataset['key'] ?? '', '.row[aria-current]');
  }

  #focusRow(): void {
    this.renderRoot.querySelector<HTMLElement>('.row[aria-current]')?.focus();
  }

  readonly #onHash = (): void => {
    const [, key] = /^#term-([a-z][\w-]*)$/.exec(location.hash) ?? [];
    if (key === undefined) return;
    this.#toShow = key;
    this.search = null;
    this.which = null;
    this.term = key;
  };

  protected override updated(): void {
    this.later.part?.dress(this.renderRoot);
    if (this.#toShow !== '' && this.#list !== undefined) {
      this.#toShow = '';
      this.focusNext = 'h3';
      this.scrollIntoView({ block: 'nearest' });
    }
    // A term that was chosen may have to come first.
    if (this.focusNext !== '' && this.renderRoot.querySelector(this.focusNext) !== null) super.updated();
  }
}
