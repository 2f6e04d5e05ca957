import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConnectorError } from './errors.ts';
import { patiently, pauseOf, retryAfterMs, type Pace } from './patience.ts';
import { readSecretsText, Secrets } from './secrets.ts';
import { stageValues } from './stages.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');

test('a pause is never shorter than asked, and without a wish never longer than a bound that doubles', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.option(fc.nat(400_000)),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, wish, random) => {
        const pause = pauseOf(attempt, wish ?? undefined, random);
        const bound = Math.min(60_000, 500 * 2 ** (attempt - 1));
        const [least, most] = wish === null ? [0, bound] : [wish, wish + 500];
        expect(pause).toBeGreaterThanOrEqual(least);
        expect(pause).toBeLessThanOrEqual(most);
      },
    ),
  );
});

test.each([
  ['7', 7000],
  ['0.5', 500],
  ['Mon, 01 Jun 2026 12:00:30 GMT', 30_000],
  ['Mon, 01 Jun 2026 11:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  ['in 5 s', undefined],
  ['2026-06-01', undefined],
  ['9'.repeat(400), undefined],
  [null, undefined],
])('Retry-After %j is %j ms', (header, ms) => {
  expect(retryAfterMs(header, NOW)).toBe(ms);
});

test('only what is busy is tried again, and whoever has lost interest is not kept', async () => {
  const pace: Pace = { sleep: async () => undefined, random: () => 0, now: () => NOW };
  let tries = 0;
  const failing = (code: ConstructorParameters<typeof ConnectorError>[0]) => () => {
    tries += 1;
    return Promise.reject(new ConnectorError(code, 'it failed.'));
  };
  await expect(patiently(failing('refused'), pace)).rejects.toMatchObject({ code: 'refused' });
  expect(tries).toBe(1);
  await expect(patiently(failing('busy'), pace)).rejects.toMatchObject({ code: 'unreachable' });
  expect(tries).toBe(8);
  const left = AbortSignal.abort(new Error('left'));
  await expect(patiently(failing('busy'), pace, left)).rejects.toThrow('left');
  expect(tries).toBe(8);
});

test('however a secret is printed, it does not appear', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 6, maxLength: 40 }).filter((text) => text.trim().length >= 6),
      fc.string(),
      (value, around) => {
        const secrets = new Secrets({ SAMA_TOKEN: value });
        const text = value.trim();
        fc.pre(!around.includes(text) && !'[secret]'.includes(text) && !'SAMA_TOKEN secrets: '.includes(text));
        for (const shown of [
          JSON.stringify({ secrets }),
          String(secrets),
          inspect({ secrets }, { depth: 9, showHidden: true }),
        ])
          expect(shown).not.toContain(text);
        const form = String(new URLSearchParams({ '': text })).slice(1);
        for (const written of [text, form, encodeURIComponent(text), JSON.stringify(text)])
          expect(secrets.redact(`${around}${written}${around}`)).not.toContain(text);
      },
    ),
  );
});

test('a file of secrets is lines of NAME=value, and a wrong line is named without its content', () => {
  expect(readSecretsText('\uFEFF# remark\r\nexport A_B=one two \n\nC="x=y#"\n')).toEqual({ A_B: 'one two', C: 'x=y#' });
  expect(() => readSecretsText('A=1\nhunter2hunter2')).toThrow(/^line 2 of the file of secrets is not NAME=value$/);
});

test('a stage is known by the settings first, then by the vendor, then by its name', () => {
  const stages = [{ key: 'mql' }, { key: 'sal' }, { key: 'won', label: 'Won' }];
  const options = ['mq', 'x', 'Closed Won', 'MQL', 'other'].map((value) => ({ value, label: value }));
  const read = stageValues(
    'field',
    options,
    { stages, currency: 'EUR', settings: { stages: { field: { x: 'sal', other: null, gone: 'mql' } } } },
    { usual: ({ value }) => (value === 'mq' ? ['customer', 'mql'] : []) },
  );
  const known = { mq: 'mql', x: 'sal', gone: 'mql', 'Closed Won': 'won', MQL: 'mql' };
  expect(Object.fromEntries(read.values)).toEqual(known);
  expect([...read.ignored]).toEqual(['other']);
  expect(read.notes).toEqual([expect.stringMatching(/^field has no value "gone"/)]);
});
