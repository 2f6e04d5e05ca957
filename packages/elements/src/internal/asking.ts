import { problem } from '@sama/metrics/client';
import type { DataSource, Envelope, Question } from '@sama/metrics/contracts';
import { answerOf } from './answer-of.ts';
import { follow, SOURCE } from './context.ts';
import type { Controller } from './reactive.ts';
import { type Inputs, isFile, isSource } from './source.ts';
import { inTurn, nextTask } from './turns.ts';

/** What the controller needs of an element. */
export interface AskingHost extends HTMLElement, Inputs {
  readonly updateComplete: Promise<unknown>;
  addController(controller: Controller): void;
  requestUpdate(): void;
  /** The question its attributes ask. */
  readonly question: Question;
  /** What is wrong with the attributes, so that nothing is asked. */
  readonly fault?: string;
}

const SLOW_MS = 10_000;
const AGAIN_MS = 5_000;

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

/**
 * Finds the one source of an element, asks it and keeps what may be shown: the last good answer,
 * what went wrong since, and whether an answer is awaited. Leaves nothing behind when detached.
 */
export abstract class Asking<Host extends AskingHost = AskingHost> implements Controller {
  /** The last answer with `ok` or `empty`. */
  good: Envelope | undefined;
  /** Why the last question has no answer. */
  trouble: Envelope | undefined;
  loading = false;
  /** Whether an answer has been awaited for ten seconds; unknown in the first drawing of what awaits one. */
  slow: boolean | undefined;
  /** Set when the source computes and will be asked again. */
  pending = false;
  /** Whether another question would be answered. */
  canAsk = false;

  /** How often it was asked or told; whoever asks more of the same source asks again when it grows. */
  turn = 0;

  /** What is asked, if anything is. */
  source: DataSource | undefined;

