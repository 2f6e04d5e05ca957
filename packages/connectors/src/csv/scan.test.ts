import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CsvScanner, lineOf, type ScanOptions, type ScanResult } from './scan.ts';

function scan(text: string | Uint8Array, options: Partial<ScanOptions> = {}, chunkSize = 1 << 16): ScanResult {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const scanner = new CsvScanner({ delimiter: ',', ...options });
  let offset = 0;
  do {
    const end = Math.min(bytes.length, offset + chunkSize);
    offset = scanner.scan(bytes.subarray(offset, end), offset, end === bytes.length);
  } while (offset < bytes.length);
  return scanner.result();
}

const lines = (result: ScanResult): number[] =>
  Array.from({ length: result.rows }, (_, row) => lineOf(result.steps, row));
const bad = (result: ScanResult): [number, string][] => result.bad.map(({ line, reason }) => [line, reason]);

test('rows are counted below the header, with the line each starts on', () => {
  const result = scan('a,b\n1,2\n\n3,"x\ny"\n4,5');
  expect(result.columns).toBe(2);
  expect(lines(result)).toEqual([2, 4, 6]);
  expect(result.blank).toHaveLength(1);
  expect(result.bad).toEqual([]);
});

test('escaped quotes, quotes inside plain fields and Windows line breaks are read', () => {
  const result = scan('a,b\r\n"say ""hi""",5" pipe\r\n"",""\r\n');
  expect(result).toMatchObject({ rows: 2, bad: [], breaks: { lf: 0, crlf: 3, cr: 0 } });
});

test('a row with too few or too many columns is refused with its numbers', () => {
  expect(bad(scan('a,b\n1\n1,2\n1,2,3\n'))).toEqual([
    [2, '1 column where the header has 2'],
    [4, '3 columns where the header has 2'],
  ]);
});

test('an unclosed quote costs its own line only', () => {
  const result = scan('a,b\n1,"open\n2,x\n3,"fine"\n4,y\n');
  expect(bad(result)).toEqual([[2, 'a quote is opened and never closed']]);
  expect(lines(result)).toEqual([3, 4, 5]);
});

test('an unclosed quote in the last line and text after a quote are refused', () => {
  expect(bad(scan('a,b\n1,2\n3,"x'))).toEqual([[3, 'a quote is opened and never closed']]);
  expect(bad(scan('a,b\n"x"y,2\n3,4\n'))).toEqual([[2, 'text follows a closing quote']]);
});

test('NULs, lone carriage returns and long rows are refused', () => {
  expect(bad(scan('a,b\n1,\0\n2,3\n'))).toEqual([[2, 'a NUL character stands in the row']]);
  expect(bad(scan('a,b\n1,x\ry\n2,3\n'))).toEqual([[2, 'a carriage return stands inside the line']]);
  const long = scan(`a,b\n1,${'x'.repeat(500)}\n2,3\n4,"${'y\n'.repeat(300)}\n5,6\n`, { maxRowBytes: 100 });
  expect(bad(long)[0]).toEqual([2, 'the row is longer than 100 bytes']);
  expect(bad(long)[1]).toEqual([4, 'a quote is opened and not closed within 100 bytes']);
  expect(long.rows).toBe(2);
});

test('files whose only line break is the carriage return are read when asked', () => {
  const result = scan('a,b\r1,2\r3,4', { crBreaks: true });
  expect(lines(result)).toEqual([2, 3]);
});

test('bytes that are not UTF-8 are counted, or refused when asked', () => {
  const bytes = new Uint8Array([
    ...new TextEncoder().encode('a,b\n1,é\n2,'),
    0xe9,
    ...new TextEncoder().encode('\n3,x\n'),
  ]);
  expect(scan(bytes)).toMatchObject({ rows: 3, invalidText: 1, multibyte: true });
  expect(bad(scan(bytes, { refuseInvalidText: true }))).toEqual([[3, 'the text is not UTF-8']]);
  for (const wrong of [[0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80]]) {
    expect(scan(new Uint8Array([0x61, 0x0a, ...wrong, 0x0a])).invalidText).toBe(1);
  }
  expect(scan('a\n€\n😀\n').invalidText).toBe(0);
});

test('the answer does not depend on how the file is cut into chunks', () => {
  const piece = fc.constantFrom('a', ',', '"', '\n', '\r\n', '\r', '\0', 'é', '😀', '""', '1,2\n', '"x\ny",z\n');
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      fc.boolean(),
      (pieces, size, crBreaks) => {
        const text = `h,i\n${pieces.join('')}`;
        const options = { crBreaks, maxRowBytes: 30 };
        // The length is noticed at the next special byte or at the end of a chunk, so only rows within it are compared.
        fc.pre(
          !scan(text, { crBreaks, maxRowBytes: 1e6 })
            .bad.concat(scan(text, options, size).bad)
            .some((row) => row.reason.includes('30 bytes')),
        );
        expect(scan(text, options, size)).toEqual(scan(text, options));
      },
    ),
    { numRuns: 1000 },
  );
});

test('every byte belongs to the header, a good row, a bad row or a blank line', () => {
  const piece = fc.constantFrom('a', ',', '"', '\n', '\r\n', '1,2\n', '"x\ny",z\n');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = `h,i\n${pieces.join('')}`;
      const result = scan(text);
      const out = [...result.bad, ...result.blank].sort((one, other) => one.start - other.start);
      let kept = '';
      let from = 0;
      for (const range of out) {
        expect(range.start).toBeGreaterThanOrEqual(from);
        kept += text.slice(from, range.start);
        from = range.end;
      }
      kept += text.slice(from);
      // What is left is a file without a fault and with the same good rows.
      expect(scan(kept)).toMatchObject({ rows: result.rows, bad: [], blank: [] });
    }),
    { numRuns: 1000 },
  );
});
