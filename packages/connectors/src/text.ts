/** The encodings an import reads. `windows-1252` is the fallback for bytes that are not UTF-8. @beta */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** The encoding of a text, and why it is taken for it. @beta */
export interface EncodingGuess {
  encoding: Encoding;
  /** Bytes of the byte order mark. */
  mark: number;
  reason: string;
}

/**
 * The encoding of a file from its first bytes: by byte order mark, by the NULs that UTF-16 puts
 * between Latin letters, else UTF-8, or Windows-1252 where the sample is not valid UTF-8.
 * @beta
 */
export function guessEncoding(sample: Uint8Array, complete = false): EncodingGuess {
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf)
    return { encoding: 'utf-8', mark: 3, reason: 'byte order mark' };
  if (sample[0] === 0xff && sample[1] === 0xfe) return { encoding: 'utf-16le', mark: 2, reason: 'byte order mark' };
  if (sample[0] === 0xfe && sample[1] === 0xff) return { encoding: 'utf-16be', mark: 2, reason: 'byte order mark' };
  const pairs = Math.min(sample.length, 4096) >> 1;
  let evenNuls = 0;
  let oddNuls = 0;
  for (let i = 0; i < pairs; i += 1) {
    if (sample[2 * i] === 0) evenNuls += 1;
    if (sample[2 * i + 1] === 0) oddNuls += 1;
  }
  const half = pairs / 2;
  if (pairs > 1 && oddNuls > half && evenNuls === 0)
    return { encoding: 'utf-16le', mark: 0, reason: 'every second byte is NUL' };
  if (pairs > 1 && evenNuls > half && oddNuls === 0)
    return { encoding: 'utf-16be', mark: 0, reason: 'every second byte is NUL' };
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: !complete });
    return { encoding: 'utf-8', mark: 0, reason: 'valid UTF-8' };
  } catch {
    return { encoding: 'windows-1252', mark: 0, reason: 'the bytes are not valid UTF-8' };
  }
}

/** The text of a sample, without its byte order mark. A character cut at the end is left out. @beta */
export function decodeSample(sample: Uint8Array, guess: EncodingGuess): string {
  return new TextDecoder(guess.encoding).decode(sample.subarray(guess.mark), { stream: true });
}

/**
 * The names nearest to a misspelt one, best first: equal but for case, spaces and punctuation, else
 * within a third of its length in edits (Damerau–Levenshtein, restricted).
 * @beta
 */
export function nearest(wrong: string, names: Iterable<string>, limit = 3): string[] {
  const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const target = plain(wrong);
  const found: { name: string; distance: number }[] = [];
  for (const name of names) {
    const candidate = plain(name);
    const distance = candidate === target ? 0 : edits(target, candidate);
    const contains =
      target.length > 2 && candidate.length > 2 && (candidate.includes(target) || target.includes(candidate));
    if (distance <= Math.max(1, target.length / 3) || contains) found.push({ name, distance });
  }
  return found
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ name }) => name);
}

function edits(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 24 || one.length > 80 || other.length > 80) return Infinity;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last.at(-1) ?? 0;
}
