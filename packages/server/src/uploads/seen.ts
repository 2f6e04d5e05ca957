import { open } from 'node:fs/promises';
import { readIfThere, replaceFile } from '../store/files.ts';

/** Lines beyond those in force before the file is written anew. */
const MOST_OLD = 10_000;

/** What came lately and what it was answered, also before a restart: a line for each in a file. */
export class Seen {
  readonly #path: string;
  readonly #keepMs: number;
  readonly #now: () => number;
  /** In the order of their coming, which is that of their ends. */
  readonly #entries = new Map<string, { until: number; answer: number }>();
  #lines = 0;
  /** One writes at a time. */
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, keepMs: number, now: () => number) {
    this.#path = path;
    this.#keepMs = keepMs;
    this.#now = now;
  }

  /** @param keepMs milliseconds for which something is remembered. */
  static async open(path: string, keepMs: number, now: () => number = Date.now): Promise<Seen> {
    const seen = new Seen(path, keepMs, now);
    const text = await readIfThere(path);
    for (const line of text?.split('\n') ?? []) {
      // The last line may have been cut short by the end of a process.
      const [, until, answer, name = ''] = /^(\d+) (\d+) (\S+)$/.exec(line) ?? [];
      if (name !== '') seen.#entries.set(name, { until: Number(until), answer: Number(answer) });
    }
    if (text !== undefined) await seen.#rewrite();
    return seen;
  }

  get(name: string): number | undefined {
    const found = this.#entries.get(name);
    return found === undefined || found.until <= this.#now() ? undefined : found.answer;
  }

  /** On the disk when this is fulfilled. The name holds no space. */
  async add(name: string, answer: number): Promise<void> {
    const write = this.#writing.then(() => this.#append(name, answer));
    this.#writing = write.catch(() => undefined);
    return write;
  }

  async #append(name: string, answer: number): Promise<void> {
    const until = this.#now() + this.#keepMs;
    this.#entries.set(name, { until, answer });
    this.#lines += 1;
    if (this.#lines > MOST_OLD + 2 * this.#entries.size) return this.#rewrite();
    const file = await open(this.#path, 'a', 0o600);
    try {
      await file.writeFile(`${until} ${answer} ${name}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    this.#forget();
  }

  #forget(): void {
    for (const [name, { until }] of this.#entries) {
      if (until > this.#now()) return;
      this.#entries.delete(name);
    }
  }

  async #rewrite(): Promise<void> {
    this.#forget();
    const lines = [...this.#entries].map(([name, { until, answer }]) => `${until} ${answer} ${name}\n`);
    await replaceFile(this.#path, lines.join(''));
    this.#lines = lines.length;
  }
}
