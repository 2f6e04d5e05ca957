import { httpSource, problem, readHead } from '@sama/metrics/client';
import type { DataSource, Envelope } from '@sama/metrics/contracts';
import { follow, SOURCE } from './context.ts';
import type { Controller } from './reactive.ts';
import { type Inputs, isFile, isSource, sourceAt } from './source.ts';

/** What the controller needs of an element. */
export interface ConnectionHost extends HTMLElement, Inputs {
  requestUpdate(): void;
}

/**
 * Finds the one source of an element that asks many questions and gives commands, and tells of each
 * change of it: `data` that the page hands over, then `source`, `src`, a provider, whose first answer may
 * stand in a JSON script, or else that script alone.
 * Leaves nothing behind when detached.
 */
export class Connection implements Controller {
  readonly #host: ConnectionHost;
  readonly #onSource: (source: DataSource | undefined, live: boolean) => void;
  #provided: DataSource | undefined;
  #unfollow: (() => void) | undefined;
  #key: readonly unknown[] = [];

  /** @param onSource told of the source, and whether it takes commands and tells of changes */
  constructor(host: ConnectionHost, onSource: (source: DataSource | undefined, live: boolean) => void) {
    this.#host = host;
    this.#onSource = onSource;
  }

  hostConnected(): void {
    this.#unfollow = follow(this.#host, SOURCE, (source) => {
      this.#provided = isSource(source) ? source : undefined;
      this.#host.requestUpdate();
    });
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#unfollow?.();
    this.#provided = undefined;
    this.#key = [];
    this.#onSource(undefined, false);
  }

  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    const { data, src, source, fetchToken } = this.#host;
    const script = this.#host.querySelector(':scope > script[type="application/json"]')?.textContent;
    const given = data ?? script?.trim();
    const key = [given, source, src, fetchToken, this.#provided];
    if (key.every((one, i) => one === this.#key[i])) return;
    this.#key = key;
    const named = (): DataSource | undefined =>
      sourceAt(this.#host, readHead, (server) => httpSource(server, readHead));
    const own = data ? undefined : (named() ?? this.#provided);
    const live = own !== undefined && (Boolean(source) || !isFile(src ?? ''));
    this.#onSource(given ? handed(given, own) : own, live);
  }
}

/**
 * A source whose first answers a page has handed over, in the order they are asked for; without another source
 * the first of them answers every question.
 */
function handed(given: unknown, source?: DataSource): DataSource {
  const answers = read(given);
  return {
    query: async (...asked) =>
      (source ? answers.shift() : answers[0]) ?? source?.query(...asked) ?? problem('invalid-answer', 'an empty list'),
    command: async (command) => source?.command(command) ?? { status: 'refused' },
    subscribe: (...asked) => source?.subscribe(...asked) ?? (() => undefined),
  };
}

/** One envelope, or a list of them as a server hands over. */
function read(given: unknown): Envelope[] {
  try {
    const value: unknown = typeof given === 'string' ? JSON.parse(given) : given;
    return [value].flat().map((one) => readHead(one));
  } catch (error) {
    return [problem('invalid-answer', `the JSON script: ${String(error)}`)];
  }
}