  protected readonly host: Host;
  #provided: DataSource | undefined;
  #sourceKey: readonly unknown[] = [];
  /** What the last look was at; a change of it is a new question. */
  #seen: readonly unknown[] = [];
  #children = 0;
  /** Whether children may still come. */
  #parsing = false;
  #scriptFor: string | undefined;
  /** Ways to end what is only done while attached. */
  #ends: (() => void)[] = [];
  #asking: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host) {
    this.host = host;
    host.addController(this);
  }

  /** What it wants to hear of when it changes. */
  protected abstract readonly topic: string;
  /** Reads what is to be an answer its element shows. */
  abstract readonly read: (value: unknown) => Envelope;
  /** The source that the element's inputs name. */
  protected abstract open(inputs: Inputs): DataSource | undefined;
  /** Reads a value of the page; `caption` names what has no other name. */
  protected supplied(value: unknown, _caption: string): Envelope {
    return this.read(value);
  }
  /** A value that the page's own HTML in the element says. */
  protected content(): { value: unknown; caption: string } | undefined {
    return undefined;
  }
  /** What else of the element decides how a value is read. */
  protected also(): readonly unknown[] {
    return [];
  }

  hostConnected(): void {
    const { host } = this;
    const look = () => {
      this.#children += 1;
      host.requestUpdate();
    };
    const watcher = new MutationObserver(look);
    watcher.observe(host, { childList: true, characterData: true, subtree: true });
    this.#parsing = document.readyState === 'loading';
    const parsed = () => {
      this.#parsing = false;
      // Whoever has a source to ask need not ask it again.
      if (this.source === undefined) look();
    };
    if (this.#parsing) document.addEventListener('DOMContentLoaded', parsed);
    this.#ends = [
      () => watcher.disconnect(),
      follow(host, SOURCE, (source) => {
        this.#provided = isSource(source) ? source : undefined;
        host.requestUpdate();
      }),
    ];
    host.requestUpdate();
  }

  hostDisconnected(): void {
    for (const end of this.#ends.splice(0)) end();
    this.#stopAsking();
    this.#unsubscribe?.();
    this.#provided = undefined;
    this.source = undefined;
    this.#sourceKey = [];
    this.#seen = [];
  }

  hostUpdate(): void {
    if (!this.host.isConnected) return;
    const { data, question, fault } = this.host;
    this.#chooseSource();
    const seen = [data, JSON.stringify(question), fault, this.source, this.#children, ...this.also()];
    if (same(seen, this.#seen)) return;
    this.#seen = seen;
    this.#look();
  }

  /** Asks again, past every cache. Resolves when the answer is there. */
  async reload(): Promise<void> {
    if (this.source !== undefined) await this.#ask(true);
    else this.#look();
    this.host.requestUpdate();
    await this.host.updateComplete;
  }

  #unsubscribe: (() => void) | undefined;

  #chooseSource(): void {
    const { data, src, source, fetchToken } = this.host;
    const supplied = data !== undefined && data !== null;
    const key = supplied ? ['data'] : [src, source, fetchToken, this.#provided];
    if (same(key, this.#sourceKey)) return;
    this.#sourceKey = key;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    const next = supplied ? undefined : (this.open(this.host) ?? this.#provided);
    // What another source said is no last good value of this one.
    if (this.source !== undefined && next !== this.source) this.good = undefined;
    this.source = next;
    this.#scriptFor = undefined;
    this.canAsk = Boolean(next && (source || !isFile(src ?? '')));
    // Not in the task of the first drawing, which comes before anything is painted.
    void nextTask().then(() => this.#listen(key));
  }

  #listen(key: readonly unknown[]): void {
    if (this.#sourceKey === key) this.#unsubscribe = this.source?.subscribe(this.topic, () => void this.#ask(false));
  }

  /** Takes the first input there is. */
  #look(): void {
    const { data } = this.host;
    if (data !== undefined && data !== null) return this.#supply(data, '');
    const script = this.host.querySelector(':scope > script[type="application/json"]');
    const text = script?.textContent.trim() ?? '';
    const asked = JSON.stringify(this.host.question);
    if (text !== '' && (this.source === undefined || (this.#scriptFor ?? asked) === asked)) {
      this.#scriptFor = asked;
      return this.#supplyText(text);
    }
    if (this.source !== undefined) return void this.#ask(false);
    const content = this.content();
    if (content !== undefined) return this.#supply(content.value, content.caption);
    this.#stopAsking();
    this.loading = this.#parsing;
    this.good = this.trouble = undefined;
  }

  #supplyText(text: string): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      const message = `the JSON script cannot be read: ${String(error)}`;
      return this.#take(problem('invalid-answer', message));
    }
    this.#supply(value, '');
  }

  #supply(value: unknown, caption: string): void {
    this.#stopAsking();
    this.good = undefined;
    this.#take(this.supplied(value, caption));
  }

  async #ask(fresh: boolean): Promise<void> {
    const source = this.source;
    if (source === undefined || !this.host.isConnected) return;
    this.#stopAsking();
    const asking = new AbortController();
    this.#asking = asking;
    this.loading = true;
    this.turn += 1;
    const wait = (ms: number): void =>
      this.#later(ms, () => {
        this.slow = ms > 0;
        if (ms === 0) wait(SLOW_MS);
      });
    // Where an answer is shown nothing is said of what is asked for.
    wait(this.good ? SLOW_MS : 0);
    this.host.requestUpdate();
    // The first drawing comes before anything is painted, and is kept short.
    if (this.turn === 1) await nextTask();
    if (this.#asking !== asking) return;
    const { fault, question } = this.host;
    const answer = fault
      ? problem('invalid-question', fault)
      : await answerOf(source, question, { signal: asking.signal, fresh });
    await inTurn(() => {
      // An older question's answer, or nobody is left to see it.
      if (this.#asking !== asking) return;
      this.#stopAsking();
      this.#take(this.read(answer));
      this.host.requestUpdate();
      return this.host.updateComplete;
    });
  }

  #take(envelope: Envelope): void {
    this.loading = this.pending = envelope.status === 'pending';
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
    this.host.dispatchEvent(
      new CustomEvent('sama-error', { detail: { code, message }, bubbles: true, composed: true }),
    );
  }

  #later(ms: number, then: () => void): void {
    this.#timer = setTimeout(() => {
      then();
      this.host.requestUpdate();
    }, ms);
  }

  #stopAsking(): void {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#asking = undefined;
    this.loading = this.pending = false;
    this.slow = undefined;
  }
}
