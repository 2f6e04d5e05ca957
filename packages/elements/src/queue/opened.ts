import type { Envelope, HandoffDetail, HandoffRow } from '@sama/metrics/contracts';
import type { Leads } from './leads.ts';

/** How long the keys have to rest before everything about a lead is asked for. */
const REST_MS = 120;

/** Everything about the lead that is looked at, asked for once the reader stays with it. */
export class Opened {
  detail: HandoffDetail | undefined;
  /** Why it is not there. */
  trouble: Envelope | undefined;
  readonly #leads: Leads;
  readonly #changed: () => void;
  #id = '';
  /** The state of the ledger the detail is of. */
  #key = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(leads: Leads, changed: () => void) {
    this.#leads = leads;
    this.#changed = changed;
  }

  /** Follows the reader to a lead, and the lead to its newest state. */
  follow(row: HandoffRow | undefined): void {
    const key = row === undefined ? '' : `${row.id} ${row.version} ${this.#leads.head?.ledger}`;
    if (key === this.#key) return;
    const [before, id] = [this.#id, row?.id ?? ''];
    this.#key = key;
    this.#id = id;
    clearTimeout(this.#timer);
    if (id !== before) this.detail = this.trouble = undefined;
    if (!row) return;
    this.#timer = setTimeout(() => void this.#ask(), before === '' || id === before ? 0 : REST_MS);
  }

  /** Everything about the lead that is looked at, as soon as it is there. */
  async now(): Promise<HandoffDetail | undefined> {
    if (!this.detail) {
      clearTimeout(this.#timer);
      await this.#ask();
    }
    return this.detail;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.detail = this.trouble = undefined;
    this.#id = this.#key = '';
  }

  async #ask(): Promise<void> {
    const key = this.#key;
    if (key === '') return;
    const answer = await this.#leads.detail(this.#id);
    // The reader is with another one by now.
    if (key !== this.#key) return;
    if ('show' in answer) [this.detail, this.trouble] = [answer, undefined];
    else this.trouble = answer;
    this.#changed();
  }
}
