import type { Envelope } from '@sama/metrics/contracts';

/** Bytes of answers that are kept, as they go over the wire; in memory each takes several times as much besides. */
const MOST_BYTES = 8 * 2 ** 20;
/** An answer that would take more of the room than this is computed each time. */
const LARGEST = 1 / 16;

/** An answer as it was computed, and as it goes over the wire. */
export interface KeptAnswer {
  envelope: Envelope;
  body: Uint8Array<ArrayBuffer>;
}

/**
 * Answers by their hashes. A hash names everything an answer depends on, the reader's rights included, so what is found
 * by it is true and permitted. Those that were not asked for longest make room.
 */
export class KeptAnswers {
  readonly #answers = new Map<string, KeptAnswer>();
  readonly #mostBytes: number;
  #bytes = 0;

  constructor(mostBytes: number = MOST_BYTES) {
    this.#mostBytes = mostBytes;
  }

  get(hash: string): KeptAnswer | undefined {
    const found = this.#answers.get(hash);
    if (found === undefined) return undefined;
    this.#answers.delete(hash);
    this.#answers.set(hash, found);
    return found;
  }

  keep(hash: string, envelope: Envelope): void {
    const body = new TextEncoder().encode(JSON.stringify(envelope));
    if (body.byteLength > this.#mostBytes * LARGEST) return;
    this.#drop(hash);
    this.#answers.set(hash, { envelope, body });
    this.#bytes += body.byteLength;
    for (const oldest of this.#answers.keys()) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#drop(oldest);
    }
  }

  #drop(hash: string): void {
    this.#bytes -= this.#answers.get(hash)?.body.byteLength ?? 0;
    this.#answers.delete(hash);
  }
}
