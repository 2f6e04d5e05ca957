import type { HandoffDetail, HandoffReturns, HandoffRow } from '@sama/metrics/contracts';
import type { Later } from '../internal/later.ts';
import type { Acts, Result } from './acts.ts';
import type { CommandDetail, ErrorDetail, LeadSelectDetail } from './events.ts';
import { isAtOnce, SAFE } from './decisions.ts';
import { Leads } from './leads.ts';
import { Opened } from './opened.ts';
import type { Desk } from './queue-desk-part.ts';
import type { Toast } from './toast.ts';
import { loadNames, type QueueNames } from './queue-names-part.ts';
import { markText, type Speech } from './rows.ts';
import { Window } from './window.ts';

/** What the work needs of the element it is done in. */
export interface Place {
  changed: () => void;
  /** Whether nobody canceled it. */
  fire: <Detail>(type: string, detail: Detail, cancelable?: boolean) => boolean;
  speech: () => Speech;
  /** Whether the detail stands beside the list. */
  beside: () => boolean;
  /** Puts the focus there when it is drawn. */
  focus: (selector: string) => void;
  say: (text: string) => void;
  later: Later<Desk>;
}

/** After these the lead is still the one to look at. */
const STAYS = /^(note|logResponse|pause|resume|review|undo)$/;
const LIST = '.leads';
/** Seconds for which it is said what was done; then the way back stands in the log. */
const SAID = 10;

/** What another language calls reasons and channels, once that is loaded. */
let names: QueueNames | undefined;
/** Its coming. One that failed stands for a while: each try leaves a script in the page, and each key press draws. */
let coming: Promise<unknown> | undefined;
const AGAIN_MS = 30_000;

/** What a reader does with the leads of a queue: goes from one to the next, opens, marks, decides, takes back. */
export class Work {
  readonly leads: Leads;
  /** What was given, once something is. */
  acts: Acts | undefined;
  readonly opened: Opened;
  readonly window: Window;
  /** Marked for several at once, as they were then. */
  readonly picked = new Map<string, HandoffRow>();
  active = 0;
  range = { first: 0, last: -1 };
  picking = false;
  tool: 'filter' | 'help' | undefined;
  /** Whether the detail stands over the list, where there is no room beside. */
  isOpen = false;
  /** The action whose form is open, and what was lacking at the last try. */
  form: string | undefined;
  fault = '';
  toast: Toast | undefined;

  readonly #place: Place;
  #activeId = '';
  /** What the open form is about, whatever becomes of the list meanwhile. */
  #held: HandoffRow | undefined;
  /** Seconds for which the toast was to be seen and nobody was at it. */
  #seen = 0;
  /** What was filled in and is not sent yet, by lead and action. */
  readonly #drafts = new Map<string, FormData>();

  constructor(place: Place) {
    this.#place = place;
    this.leads = new Leads(place.changed);
    this.opened = new Opened(this.leads, place.changed);
    this.window = new Window(place.changed);
  }

  /** The lead the reader is at. */
  get row(): HandoffRow | undefined {
    return this.form === undefined ? this.leads.row(this.active) : this.#held;
  }

  /** As the reader's language names it, once that is loaded. */
  named<Answer extends HandoffDetail | HandoffReturns>(answer: Answer | undefined, tag: string): Answer | undefined {
    if (!answer || tag === 'en') return answer;
    const { changed } = this.#place;
    if (!names) {
      coming ??= loadNames().then(
        (part) => (names = part),
        () => void setTimeout(() => (coming = undefined), AGAIN_MS),
      );
      void coming.then(() => names && changed());
    }
    return names?.named(answer, tag, changed) ?? answer;
  }

