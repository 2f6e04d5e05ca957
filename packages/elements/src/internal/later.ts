/** What it needs of an element. */
interface Host {
  requestUpdate(): void;
}

/** A part of a widget that a first view does without: loaded when the reader comes near it, at the latest when it is wanted. */
export class Later<Part> {
  /** It, once it is there. */
  part: Part | undefined;
  /** Tries once more what could not be done because the part could not be loaded. */
  again: (() => void) | undefined;

  readonly #host: Host;
  readonly #load: () => Promise<Part>;
  #coming: Promise<Part> | undefined;

  constructor(host: Host, load: () => Promise<Part>) {
    this.#host = host;
    this.#load = load;
  }

  /** The part, with which its element is drawn anew; rejects when it cannot be loaded, and whoever asks next tries again. */
  get(): Promise<Part> {
    this.#coming ??= this.#load().then(
      (part) => {
        this.#host.requestUpdate();
        return (this.part = part);
      },
      (error) => {
        this.#coming = undefined;
        throw error;
      },
    );
    return this.#coming;
  }

  /** Loads it ahead of need; that it failed is told when it is wanted. */
  readonly near = (): void => void this.get().catch(() => undefined);

  /** Does what needs the part: at once when it is there, else when it is. */
  async do(work: (part: Part) => unknown): Promise<void> {
    const failed = this.again;
    let { part } = this;
    try {
      part ??= await this.get();
      this.again = undefined;
    } catch {
      this.again = () => void this.do(work);
    }
    if (failed !== this.again) this.#host.requestUpdate();
    if (part !== undefined) await work(part);
  }
}
