import type { ImportProgress } from '../import/index.ts';
import type { Terminal } from './terminal.ts';

const WIDTH = 24;
const LABELS: Record<ImportProgress['phase'], string> = {
  reading: 'Reading',
  checking: 'Checking',
  writing: 'Writing',
};

/** One line on stderr that is redrawn, only where a person watches. */
export class ProgressLine {
  readonly #terminal: Terminal;
  #shown = '';

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show({ phase, done, total }: ImportProgress): void {
    if (!this.#terminal.interactive) return;
    const share = total === undefined || total === 0 ? undefined : Math.min(1, done / total);
    const bar =
      share === undefined
        ? ''
        : ` ${'█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░')} ${String(Math.floor(share * 100)).padStart(3)} %`;
    const line = `${LABELS[phase]}${bar}`;
    if (line === this.#shown) return;
    this.#shown = line;
    this.#terminal.err(`\r\u001B[2K${line}`);
  }

  clear(): void {
    if (this.#shown !== '') this.#terminal.err('\r\u001B[2K');
    this.#shown = '';
  }
}
