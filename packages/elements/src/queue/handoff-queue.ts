import type { Envelope, HandoffFilter, HandoffList, HandoffSort, HandoffView } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { Connection, type ConnectionHost } from '../internal/connection.ts';
import { Counts } from '../internal/counts.ts';
import type { Frame, Part } from '../internal/frame.ts';
import { frameStyles } from '../internal/frame.styles.ts';
import { Later } from '../internal/later.ts';
import { Moments } from '../internal/moments.ts';
import type { Properties } from '../internal/reactive.ts';
import { type Asked, MID, type Shown, Widget } from '../internal/widget.ts';
import { noneText } from '../internal/states.ts';
import { stateStyles } from '../internal/state.styles.ts';
import { queue as english } from '../locale/en/queue.ts';
import type { QueueWords } from '../locale/index.ts';
import { Alarms } from './alarms.ts';
import { tabsTemplate, toolsTemplate } from './bar.ts';
import { filterOf, gradeOf, sortOf, viewAfter, viewOf } from './choices.ts';
import { askedOf, footerOf, noticesOf } from './state.ts';
import { detailTemplate } from './detail.ts';
import { detailStyles } from './detail.styles.ts';
import type { ErrorDetail } from './events.ts';
import { type KeyHost, onKey } from './keyboard.ts';
import { keysOf, type QueueKeys } from './keys.ts';
import { listTemplate } from './list.ts';
import { loadDesk } from './queue-desk-part.ts';
import { queueStyles } from './queue.styles.ts';
import { returnsTemplate } from './returns.ts';
import type { Speech } from './rows.ts';
import { tick } from './tick.ts';
import { Ticker } from './ticker.ts';
import { Work } from './work.ts';

export type { CommandDetail, LeadSelectDetail } from './events.ts';
export type { QueueKeys } from './keys.ts';

/** Whether there is a connection. */
const LINE = ['online', 'offline'] as const;

interface Waiting extends Shown {
  head: HandoffList;
}

/**
 * The hand-offs that wait: who, why now and until when, and every decision under a key.
 *
 * @element sama-handoff-queue
 * @slot - What is shown in place of an answer that cannot be had.
 * @fires sama-command - A command is about to be sent; canceled, it is the page's to send.
 * @fires sama-lead-select - A lead was opened, and is shown so unless this is canceled.
 * @fires sama-error - A question has no answer, or a command was refused.
 * @csspart frame - Everything, with ground and border.
 * @csspart title - The title.
 * @csspart finding - The sentence about what waits.
 * @csspart views - The tabs.
 * @csspart row - A hand-off in the list.
 * @csspart detail - The hand-off that is open.
 * @csspart form - What a decision asks.
 * @csspart toast - What was done, with the way back.
 * @csspart footer - The line about freshness and definitions.
 * @cssprop [--sama-handoff-queue-padding=1.5em] - Between the border and what stands in it.
 * @cssprop [--sama-handoff-queue-background=var(--sama-surface)] - The ground.
 * @cssprop [--sama-handoff-queue-border-color=var(--sama-border)] - The border.
 * @cssprop [--sama-handoff-queue-radius=10px] - The corners.
 * @cssprop [--sama-handoff-queue-height=8.5 rows] - The most the list takes before it scrolls; half a row shows that more follow.
 * @public
 */
export class SamaHandoffQueue extends Widget<QueueWords, Waiting> implements ConnectionHost {
  static readonly version = '0.1.0';
  static override styles: readonly string[] = [frameStyles, stateStyles, queueStyles, detailStyles];
  static override properties: Properties = {
    ...Widget.properties,
    view: {},
    sort: {},
    rating: {},
    search: {},
    keys: {},
    alarm: { attribute: false },
  };

  /** `mine`, `team`, `returned`, `breached` or `all`. Default: `mine`. */
  declare view: HandoffView | null | undefined;
  /** `rating`, `due` or `newest`. Default: `rating`. */
  declare sort: HandoffSort | null | undefined;
  /** A grade, `A`. Default: any. */
  declare rating: string | null | undefined;
  /** Words of name, role or company. Default: none. */
  declare search: string | null | undefined;
  /** Other keys, `{ accept: 'y', note: null }` or `"accept=y note="`; `"off"` for no single keys. Default: those of the help. */
  declare keys: QueueKeys | string | null | undefined;
  /** An envelope with a list; wins over every other source, and takes no commands. Default: none. */
  declare data: unknown;

  /** Said at once. */
  declare private alarm: string | undefined;

