import type { HandoffRow } from '@sama/metrics/contracts';
import { clockText } from './clock.ts';
import { nameOf, type Speech } from './rows.ts';

/** Notices when a clock in sight becomes urgent or is used up, once for each. */
export class Alarms {
  readonly #tones = new Map<string, string>();

  /** What is to be said now: in its turn, and at once. */
  look(rows: readonly HandoffRow[], speech: Speech): { said: string; alarm: string } {
    let [said, alarm] = ['', ''];
    for (const row of rows) {
      const { id, clock, version } = row;
      const key = `${id} ${version}`;
      const { tone, text } = clockText(clock, speech.now, speech);
      const before = this.#tones.get(key);
      this.#tones.set(key, tone);
      if (before === undefined || before === tone) continue;
      const name = nameOf(row, speech);
      if (tone === 'bad') alarm = speech.t.nowOverdue(name);
      else if (tone === 'warn') said = speech.t.nowAtRisk(name, text);
    }
    return { said, alarm };
  }
}
