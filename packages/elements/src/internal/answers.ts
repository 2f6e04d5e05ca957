import { problem, readSupplied } from '@sama/metrics/client';
import type { DataSource, Envelope, Question, View } from '@sama/metrics/contracts';
import { readTable } from './read-table.ts';
import type { Controller } from './reactive.ts';
import { type Inputs, isFile, isSource, requestSource, sourceOf } from './source.ts';

/** What the controller needs of an element. */
export interface AnswerHost extends HTMLElement, Inputs {
  readonly updateComplete: Promise<unknown>;
  addController(controller: Controller): void;
  requestUpdate(): void;
  /** The question its attributes ask. */
  readonly question: Question;
  /** How plain counts were taken. */
  readonly plainView: View;
  readonly label?: string | null | undefined;
}

const SLOW_MS = 10_000;
const AGAIN_MS = 5_000;

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Finds the one source of an element, asks it and keeps what may be shown: the last good answer,
 * what went wrong since, and whether an answer is awaited. Leaves nothing behind when detached.
 */
export class Answers implements Controller {
  /** The last answer with `ok` or `empty`. */
  good: Envelope | undefined;
  /** Why the last question has no answer. */
  trouble: Envelope | undefined;
  loading = false;
  /** Set when an answer has been awaited for ten seconds. */
  slow = false;
  /** Set when the source computes and will be asked again. */
  pending = false;
  /** Whether another question would be answered. */
  canAsk = false;
  /** Whether the same question may be asked again, of a server or a file. */
  canRetry = false;

  readonly #host: AnswerHost;
  #provided: DataSource | undefined;
  #source: DataSource | undefined;
  #sourceKey: readonly unknown[] = [];
  /** What the last look was at; a change of it is a new question. */
  #seen: readonly unknown[] = [];
  #children = 0;
  #scriptFor: string | undefined;
  #attached: AbortController | undefined;
  #asking: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: AnswerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const attached = new AbortController();
    this.#attached = attached;
    const look = () => {
      this.#children += 1;
      this.#host.requestUpdate();
    };
    const watcher = new MutationObserver(look);
    watcher.observe(this.#host, { childList: true, characterData: true, subtree: true });
    attached.signal.addEventListener('abort', () => watcher.disconnect(), { once: true });
    // Children that the parser has not reached yet come later.
    if (document.readyState === 'loading') {
      document.addEventListener('DOMContentLoaded', look, { once: true, signal: attached.signal });
    }
    requestSource(this.#host, (source, stop) => {
      if (attached.signal.aborted || !isSource(source)) return stop?.();
      if (stop !== undefined) attached.signal.addEventListener('abort', stop, { once: true });
      this.#provided = source;
      this.#host.requestUpdate();
    });
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#attached?.abort();
    this.#attached = undefined;
    this.#stopAsking();
    this.#unsubscribe();
    this.#provided = undefined;
    this.#source = undefined;
    this.#sourceKey = [];
    this.#seen = [];
  }

  hostUpdate(): void {
    if (this.#attached === undefined) return;
    const { data, question, plainView, label } = this.#host;
    this.#chooseSource();
    const seen = [data, JSON.stringify(question), plainView, label, this.#source, this.#children];
    if (same(seen, this.#seen)) return;
    this.#seen = seen;
    this.#look();
  }

  /** Asks again, past every cache. Resolves when the answer is there. */
  async reload(): Promise<void> {
    if (this.#source !== undefined) await this.#ask(true);
    else this.#look();
    this.#host.requestUpdate();
    await this.#host.updateComplete;
  }

  #unsubscribe: () => void = () => undefined;

  #chooseSource(): void {
    const { data, src, source, fetchToken } = this.#host;
    const supplied = data !== undefined && data !== null;
    const key = supplied ? ['data'] : [src, source, fetchToken, this.#provided];
    if (same(key, this.#sourceKey)) return;
    this.#sourceKey = key;
    this.#unsubscribe();
    this.#unsubscribe = () => undefined;
    const next = supplied ? undefined : (sourceOf(this.#host) ?? this.#provided);
    // What another source said is no last good value of this one.
    if (this.#source !== undefined && next !== this.#source) this.good = undefined;
    this.#source = next;
    this.#scriptFor = undefined;
    this.canRetry = next !== undefined;
    this.canAsk = this.canRetry && ((source ?? undefined) !== undefined || !isFile(src ?? ''));
    if (next !== undefined) this.#unsubscribe = next.subscribe('data', () => void this.#ask(false));
  }

  /** Takes the first input there is. */
  #look(): void {
    const { data } = this.#host;
    if (data !== undefined && data !== null) return this.#supply(data, '');
    const script = this.#host.querySelector(':scope > script[type="application/json"]');
    const text = script?.textContent?.trim() ?? '';
    const asked = JSON.stringify(this.#host.question);
    if (text !== '' && (this.#source === undefined || (this.#scriptFor ?? asked) === asked)) {
      this.#scriptFor = asked;
      return this.#supplyText(text);
    }
    if (this.#source !== undefined) return void this.#ask(false);
    const table = this.#host.querySelector('table');
    if (table !== null) {
      const { rows, label } = readTable(table);
      return this.#supply(rows, label);
    }
    this.#stopAsking();
    this.loading = document.readyState === 'loading';
    this.trouble = this.loading ? undefined : { v: 1, status: 'empty', flags: [], warnings: [] };
    this.good = undefined;
  }

  #supplyText(text: string): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      const message = `the JSON script cannot be read: ${wordsOf(error)}`;
      return this.#take(problem('invalid-answer', message));
    }
    this.#supply(value, '');
  }

  #supply(value: unknown, caption: string): void {
    this.#stopAsking();
    this.good = undefined;
    const label = this.#host.label ?? caption;
    this.#take(readSupplied(value, { view: this.#host.plainView, label }));
  }

  async #ask(fresh: boolean): Promise<void> {
    const source = this.#source;
    if (source === undefined || this.#attached === undefined) return;
    this.#stopAsking();
    const asking = new AbortController();
    this.#asking = asking;
    this.loading = true;
    this.#later(SLOW_MS, () => (this.slow = true));
    this.#host.requestUpdate();
    let envelope: Envelope;
    try {
      envelope = await source.query(this.#host.question, { signal: asking.signal, fresh });
    } catch (error) {
      envelope = problem('internal', wordsOf(error));
    }
    // An older question's answer, or nobody is left to see it.
    if (this.#asking !== asking || asking.signal.aborted) return;
    this.#stopAsking();
    this.#take(envelope);
    this.#host.requestUpdate();
  }

  #take(envelope: Envelope): void {
    this.loading = envelope.status === 'pending';
    this.pending = this.loading;
    if (this.pending) {
      this.#later(AGAIN_MS, () => void this.#ask(false));
      return;
    }
    if (envelope.status === 'ok' || envelope.status === 'empty') {
      this.good = envelope;
      this.trouble = undefined;
      return;
    }
    this.trouble = envelope;
    if (envelope.status === 'denied') this.good = undefined;
    const { code = 'internal', message = '' } = envelope;
    this.#host.dispatchEvent(
      new CustomEvent('sama-error', { detail: { code, message }, bubbles: true, composed: true }),
    );
  }

  #later(ms: number, then: () => void): void {
    this.#timer = setTimeout(() => {
      then();
      this.#host.requestUpdate();
    }, ms);
  }

  #stopAsking(): void {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#asking = undefined;
    this.loading = false;
    this.slow = false;
    this.pending = false;
  }
}