  protected override readonly english = english;
  protected override readonly later = new Later(this, loadDesk);
  readonly #work = new Work({
    later: this.later,
    changed: () => this.requestUpdate(),
    fire: (type, detail, cancelable) => this.#fire(type, detail, cancelable),
    speech: () => this.#speech,
    beside: () => this.#beside,
    focus: (selector) => (this.focusNext = selector),
    say: (text) => this.say(text),
  });
  readonly #alarms = new Alarms();
  /** Of this drawing. */
  #moments: Moments | undefined;
  /** The trouble the page was told of. */
  #told: Envelope | undefined;

  constructor() {
    super();
    this.addController(
      new Connection(this, (source, live) => {
        this.#work.acts?.forget();
        this.#work.opened.close();
        // Before there is anybody to ask, so that it is asked once.
        this.#ask();
        this.#work.leads.use(source, live);
      }),
    );
    this.addController(
      new Ticker(() => {
        this.#work.fade(this.renderRoot.querySelector('.toast'));
        this.#tick();
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const type of LINE) addEventListener(type, this.#onLine);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const type of LINE) removeEventListener(type, this.#onLine);
    this.#work.window.watch(null);
  }

  /** Asks again, past every cache. Resolves when the answer is drawn. */
  override async reload(): Promise<void> {
    await this.#work.leads.refresh(true);
    await this.updateComplete;
  }

  /** The rows that are here, as CSV with a head line; empty without any. Rejects when what makes it cannot be loaded. */
  async toCSV(): Promise<string> {
    return (await this.later.get()).csvOf(this.#work.leads.rows(), this.#work.leads.now(), this.words);
  }

  protected override formats(timeZone: string): Counts {
    return new Counts(this.language, timeZone, this.words);
  }

  protected override get answers(): Asked {
    return askedOf(this.#work.leads);
  }

  get #speech(): Speech {
    const t = this.words;
    const { leads } = this.#work;
    const zone = (): string => this.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    const m = (this.#moments ??= new Moments(this.language, zone(), t));
    const f = this.formats(m.timeZone);
    return { t, m, now: leads.now(), masked: leads.head?.masked === true, count: (n) => f.count(n) };
  }

  get #filter(): HandoffFilter | undefined {
    return filterOf(this.search, this.rating);
  }

  get #beside(): boolean {
    return this.room >= MID || this.printing;
  }

  #ask(): void {
    const timeZone = this.timeZone ?? undefined;
    this.#work.leads.ask({ view: viewOf(this.view), sort: sortOf(this.sort), filter: this.#filter, timeZone });
  }

  protected override willUpdate(): void {
    super.willUpdate();
    this.#moments = undefined;
    this.#ask();
    this.#work.settle(this.printing);
    const { trouble } = this.#work.leads;
    if (trouble === this.#told) return;
    this.#told = trouble;
    const { code = 'internal', message = '', status } = trouble ?? { status: 'ok' };
    if (status === 'error' || status === 'denied') this.#fire<ErrorDetail>('sama-error', { code, message }, false);
  }

  protected override heading(): string {
    return this.label || this.words.queue;
  }

  protected override look(): Waiting | undefined {
    const { good, head } = this.#work.leads;
    return good && head && { envelope: good, head, f: this.formats(this.#speech.m.timeZone) };
  }

  get #offline(): boolean {
    return this.#work.leads.source !== undefined && globalThis.navigator?.onLine === false;
  }

  protected override asking(): undefined {
    return undefined;
  }

  protected override none(good: Envelope): string {
    return noneText(good, this.words);
  }

  protected override drawn({ head, f }: Waiting, { title, banners }: Frame): Partial<Frame> {
    const { words: t, rtl } = this;
    const { leads } = this.#work;
    const speech = this.#speech;
    const view = viewOf(this.view);
    const { counts } = head;
    return {
      banners: [...noticesOf(head, this.#offline, t), ...banners],
      summary: t.queueSummary(title, t.queueViews[view], counts[view], counts.breached, speech.count),
      tools: this.#tools(),
      controls: html`${tabsTemplate(view, counts, speech.count, t, this.#onView)}${this.#toolPanel()}${
        view === 'returned'
          ? returnsTemplate(this.#work.named(leads.returns, t.tag), f, t, rtl, this.later.part, this.#onReturns)
          : nothing
      }`,
      body: this.#body(speech),
      footer: footerOf(leads, sortOf(this.sort), speech.m.timeZone, { f, t, offline: this.#offline }),
    };
  }

  #tools(): TemplateResult {
    const { leads, tool, picking, pickSeveral } = this.#work;
    return toolsTemplate({
      t: this.words,
      narrow: this.room < this.narrow,
      tool,
      filtered: this.#filter !== undefined,
      keys: keysOf(this.keys),
      onTool: this.#work.useTool,
      later: this.later,
      menu: { leads, picking, pickSeveral, title: this.heading(), say: (text) => this.say(text) },
    });
  }

  #toolPanel(): Part {
    const t = this.words;
    const { tool } = this.#work;
    const { part } = this.later;
    if (tool === undefined || !part) return nothing;
    if (tool === 'help') return part.help(keysOf(this.keys), t, () => void this.#work.leave());
    const filters = {
      text: this.search ?? '',
      grade: gradeOf(this.rating) ?? '',
      sort: sortOf(this.sort),
      onChange: (name: 'text' | 'grade' | 'sort', value: string) => {
        if (name === 'text') this.search = value;
        else if (name === 'grade') this.rating = value || null;
        else this.sort = sortOf(value);
        this.#work.restart();
      },
      onClear: this.#onClear,
    };
    return part.filter(filters, t);
  }

  #body(speech: Speech): TemplateResult {
    const work = this.#work;
    const { row, picked, toast, acts } = work;
    const { part } = this.later;
    const beside = this.#beside;
    const over = !beside && work.isOpen && row !== undefined;
    const view = viewOf(this.view);
    const list = { ...work, view, filtered: this.#filter !== undefined };
    return html`<div class="queue ${beside ? 'two' : ''}" id="panel" role="tabpanel" aria-labelledby="tab-${view}">
        ${over ? nothing : listTemplate({ ...list, onScroll: work.window.scrolled, onClick: this.#onClick, onClear: this.#onClear }, speech)}
        ${
          (beside || over) && row !== undefined
            ? html`<section class="detail" part="detail" aria-labelledby="lead">
                ${detailTemplate(row, this.#panel(speech, over), speech)}
              </section>`
            : nothing
        }
      </div>
      ${picked.size > 0 ? part?.batchTemplate(picked.size, speech, this.#onAct, work.unmark) : nothing}
      ${
        toast === undefined
          ? nothing
          : part?.toastTemplate(
              toast,
              speech.t,
              keysOf(this.keys).get('undo'),
              acts?.canUndo ? this.#onUndo : undefined,
            )
      }
      <span class="vh" role="alert">${this.alarm}</span>`;
  }

  #panel({ t }: Speech, over: boolean): Parameters<typeof detailTemplate>[1] {
    const { opened, form, fault, draft, keep, submit, leave } = this.#work;
    const { part } = this.later;
    const detail = this.#work.named(opened.detail, t.tag);
    const onCancel = (): void => void leave();
    return {
      detail,
      trouble: opened.trouble ? (t.errors[opened.trouble.code ?? 'internal'] ?? '') : '',
      form:
        form && detail && part
          ? part.form(form, detail, t, { fault, draft, onInput: keep, onSubmit: submit, onCancel })
          : '',
      keys: keysOf(this.keys),
      onAct: this.#onAct,
      onBack: over ? onCancel : undefined,
    };
  }

  protected override updated(): void {
    const { window, leads, range } = this.#work;
    const list = this.renderRoot.querySelector<HTMLElement>('.leads');
    window.watch(list);
    window.place(leads.total, range.first);
    this.later.part?.dress(this.renderRoot);
    this.#tick();
    super.updated();
  }

  /** Lets the clocks go on, without drawing the list. */
  #tick(): void {
    const { leads, range, opened } = this.#work;
    if (!leads.head) return;
    leads.sweep();
    const speech = this.#speech;
    const rows = leads.between(range);
    const { said, alarm } = this.#alarms.look(rows, speech);
    if (said !== '') this.#work.say(said);
    if (alarm !== '') this.alarm = alarm;
    if (tick(this.renderRoot, rows, leads, opened.detail, speech)) this.requestUpdate();
  }

  #fire<Detail>(type: string, detail: Detail, cancelable = true): boolean {
    return this.dispatchEvent(new CustomEvent<Detail>(type, { detail, bubbles: true, composed: true, cancelable }));
  }

  protected override onKey(event: KeyboardEvent): void {
    const work = this.#work;
    const host: KeyHost = {
      keyNames: keysOf(this.keys),
      pageSize: work.window.page,
      move: (by) => work.move(work.active + by),
      open: () => work.open(),
      act: this.#onAct,
      undo: this.#onUndo,
      mark: () => work.mark(work.active),
      tool: work.useTool,
      leave: () => work.leave(event.target instanceof Element && event.target.matches('.leads')),
      view: (by) => {
        const view = viewAfter(viewOf(this.view), by);
        this.#onView(view);
        this.focusNext = `#tab-${view}`;
      },
    };
    onKey(event, host, this.rtl);
  }

  readonly #onLine = (): void => {
    if (navigator.onLine) void this.#work.leads.refresh(true);
    this.requestUpdate();
  };
  readonly #onAct = (type: string): void => void this.#work.act(type);
  readonly #onReturns = (): void => void this.later.do(() => undefined);
  readonly #onUndo = (): void => void this.#work.undo();

  readonly #onView = (view: HandoffView): void => {
    this.view = view;
    this.#work.restart();
  };

  readonly #onClear = (): void => {
    this.search = this.rating = null;
    this.focusNext = this.#work.tool === 'filter' ? '#search' : '.leads';
  };

  readonly #onClick = ({ target }: Event): void => {
    const row = target instanceof Element ? target.closest('[data-index]') : null;
    if (row === null) return;
    const index = Number(row.getAttribute('data-index'));
    this.#work.move(index);
    if (this.#work.picking) this.#work.mark(index);
    else this.#work.open(false);
  };
}
