import { createFileSource, createHttpSource, problem, readEnvelope } from '@sama/metrics/client';
import type { DataSource, Envelope } from '@sama/metrics/contracts';
import { follow, SOURCE } from './context.ts';
import type { Controller } from './reactive.ts';
import { type Inputs, isFile, isSource } from './source.ts';

/** What the controller needs of an element. */
export interface ConnectionHost extends HTMLElement, Inputs {
  requestUpdate(): void;
}

const CHANGES_NOTHING = { command: async () => ({ status: 'refused' as const }), subscribe: () => () => undefined };

/**
 * Finds the one source of an element that asks many questions and gives commands, and tells of each
 * change of it: what the page hands over (`data`, a JSON script), then `source`, `src`, a provider.
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
    this.#unfollow = undefined;
    this.#provided = undefined;
    this.#key = [];
    this.#onSource(undefined, false);
  }

  hostUpdate(): void {
    if (this.#unfollow === undefined) return;
    const { data, src, source, fetchToken } = this.#host;
    const script = this.#host.querySelector(':scope > script[type="application/json"]')?.textContent ?? '';
    const given = data ?? (script.trim() || undefined);
    const key = given === undefined ? [source, src, fetchToken, this.#provided] : [given];
    if (key.length === this.#key.length && key.every((one, i) => one === this.#key[i])) return;
    this.#key = key;
    if (given !== undefined) return this.#onSource(supplied(given), false);
    const own = source ?? (src ? sourceAt(src, fetchToken ?? undefined) : this.#provided);
    this.#onSource(own, own !== undefined && (own === source || own === this.#provided || !isFile(src ?? '')));
  }
}

function sourceAt(src: string, fetchToken: (() => Promise<string>) | undefined): DataSource {
  return isFile(src) ? createFileSource(src) : createHttpSource({ src, fetchToken });
}

/** A source that gives every question the one answer the page handed over. */
function supplied(given: unknown): DataSource {
  const envelope = read(given);
  return { query: async () => envelope, ...CHANGES_NOTHING };
}

function read(given: unknown): Envelope {
  if (typeof given !== 'string') return readEnvelope(given);
  try {
    return readEnvelope(JSON.parse(given));
  } catch (error) {
    return problem('invalid-answer', `the JSON script: ${error instanceof Error ? error.message : String(error)}`);
  }
}
