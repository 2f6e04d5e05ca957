import { createWriteStream, type WriteStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { Encoding, EncodingGuess } from '@sama/connectors';

const CHUNK_BYTES = 1024 * 1024;

async function* chunks(file: FileHandle, from: number): AsyncGenerator<{ bytes: Buffer; offset: number }> {
  let offset = from;
  for (;;) {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
    if (bytesRead === 0) return;
    yield { bytes: buffer.subarray(0, bytesRead), offset };
    offset += bytesRead;
  }
}

async function write(stream: WriteStream, data: string | Uint8Array): Promise<void> {
  if (data.length === 0) return;
  await new Promise<void>((resolve, reject) => {
    stream.write(data, (error) => (error ? reject(error) : resolve()));
  });
}

/** Writes a UTF-16 file as UTF-8. Half a character at its end becomes U+FFFD. */
export async function transcode(file: FileHandle, guess: EncodingGuess, path: string): Promise<void> {
  const decoder = new TextDecoder(guess.encoding);
  const stream = createWriteStream(path);
  for await (const { bytes } of chunks(file, guess.mark)) await write(stream, decoder.decode(bytes, { stream: true }));
  await write(stream, decoder.decode());
  stream.end();
  await finished(stream);
}

export interface CleanOptions {
  encoding: Encoding;
  /** Byte ranges to leave out, in order. */
  out: readonly { start: number; end: number }[];
  /** `drop-cr`: every CRLF becomes LF, also within quotes; `cr-to-lf`: every CR does. */
  breaks: 'keep' | 'drop-cr' | 'cr-to-lf';
}

/** Writes a copy without the ranges to leave out, as UTF-8 with one kind of line break. */
export async function writeClean(file: FileHandle, start: number, options: CleanOptions, path: string): Promise<void> {
  const stream = createWriteStream(path);
  const decoder = new TextDecoder('windows-1252');
  let next = 0;
  let heldCr = false;
  for await (const { bytes, offset } of chunks(file, start)) {
    let at = 0;
    while (at < bytes.length) {
      const range = options.out[next];
      const outFrom = range === undefined ? bytes.length : Math.max(at, Math.min(bytes.length, range.start - offset));
      let part: Uint8Array = bytes.subarray(at, outFrom);
      if (part.length > 0 && options.breaks === 'drop-cr') {
        ({ part, heldCr } = dropCr(part, heldCr));
      } else if (options.breaks === 'cr-to-lf') part = part.map((byte) => (byte === 0x0d ? 0x0a : byte));
      await write(stream, options.encoding === 'windows-1252' ? decoder.decode(part) : part);
      at = range === undefined ? bytes.length : Math.min(bytes.length, Math.max(outFrom, range.end - offset));
      if (range !== undefined && range.end - offset <= bytes.length) next += 1;
    }
  }
  if (heldCr) await write(stream, '\r');
  stream.end();
  await finished(stream);
}

/** Removes each CR before an LF; one at the end is held back until the next byte is known. */
function dropCr(part: Uint8Array, held: boolean): { part: Uint8Array; heldCr: boolean } {
  const kept = new Uint8Array(part.length + 1);
  let length = 0;
  let heldCr = held;
  for (const byte of part) {
    if (heldCr && byte !== 0x0a) {
      kept[length] = 0x0d;
      length += 1;
    }
    heldCr = byte === 0x0d;
    if (!heldCr) {
      kept[length] = byte;
      length += 1;
    }
  }
  return { part: kept.subarray(0, length), heldCr };
}