  get #draftKey(): string {
    return `${this.row?.id} ${this.form}`;
  }

  /** What was filled in of the open form. */
  get draft(): FormData | undefined {
    return this.#drafts.get(this.#draftKey);
  }

  /** Before each drawing: finds the lead the reader is at where it stands now. */
  settle(paper: boolean): void {
    const { leads } = this;
    const { total } = leads;
    const found = this.#activeId === '' ? -1 : leads.indexOf(this.#activeId);
    this.active = Math.max(0, Math.min(found === -1 ? this.active : found, total - 1));
    this.range = this.window.range(total, paper);
    leads.need(this.range.first, this.range.last);
    const { row } = this;
    if (row !== undefined) this.#activeId = row.id;
    this.opened.follow(row);
    const mark = leads.mark(this.#activeId);
    if (mark?.state === 'taken') this.fault = markText(mark, this.#place.speech());
  }

  /** Begins at the first lead. */
  restart(): void {
    this.active = 0;
    this.#activeId = '';
    this.form = undefined;
    this.isOpen = false;
    this.picked.clear();
    this.window.reveal(0);
    this.#place.changed();
  }

  readonly move = (to: number): void => {
    this.active = Math.max(0, Math.min(to, this.leads.total - 1));
    this.#activeId = this.row?.id ?? '';
    this.form = undefined;
    this.window.reveal(this.active);
    this.#place.changed();
  };

  readonly mark = (index: number): void => {
    const row = this.leads.row(index);
    if (!row || !this.leads.live) return;
    void this.#place.later.do(() => {
      if (!this.picked.delete(row.id)) this.picked.set(row.id, row);
      this.#place.changed();
    });
  };

  readonly unmark = (): void => {
    this.picked.clear();
    this.#back();
  };

  readonly pickSeveral = (): void => {
    this.picking = !this.picking;
    this.unmark();
  };

  /** Opens the lead; by the keyboard the focus goes along. */
  readonly open = (focus = true): void => {
    const { row } = this;
    if (!row) return;
    if (!this.#place.fire<LeadSelectDetail>('sama-lead-select', { handoff: row.id, name: row.name })) return;
    this.isOpen = true;
    if (focus || !this.#place.beside()) this.#place.focus('#lead');
    this.#place.changed();
  };

  readonly useTool = (name: 'filter' | 'help'): void => {
    void this.#place.later.do(() => {
      this.tool = this.tool === name ? undefined : name;
      this.#place.focus(this.tool === 'filter' ? '#search' : this.tool === 'help' ? '.help button' : LIST);
      this.#place.changed();
    });
  };

  /** Out of what was opened last, back to the list; false when the reader is there already. */
  readonly leave = (inList = false): boolean => {
    const { form, tool, isOpen } = this;
    if (form !== undefined) this.form = undefined;
    else if (tool !== undefined) this.tool = undefined;
    else this.isOpen = false;
    this.fault = '';
    if (inList && form === undefined && tool === undefined && !isOpen) return false;
    this.#back();
    return true;
  };

  /** Does it, or opens the form it needs. */
  readonly act = async (type: string): Promise<void> => {
    const { row, leads, opened } = this;
    if (!row || !leads.live) return;
    const { t } = this.#place.speech();
    const several = this.picked.size > 0;
    if (several && !SAFE.includes(type)) return this.say(t.safeOnly);
    if (!several && !row.can.includes(type)) return this.say(`${t.acts[type] ?? type}: ${t.notNow}`);
    if (isAtOnce(type)) return this.#give(type, {});
    const detail = await opened.now();
    if (!detail) return;
    await this.#place.later.do(() => {
      if (this.row?.id === row.id) this.#openForm(type, row);
    });
  };

  #openForm(type: string, row: HandoffRow): void {
    this.form = type;
    this.#held = row;
    this.fault = '';
    this.isOpen = true;
    this.#place.focus('.form :is(input, select, textarea, button)');
    this.#place.changed();
  }

  /** Keeps what is filled in, so that it outlives whatever closes the form. */
  readonly keep = ({ currentTarget }: Event): void => {
    if (currentTarget instanceof HTMLFormElement) this.#drafts.set(this.#draftKey, new FormData(currentTarget));
  };

  readonly submit = (event: Event): void => {
    event.preventDefault();
    const { target } = event;
    const { form } = this;
    const { detail } = this.opened;
    const { part } = this.#place.later;
    if (!(target instanceof HTMLFormElement) || !form || !detail || !part) return;
    if (!target.reportValidity()) return;
    const payload = part.payloadOf(form, detail, this.#place.speech().t, new FormData(target));
    if (typeof payload === 'string') {
      this.fault = payload;
      this.#place.changed();
    } else void this.#give(form, payload);
  };

  readonly undo = async (): Promise<void> => {
    const result = await this.acts?.undo();
    if (result === undefined) return;
    const [first] = result.done;
    if (first !== undefined) this.#activeId = first.row.id;
    this.#back();
    this.#done(result);
  };

  say(text: string): void {
    this.#place.say(text);
  }

  /** Once a second: takes the toast away when it was there long enough; bad news stay. */
  fade(toast: Element | null): void {
    if (toast === null || this.toast?.bad || toast.matches(':hover, :focus-within') || ++this.#seen < SAID) return;
    this.toast = undefined;
    this.#place.changed();
  }

  #back(): void {
    this.#place.focus(LIST);
    this.#place.changed();
  }

  async #give(type: string, payload: Record<string, unknown>): Promise<void> {
    const { row, picked, opened } = this;
    if (!row) return;
    // Everything about it may have been read later than the list.
    const version = Math.max(row.version, opened.detail?.id === row.id ? opened.detail.version : 0);
    const rows = picked.size > 0 ? [...picked.values()] : [{ ...row, version }];
    const [form, draftKey] = [this.form, this.#draftKey];
    picked.clear();
    this.form = undefined;
    this.fault = '';
    // Of whom it is said is settled by the press, though what does it may have to come first.
    await this.#place.later.do(async ({ Acts }) => {
      this.acts ??= new Acts(this.leads, (command, handoff) =>
        this.#place.fire<CommandDetail>('sama-command', { command, handoff }),
      );
      const given = this.acts.give(rows, type, payload);
      if (!STAYS.test(type) && rows.length === 1) this.#goOn(row);
      this.#back();
      await this.#end(given, row, form, draftKey);
    });
  }

  /** From a lead that is decided on to the next, unless the reader did so already. */
  #goOn({ id }: HandoffRow): void {
    if (this.#activeId !== id) return;
    this.isOpen = false;
    this.move(this.active + (this.active === this.leads.total - 1 ? -1 : 1));
  }

  async #end(given: Promise<Result>, row: HandoffRow, form: string | undefined, draftKey: string): Promise<void> {
    const at = this.#activeId;
    const result = await given;
    const { done, conflicts, refused } = result;
    if (conflicts.length + refused.length === 0) this.#drafts.delete(draftKey);
    // It is where it was and still the one to decide on, unless the reader went on to another.
    if (done.length === 0 && refused.length > 0 && at === this.#activeId && this.form === undefined) {
      this.#activeId = row.id;
      if (form !== undefined) this.#openForm(form, row);
    }
    this.#done(result);
  }

  #done(result: Result): void {
    this.toast = this.#place.later.part?.toastOf(result, this.#place.speech());
    this.#seen = 0;
    for (const { message, offline } of result.refused) {
      const code = offline ? 'unreachable' : 'refused';
      this.#place.fire<ErrorDetail>('sama-error', { code, message }, false);
    }
    if (this.toast !== undefined) this.say(this.toast.text);
  }
}
