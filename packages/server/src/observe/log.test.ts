import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { openLog } from './log.ts';
import { requestIdOf, requestScope } from './request-id.ts';
import { scrubbed } from './scrub.ts';

const Line = z.looseObject({ level: z.string(), time: z.string(), msg: z.string() });

function opened(level: Parameters<typeof openLog>[0] = 'info') {
  const lines: string[] = [];
  return { log: openLog(level, (line) => lines.push(line)), lines };
}

test('whatever fails is one line of JSON, and no text of it makes another', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { log, lines } = opened('debug');
      log.error(new Error(`${text}\n{"level":"info","msg":"forged"}\u001B[2J`));
      log.error(text);
      expect(lines).toHaveLength(2);
      for (const line of lines) {
        expect(line.trimEnd().split(/[\r\n\u2028\u2029]/u)).toHaveLength(1);
        expect(line.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(Line.parse(JSON.parse(line))).toMatchObject({ level: 'error', msg: 'failed' });
      }
    }),
  );
});

test.each([
  ['could not send to dana.doe+x@example.com: no such box', 'could not send to [address]: no such box'],
  ['connect postgresql://sama:hunter2@db:5432/x failed', 'connect postgresql://***@db:5432/x failed'],
  ['Authorization: Bearer abc.def-ghi', 'Authorization: Bearer [token]'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkYW5hIn0.c2ln was shown', '[token] was shown'],
  [`key sama_${'x'.repeat(43)} was shown`, 'key [key] was shown'],
  [
    "Conversion Error: Could not convert string 'Dana Doe' to INT32",
    "Conversion Error: Could not convert string '…' to INT32",
  ],
  ['Binder Error: no column "x"\nLINE 1: SELECT name FROM records', "Binder Error: no column '…'"],
  ['invalid input syntax for type integer: "Dana"', "invalid input syntax for type integer: '…'"],
])('%s is told without what names somebody or lets them in', (text, told) => {
  expect(scrubbed(text)).toBe(told);
});

test('lines below the level are not written, stacks only from debug on, and the level can change', () => {
  const { log, lines } = opened('warn');
  log.note('started');
  expect(lines).toEqual([]);
  log.error(new TypeError('a dana@example.com'));
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'error',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    kind: 'TypeError',
    error: 'a [address]',
    msg: 'failed',
  });
  log.level = 'debug';
  log.error(new TypeError('a dana@example.com'));
  expect(lines[1]).toContain('log.test.ts');
  expect(lines[1]).not.toContain('dana');
});

test('an error is told with the request during which it happened', async () => {
  const { log, lines } = opened();
  await requestScope.run('r-1', async () => {
    await Promise.resolve();
    log.error(new Error('late'));
  });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ id: 'r-1' });
});

test('the id of a proxy is taken when it harms nothing', () => {
  expect(requestIdOf('abc-123.4:5_6')).toBe('abc-123.4:5_6');
  for (const given of [undefined, '', 'a b', 'x'.repeat(65), 'a\n{"level":"x"}', '<b>', 'ä'])
    expect(requestIdOf(given)).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/);
});
