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
 * Prepares a CSV file. Our own scanner decides what is a row, so that malformed ones are refused by
 * line and DuckDB reads only what is beyond doubt: the file itself when nothing was wrong with it,
 * else a clean UTF-8 copy.
 */
export async function openCsv(options: SourceOptions): Promise<RowSource> {
  const original = await open(options.path, 'r');
  let file = original;
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
    const malformed = await malformedRows(file, result, encoding);
    const plan = cleaning(result, encoding, base.crBreaks ?? false);
    if (plan !== undefined) {
      path = join(options.temporary, 'clean.csv');
      await writeClean(file, guess.mark, { ...plan, encoding }, path);
    }
    return {
      columns: header,
      rows: result.rows,
      malformed,
      notes,
      lineOf: (row) => lineOf(result.steps, row),
      stage: async (connection) => {
        const columns = header.map((_, index) => `c${index}: 'VARCHAR'`).join(', ');
        await connection.run(
          `CREATE TABLE staged AS SELECT * FROM read_csv(${sqlText(path)}, auto_detect = false, header = true, delim = ${sqlText(delimiter)}, quote = '"', escape = '"', ` +
            `columns = {${columns}}, nullstr = [''], allow_quoted_nulls = true, strict_mode = true, null_padding = false, max_line_size = ${DEFAULT_MAX_ROW_BYTES + 1000})`,
        );
        const staged = await queryNumber(connection, 'SELECT count(*) FROM staged');
        // The scanner and DuckDB must agree on what a row is, or a row could get lost unseen.
        if (staged !== result.rows)
          throw new ImportError(
            `${options.path}: ${result.rows} rows were found but ${staged} were read; nothing was imported. Please report this with a sample of the file.`,
          );
      },
    };
  } finally {
    await original.close();
    if (file !== original) await file.close();
  }
}

function encodingNote(encoding: Encoding, reason: string): ImportNote {
  return { code: 'encoding', field: 'file', count: 1, detail: `read as ${encoding}: ${reason}` };
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
  return headerNames(new TextDecoder(encoding).decode(bytes), delimiter);
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
  if (result.bad.length === 0 && blank.length === 0 && !mixed && !crBreaks && encoding === 'utf-8') return undefined;
  const out = [...result.bad, ...blank].sort((a, b) => a.start - b.start);
  return { out, breaks: crBreaks ? 'cr-to-lf' : mixed ? 'drop-cr' : 'keep' };
}
