import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonSplitter, type JsonElement } from './elements.ts';
import { flattenObject } from './flatten.ts';

function split(text: string, size = text.length || 1): JsonElement[] {
  const splitter = new JsonSplitter();
  const found: JsonElement[] = [];
  for (let i = 0; i < text.length; i += size) found.push(...splitter.push(text.slice(i, i + size)));
  splitter.finish();
  return found;
}

test('any array is cut into its elements, however it arrives', () => {
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue()),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(undefined, 2),
      (values, size, indent) => {
        expect(split(JSON.stringify(values, undefined, indent), size).map(({ text }) => JSON.parse(text))).toEqual(
          JSON.parse(JSON.stringify(values)),
        );
      },
    ),
  );
});

test('an object of lists gives the elements of its lists, with their line; other values are passed over', () => {
  const text =
    '{"v": 1, "note": "[not, a list]", "meta": {"a": [1]},\n"records": [{"x": 1},\n{"x": 2}],\n"events": ["e"]}';
  expect(split(text, 3).map((element) => ({ ...element, text: element.text.trim() }))).toEqual([
    { list: 'records', text: '{"x": 1}', line: 2 },
    { list: 'records', text: '{"x": 2}', line: 3 },
    { list: 'events', text: '"e"', line: 4 },
  ]);
});

test('what is no array or object, ends early or goes on is an error with its line', () => {
  expect(() => split('"text"')).toThrow('line 1: the file is neither a JSON array nor an object');
  expect(() => split('[1,\n{"a": "]"}')).toThrow('line 2: the JSON ends before its last bracket is closed');
  expect(() => split('[1]\n[2]')).toThrow('line 2: text follows the end');
});

test('objects are flattened by dotted names, and numbers that would change are refused', () => {
  expect([...flattenObject('{"a":{"b":1.5,"c":[1]},"d":null,"e":true,"__proto__":{"x":"y"}}')]).toEqual([
    ['a.b', '1.5'],
    ['a.c', '[1]'],
    ['d', null],
    ['e', 'true'],
    ['__proto__.x', 'y'],
  ]);
  expect(() => flattenObject('{"id":12345678901234567890}')).toThrow('id: the number is too large');
  expect(() => flattenObject('[1]')).toThrow('not a JSON object');
});
