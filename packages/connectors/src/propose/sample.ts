import { guessDelimiter, sampleRows } from '../csv/sample.ts';
import { flattenObject } from '../json/flatten.ts';
import { JsonShapeError, JsonSplitter } from '../json/elements.ts';
import { decodeSample, guessEncoding, type EncodingGuess } from '../text.ts';
import { profileColumn, type ColumnProfile } from './profile.ts';

/** `canonical` is `{ "records": [...], "events": [...], "activities": [...], "figures": [...] }` in Sama's own shape, which needs no mapping. @beta */
export type FileFormat = 'csv' | 'json' | 'ndjson' | 'canonical';

/** What the beginning of a file says of it. @beta */
export interface Sample {
  format: FileFormat;
  encoding: EncodingGuess;
  /** CSV only. */
  delimiter?: string;
  columns: ColumnProfile[];
  /** Rows the profiles rest on. */
  rows: number;
  /** How each of these was found, for people. */
  reasons: { part: string; reason: string }[];
}

/** A file whose first bytes already show that it cannot be read. @beta */
export class UnreadableFileError extends Error {
  override name = 'UnreadableFileError';
}

/** What is known of a sample before it is read. @beta */
export interface SampleOptions {
  /** The sample is the whole file. */
  complete: boolean;
  /** Default: found from the sample. */
  delimiter?: string;
}

/** How many bytes of a file are enough for `readSample`. @beta */
export const SAMPLE_BYTES = 512 * 1024;

/** The format and encoding of a file by its first bytes. Throws `UnreadableFileError` on an empty file. @beta */
export function detectFormat(bytes: Uint8Array, complete: boolean): { format: FileFormat; encoding: EncodingGuess } {
  const encoding = guessEncoding(bytes, complete);
  refuseBinary(bytes, encoding);
  const first = decodeSample(bytes, encoding).trimStart();
  if (first === '') throw new UnreadableFileError('the file is empty');
  return { format: first.startsWith('{') || first.startsWith('[') ? jsonFormat(first) : 'csv', encoding };
}

const SIGNATURES: readonly { start: readonly number[]; is: string }[] = [
  { start: [0x50, 0x4b, 0x03, 0x04], is: 'a ZIP archive or an Excel workbook (.xlsx); save the sheet as CSV' },
  { start: [0xd0, 0xcf, 0x11, 0xe0], is: 'an old Excel or Office document; save the sheet as CSV' },
  { start: [0x1f, 0x8b], is: 'compressed by gzip; unpack it' },
  { start: [0x89, 0x50, 0x4e, 0x47], is: 'a PNG image' },
  { start: [0xff, 0xd8, 0xff], is: 'a JPEG image' },
  { start: [0x25, 0x50, 0x44, 0x46, 0x2d], is: 'a PDF document' },
];

/** Refuses what is no text. A NUL here and there is a damaged row, which the import refuses by line. */
function refuseBinary(bytes: Uint8Array, { encoding }: EncodingGuess): void {
  const known = SIGNATURES.find(({ start }) => start.every((byte, index) => bytes[index] === byte));
  if (known !== undefined) throw new UnreadableFileError(`this is not a text file but ${known.is}`);
  const head = bytes.subarray(0, 4096);
  const nuls = head.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  if (!encoding.startsWith('utf-16') && nuls > head.length / 10)
    throw new UnreadableFileError('this is not a text file: it holds NUL bytes; save the data as CSV, JSON or NDJSON');
}

/**
 * Reads the first bytes of a CSV, JSON or NDJSON file and says what they hold: format, encoding,
 * delimiter, and the type and values of each column. Throws `UnreadableFileError` on an empty file.
 * @beta
 */
export function readSample(bytes: Uint8Array, options: SampleOptions): Sample {
  const { format, encoding } = detectFormat(bytes, options.complete);
  const text = decodeSample(bytes, encoding);
  const reasons = [{ part: 'encoding', reason: `${encoding.encoding}: ${encoding.reason}` }];
  if (format === 'canonical') return { format, encoding, columns: [], rows: 0, reasons };
  if (format !== 'csv') {
    const objects = jsonObjects(text, format, options.complete);
    const names = [...new Set(objects.flatMap((object) => [...object.keys()]))];
    const columns = names.map((name) =>
      profileColumn(
        name,
        objects.map((object) => object.get(name) ?? null),
      ),
    );
    return { format, encoding, columns, rows: objects.length, reasons };
  }
  const guess =
    options.delimiter === undefined ? guessDelimiter(text) : { delimiter: options.delimiter, reason: 'given' };
  const [header = [], ...rows] = sampleRows(text, guess.delimiter, options.complete);
  const columns = header.map((name, index) =>
    profileColumn(
      name.trim() || `column ${index + 1}`,
      rows.map((row) => row[index] ?? null),
    ),
  );
  return {
    format: 'csv',
    encoding,
    delimiter: guess.delimiter,
    columns,
    rows: rows.length,
    reasons: [...reasons, { part: 'delimiter', reason: guess.reason }],
  };
}

function jsonFormat(text: string): FileFormat {
  if (text.startsWith('[')) return 'json';
  // A first key that opens a list of canonical things is Sama's own shape; else each line is an object.
  const firstLine = text.slice(0, Math.max(0, text.indexOf('\n')) || text.length);
  try {
    const fields = flattenObject(firstLine);
    return ['records', 'events', 'activities', 'figures'].some((list) => fields.get(list)?.startsWith('[') === true)
      ? 'canonical'
      : 'ndjson';
  } catch {
    return /^\{\s*("v"\s*:\s*\d+\s*,\s*)?"(records|events|activities|figures)"\s*:\s*\[/.test(text)
      ? 'canonical'
      : 'ndjson';
  }
}

function jsonObjects(text: string, format: FileFormat, complete: boolean): Map<string, string | null>[] {
  const texts: string[] = [];
  if (format === 'json') {
    const splitter = new JsonSplitter();
    try {
      for (const element of splitter.push(text)) texts.push(element.text);
      if (complete) splitter.finish();
    } catch (error) {
      if (error instanceof JsonShapeError) throw new UnreadableFileError(error.message);
      throw error;
    }
  } else {
    const lines = text.split('\n');
    texts.push(...(complete ? lines : lines.slice(0, -1)).filter((line) => line.trim() !== ''));
  }
  const objects: Map<string, string | null>[] = [];
  for (const element of texts.slice(0, 5000)) {
    try {
      objects.push(flattenObject(element));
    } catch {
      // A faulty row says nothing of the columns; the import itself will refuse it by line.
    }
  }
  if (objects.length === 0 && texts.length > 0) throw new UnreadableFileError('no row of the file is a JSON object');
  return objects;
}
