import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CsvScanner,
  DEFAULT_MAX_ROW_BYTES,
  guessDelimiter,
  headerNames,
  lineOf,
  usesCr,
  decodeSample,
  guessEncoding,
  SAMPLE_BYTES,
  type Encoding,
  type ScanOptions,
  type ScanResult,
} from '@sama/connectors';
import type { ImportNote, Reject } from '@sama/metrics/contracts';
import { sqlText } from '@sama/sql';
import { queryNumber } from '../store/rows.ts';
import { ImportError } from './errors.ts';
import type { RowSource, SourceOptions } from './source.ts';
import { transcode, writeClean } from './clean.ts';

const CHUNK_BYTES = 4 * 1024 * 1024;
/** How much of a malformed row is quoted in a reject. */
const QUOTED_BYTES = 200;

/**
 * Reads a CSV file. Our own scanner decides what is a row, so that malformed ones are refused by
 * line and DuckDB reads only what is beyond doubt: the file itself when nothing was wrong with it,
 * else a clean UTF-8 copy. DuckDB parses the file while it is scanned, since most are clean.
 */
export async function openCsv(options: SourceOptions): Promise<RowSource> {
  const original = await open(options.path, 'r');
  let file = original;
  let early: Promise<unknown> = Promise.resolve();
  try {
    const sample = await readAt(original, 0, SAMPLE_BYTES);
    const complete = sample.length < SAMPLE_BYTES;
    let guess = guessEncoding(sample, complete);
    let path = options.path;
    const text = decodeSample(sample, guess);
    if (text.trim() === '') throw new ImportError(`${options.path}: the file is empty`);
    const delimiter = options.delimiter ?? guessDelimiter(text).delimiter;
    const notes: ImportNote[] = [];
    if (guess.encoding === 'utf-16le' || guess.encoding === 'utf-16be') {
      notes.push(encodingNote(guess.encoding, guess.reason));
      path = join(options.temporary, 'utf8.csv');
      await transcode(original, guess, path);
      file = await open(path, 'r');
      guess = { encoding: 'utf-8', mark: 0, reason: '' };
    }
    const base: ScanOptions = { delimiter, start: guess.mark, crBreaks: usesCr(text) };
    const expected = guess.encoding === 'utf-8' && base.crBreaks !== true ? sampleHeader(sample, base) : [];
    if (expected.length > 0) {
      early = options.parse(expected, rowsOf(path, delimiter, expected.length));
      // Waited for below, whatever becomes of it.
      early.catch(() => undefined);
    }
    let result = await scan(file, base, options);
    let encoding: Encoding = 'utf-8';
    if (result.invalidText > 0) {
      if (result.multibyte) result = await scan(file, { ...base, refuseInvalidText: true }, options);
      else {
        encoding = 'windows-1252';
        notes.push(encodingNote(encoding, `${result.invalidText} rows are not valid UTF-8`));
      }
    }
    const header = await readHeader(file, result, encoding, delimiter, options.path);
    if (result.empty.length > 0) notes.push(emptyNote(result.empty.length));
    const malformed = await malformedRows(file, result, encoding);
    const plan = cleaning(result, encoding, base.crBreaks ?? false);
    if (plan !== undefined) {
      path = join(options.temporary, 'clean.csv');
      await writeClean(file, guess.mark, { ...plan, encoding }, path);
    }
    const from = rowsOf(path, delimiter, result.columns);
    if (plan === undefined && expected.length === result.columns) await early;
    else {
      await early.catch(() => undefined);
      await options.parse(header, from);
    }
    const parsed = await queryNumber(options.connection, 'SELECT count(*) FROM parsed');
    // The scanner and DuckDB must agree on what a row is, or a row could get lost unseen.
    if (parsed !== result.rows) {
      throw new ImportError(
        `${options.path}: ${result.rows} rows were found but ${parsed} were read; nothing was imported. Please report this with a sample of the file.`,
      );
    }
    return { columns: header, rows: result.rows, from, malformed, notes, lineOf: (row) => lineOf(result.steps, row) };
  } finally {
    // The connection must be free again, also after a failure.
    await early.catch(() => undefined);
    await original.close();
    if (file !== original) await file.close();
  }
}

