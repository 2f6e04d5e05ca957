import { open } from 'node:fs/promises';
import {
  detectFormat,
  readSample,
  SAMPLE_BYTES,
  UnreadableFileError,
  type FileFormat,
  type EncodingGuess,
  type Sample,
} from '@sama/connectors';
import { ImportError } from './errors.ts';

/** Reads the beginning of a file and says what its columns hold. Throws an ImportError when it cannot be read. */
export async function sampleFile(path: string, delimiter?: string, length = SAMPLE_BYTES): Promise<Sample> {
  const { bytes, complete } = await readBeginning(path, length);
  return named(path, () => readSample(bytes, { complete, ...(delimiter === undefined ? {} : { delimiter }) }));
}

/** The format and encoding of a file. Throws an ImportError when it cannot be read. */
export async function fileFormat(path: string): Promise<{ format: FileFormat; encoding: EncodingGuess }> {
  const { bytes, complete } = await readBeginning(path, 64 * 1024);
  return named(path, () => detectFormat(bytes, complete));
}

function named<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnreadableFileError || error instanceof RangeError)) throw error;
    throw new ImportError(`${path}: ${error.message}`, { cause: error });
  }
}

async function readBeginning(path: string, length: number): Promise<{ bytes: Uint8Array; complete: boolean }> {
  try {
    const file = await open(path, 'r');
    try {
      const info = await file.stat();
      if (!info.isFile()) throw new ImportError(`${path} is not a file`);
      const buffer = Buffer.alloc(Math.min(info.size, length));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      return { bytes: buffer.subarray(0, bytesRead), complete: bytesRead === info.size };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof ImportError) throw error;
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const reason = missing
      ? ': there is no such file'
      : ` cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    throw new ImportError(`${path}${reason}`, { cause: error });
  }
}
