import { parse } from 'csv-parse/sync';
import * as z from 'zod/mini';
import { CsvScanner, type ScanResult } from './scan.ts';

const Rows = z.array(z.array(z.string()));
const DELIMITERS = [',', ';', '\t', '|'];

/** The delimiter of a CSV text, and why it is taken for it. @beta */
export interface DelimiterGuess {
  delimiter: string;
  reason: string;
}

function scanText(text: string, delimiter: string): ScanResult {
  const bytes = new TextEncoder().encode(text);
  const scanner = new CsvScanner({ delimiter, crBreaks: usesCr(text) });
  let offset = 0;
  do {
    offset = scanner.scan(bytes.subarray(offset), offset, true);
  } while (offset < bytes.length);
  return scanner.result();
}

/** Whether the only line breaks of a text are lone carriage returns. @beta */
export function usesCr(text: string): boolean {
  return text.includes('\r') && !text.includes('\n');
}

/** The delimiter under which most rows agree with the header, and the one with most columns among equals. @beta */
export function guessDelimiter(text: string): DelimiterGuess {
  let best = { delimiter: ',', columns: 1, share: -1 };
  for (const delimiter of DELIMITERS) {
    const { columns, rows, bad } = scanText(text, delimiter);
    const share = columns < 2 ? -1 : rows + bad.length === 0 ? 0 : rows / (rows + bad.length);
    if (share > best.share + 0.02 || (share >= best.share - 0.02 && columns > best.columns))
      best = { delimiter, columns, share };
  }
  const name = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }[best.delimiter] ?? best.delimiter;
  if (best.columns < 2) return { delimiter: ',', reason: 'the header has one column' };
  return {
    delimiter: best.delimiter,
    reason: `the header has ${best.columns} columns by ${name}, and ${Math.round(100 * Math.max(0, best.share))} % of the sampled rows agree`,
  };
}

/**
 * The rows of a sample as fields, the header first. Rows that do not read or are empty are left out, as is a
 * last line cut short (`complete: false`).
 * @beta
 */
export function sampleRows(text: string, delimiter: string, complete: boolean): string[][] {
  const breaks = usesCr(text) ? '\r' : '\n';
  const end = complete ? text.length : text.lastIndexOf(breaks) + 1;
  const rows = Rows.parse(
    parse(text.slice(0, end === 0 ? text.length : end), {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      ...(breaks === '\r' ? { record_delimiter: '\r' } : {}),
    }),
  );
  const width = rows[0]?.length ?? 0;
  return rows.filter((row, index) => index === 0 || (row.length === width && row.some((cell) => cell.trim() !== '')));
}

/** The names in a header line: trimmed, in order, `column 3` for one without a name. @beta */
export function headerNames(line: string, delimiter: string): string[] {
  const [row = []] = Rows.parse(
    parse(line, { delimiter, relax_quotes: true, to: 1, record_delimiter: ['\r\n', '\n', '\r'] }),
  );
  return row.map((name, index) => name.trim() || `column ${index + 1}`);
}