/** The rows of a file without a fault, all columns as text. */
function rowsOf(path: string, delimiter: string, columns: number): string {
  const types = Array.from({ length: columns }, (_, index) => `c${index}: 'VARCHAR'`).join(', ');
  return (
    `read_csv(${sqlText(path)}, auto_detect = false, header = true, delim = ${sqlText(delimiter)}, quote = '"', escape = '"', ` +
    `columns = {${types}}, nullstr = [''], allow_quoted_nulls = true, strict_mode = true, null_padding = false, max_line_size = ${DEFAULT_MAX_ROW_BYTES + 1000})`
  );
}

/** The columns a sample promises, when no fault shows in it; else none. */
function sampleHeader(sample: Uint8Array, options: ScanOptions): string[] {
  const scanner = new CsvScanner(options);
  const start = options.start ?? 0;
  scanner.scan(sample.subarray(start), start, false);
  const { columns, header, bad, breaks } = scanner.result();
  if (header === undefined || bad.length > 0 || (breaks.lf > 0 && breaks.crlf > 0)) return [];
  const names = headerNames(new TextDecoder().decode(sample.subarray(header.start, header.end)), options.delimiter);
  return names.length === columns ? names : [];
}

function encodingNote(encoding: Encoding, reason: string): ImportNote {
  return { code: 'encoding', field: 'file', count: 1, detail: `read as ${encoding}: ${reason}` };
}

/** Empty rows are no rows: like blank lines they stand in no count but this one. */
function emptyNote(count: number): ImportNote {
  const detail = `${count === 1 ? 'a row' : 'rows'} without a value, passed over and not among the rows read`;
  return { code: 'empty-row', field: 'file', count, detail };
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

async function scan(file: FileHandle, scanOptions: ScanOptions, options: SourceOptions): Promise<ScanResult> {
  const { size } = await file.stat();
  const scanner = new CsvScanner(scanOptions);
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(1, size)));
  let offset = scanOptions.start ?? 0;
  while (offset < size) {
    options.signal?.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
    if (bytesRead === 0)
      throw new ImportError(`${options.path} became shorter while it was read; try again when nothing writes to it`);
    offset = scanner.scan(buffer.subarray(0, bytesRead), offset, offset + bytesRead >= size);
    options.onProgress?.({ phase: 'reading', done: offset, total: size });
  }
  return scanner.result();
}

async function readHeader(
  file: FileHandle,
  result: ScanResult,
  encoding: Encoding,
  delimiter: string,
  path: string,
): Promise<string[]> {
  const [first] = result.bad;
  const header = result.header;
  if (first !== undefined && (header === undefined || first.start < header.start)) {
    throw new ImportError(`${path}, line ${first.line}: the header cannot be read: ${first.reason}`);
  }
  if (header === undefined) throw new ImportError(`${path}: the file is empty`);
  if (result.rows === 0 && result.bad.length === 0) throw new ImportError(`${path}: the file has a header and no rows`);
  const bytes = await readAt(file, header.start, header.end - header.start);
  const names = headerNames(new TextDecoder(encoding).decode(bytes), delimiter);
  if (names.length !== result.columns)
    throw new ImportError(`${path}, line ${header.line}: the header cannot be read: its quotes are not balanced`);
  return names;
}

async function malformedRows(file: FileHandle, result: ScanResult, encoding: Encoding): Promise<Reject[]> {
  const decoder = new TextDecoder(encoding);
  const rejects: Reject[] = [];
  for (const { line, start, end, reason } of result.bad) {
    const bytes = await readAt(file, start, Math.min(end - start, QUOTED_BYTES));
    rejects.push({ line, field: '(row)', reason, value: decoder.decode(bytes).replace(/[\r\n]+$/, '') });
  }
  return rejects;
}

/** What a clean copy must leave out or change; undefined when the file can be read as it is. */
function cleaning(
  result: ScanResult,
  encoding: Encoding,
  crBreaks: boolean,
): { out: { start: number; end: number }[]; breaks: 'keep' | 'drop-cr' | 'cr-to-lf' } | undefined {
  const { lf, crlf } = result.breaks;
  const mixed = lf > 0 && crlf > 0;
  // A blank line of a file with one column would be read as an empty value.
  const blank = result.columns === 1 ? result.blank : [];
  if (
    result.bad.length === 0 &&
    blank.length === 0 &&
    result.empty.length === 0 &&
    !mixed &&
    !crBreaks &&
    encoding === 'utf-8'
  )
    return undefined;
  const out = [...result.bad, ...blank, ...result.empty].sort((a, b) => a.start - b.start);
  return { out, breaks: crBreaks ? 'cr-to-lf' : mixed ? 'drop-cr' : 'keep' };
}
