import { readGlossary } from '@sama/metrics/client';
import type { DataSource, Envelope, TermLine } from '@sama/metrics/contracts';
import { answerOf } from '../internal/answer-of.ts';
import { glossarySourceOf } from '../glossary/source.ts';

/** All terms of one source, asked once for all words of a page, and again when they change. */
export class Lexicon {
  /** What came back last. */
  envelope: Envelope | undefined;

  readonly #source: DataSource;
  readonly #readers = new Set<() => void>();
  #lines = new Map<string, TermLine>();
  #stop: (() => void) | undefined;
  #asking: AbortController | undefined;

  constructor(source: DataSource) {
    this.#source = source;
  }

  line(key: string): TermLine | undefined {
    return this.#lines.get(key);
  }

  /** Asks once more, where there was no answer. */
  again(): void {
    if (this.#asking === undefined && this.envelope?.status !== 'ok') void this.#ask();
  }

  /** Calls `changed` when there is something else to read. Returns the way to stop. */
  follow(changed: () => void): () => void {
    this.#readers.add(changed);
    this.#stop ??= this.#source.subscribe('glossary', () => void this.#ask());
    this.again();
    return () => {
      this.#readers.delete(changed);
      if (this.#readers.size > 0) return;
      this.#stop?.();
      this.#asking?.abort();
      this.#stop = this.#asking = undefined;
    };
  }

  async #ask(): Promise<void> {
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    const envelope = readGlossary(await answerOf(this.#source, { kind: 'glossary' }, { signal: asking.signal }));
    if (asking.signal.aborted) return;
    this.#asking = undefined;
    const { data } = envelope;
    // What was read before stays readable.
    if (this.#lines.size === 0 || envelope.status === 'ok') this.envelope = envelope;
    if (data?.kind === 'glossary' && data.show === 'terms')
      this.#lines = new Map(data.terms.map((line) => [line.key, line]));
    for (const changed of this.#readers) changed();
  }
}

const lexicons = new WeakMap<DataSource, Lexicon>();

export function lexiconOf(source: DataSource): Lexicon {
  const lexicon = lexicons.get(source) ?? new Lexicon(source);
  lexicons.set(source, lexicon);
  return lexicon;
}

type FetchToken = (() => Promise<string>) | null | undefined;
const opened: { src: string; fetchToken: FetchToken; source: DataSource | undefined }[] = [];

/** One source for all words that name the same server in the same way. */
export function sharedSource(src: string, fetchToken: FetchToken): DataSource | undefined {
  const known = opened.find((one) => one.src === src && one.fetchToken === fetchToken);
  if (known !== undefined) return known.source;
  const source = glossarySourceOf({ src, fetchToken, source: undefined });
  opened.push({ src, fetchToken, source });
  return source;
}
