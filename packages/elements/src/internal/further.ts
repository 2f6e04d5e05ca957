import type { Envelope, Question } from '@sama/metrics/contracts';
import { answerOf } from './answer-of.ts';
import type { Asking } from './asking.ts';
import type { Controller } from './reactive.ts';

/** What it needs of an element. */
interface Host {
  addController(controller: Controller): void;
  requestUpdate(): void;
}

/**
 * A further question to the source an element asks anyway, such as the details of what is chosen: asked when it
 * changes, and again whenever the first one is. Register it after the first.
 */
export class Further implements Controller {
  /** The last answer to this question that can be shown. */
  good: Envelope | undefined;
  /** Why there is none, or none anew. */
  trouble: Envelope | undefined;
  loading = false;

  readonly #host: Host;
  readonly #asking: Asking;
  readonly #question: () => Question | undefined;
  #asked = '';
  #turn = 0;
  #stop: AbortController | undefined;

  constructor(host: Host, asking: Asking, question: () => Question | undefined) {
    this.#host = host;
    this.#asking = asking;
    this.#question = question;
    host.addController(this);
  }

  hostConnected(): void {}

  hostDisconnected(): void {
    this.#stop?.abort();
    this.#asked = '';
  }

  hostUpdate(): void {
    const question = this.#asking.canAsk ? this.#question() : undefined;
    const asked = question ? JSON.stringify(question) : '';
    const { turn } = this.#asking;
    if (asked === this.#asked && turn === this.#turn) return;
    if (asked !== this.#asked) this.good = this.trouble = undefined;
    this.#asked = asked;
    this.#turn = turn;
    this.#stop?.abort();
    this.loading = Boolean(question);
    if (question) void this.#ask(question);
  }

  async #ask(question: Question): Promise<void> {
    const { signal } = (this.#stop = new AbortController());
    const { source, read } = this.#asking;
    if (source === undefined) return;
    const envelope = read(await answerOf(source, question, { signal }));
    if (signal.aborted) return;
    this.loading = false;
    this.trouble = envelope.status === 'ok' ? undefined : envelope;
    if (envelope.status === 'ok') this.good = envelope;
    this.#host.requestUpdate();
  }
}
