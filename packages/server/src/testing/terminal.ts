import type { Terminal } from '../cli/terminal.ts';

/** A terminal that remembers what was written. */
export interface RecordedTerminal extends Terminal {
  written: { out: string; err: string };
}

/** A terminal for tests; `input` is what `-` reads. */
export function recordedTerminal(input = ''): RecordedTerminal {
  const written = { out: '', err: '' };
  return {
    written,
    interactive: false,
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    input: async () => input,
  };
}
