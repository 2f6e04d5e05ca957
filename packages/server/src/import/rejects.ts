import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Reject } from '@sama/metrics/contracts';
import { csvField } from './csv-field.ts';

/** How many rejects a report quotes; the file has all of them. */
const QUOTED_REJECTS = 100;

/** Collects rejects: the first ones in memory, all of them in a file when one is wanted. */
export class RejectSink {
  readonly #path: string | undefined;
  readonly #quoted: Reject[] = [];
  #stream: WriteStream | undefined;
  #count = 0;

  constructor(path: string | undefined) {
    this.#path = path;
  }

  async add(rejects: readonly Reject[]): Promise<void> {
    if (rejects.length === 0) return;
    this.#count += rejects.length;
    for (const reject of rejects) {
      if (this.#quoted.length >= QUOTED_REJECTS) break;
      this.#quoted.push(reject);
    }
    if (this.#path === undefined) return;
    if (this.#stream === undefined) {
      await mkdir(dirname(this.#path), { recursive: true });
      this.#stream = createWriteStream(this.#path);
      this.#stream.write('line,field,reason,value\n');
    }
    const text = rejects
      .map(
        ({ line, field, reason, value }) => `${[String(line), field, reason, value ?? ''].map(csvField).join(',')}\n`,
      )
      .join('');
    const stream = this.#stream;
    await new Promise<void>((resolve, reject) => {
      stream.write(text, (error) => (error ? reject(error) : resolve()));
    });
  }

  get count(): number {
    return this.#count;
  }

  /** The first rejects by line, and the file when it was written. */
  async close(): Promise<{ rejects: Reject[]; rejectsFile?: string }> {
    if (this.#stream !== undefined) {
      this.#stream.end();
      await finished(this.#stream);
    }
    const rejects = this.#quoted.sort((a, b) => a.line - b.line);
    return { rejects, ...(this.#stream === undefined || this.#path === undefined ? {} : { rejectsFile: this.#path }) };
  }
}
