import { sha256Hex } from '@sama/metrics/definitions';
import type { ElementClass } from '../elements.ts';
import { laterStyles } from './later.ts';

/**
 * What an element sets by its class once it knows its width, as questions to the width: a server does not
 * know it. The selectors weigh the same.
 */
const SIZES: readonly [size: RegExp, as: string, when: string][] = [
  [/\.mid\b/g, '.wide', '34em <= width < 55em'],
  [/\.slim\b/g, '.chart:where(.wide *)', 'width < 45em'],
  [/\.narrow\b/g, '.wide', 'width < 34em'],
];

/** Rules of a style sheet that stand in no other, with what they hold. */
function* rulesOf(sheet: string): Generator<[selector: string, body: string]> {
  let depth = 0;
  let [from, body] = [0, 0];
  for (const { 0: brace, index } of sheet.matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1;
    if (brace === '{' && depth === 1) body = index;
    if (depth > 0) continue;
    yield [sheet.slice(from, body).trim(), sheet.slice(body, index + 1)];
    from = index + 1;
  }
}

function responsive(sheet: string): string {
  const rules = [...rulesOf(sheet)].filter(([selector]) => !selector.startsWith('@'));
  return SIZES.flatMap(([size, as, when]) =>
    rules.flatMap(([selector, body]) =>
      selector.search(size) >= 0 ? `@container (${when}) { ${selector.replace(size, as)} ${body} }` : [],
    ),
  ).join('\n');
}

const sheets = new WeakMap<ElementClass, { text: string; hash: string }>();

/** The style sheet an element is served with, and its hash for a policy: `sha256-…`. */
export function sheetOf(element: ElementClass): { text: string; hash: string } {
  const known = sheets.get(element);
  if (known !== undefined) return known;
  const own = element.styles.join('\n').replace(/\/\*[^]*?\*\//g, '');
  const sized = responsive(own);
  const room = sized === '' ? '' : ':host { container-type: inline-size }';
  const text = [own, room, sized, ...laterStyles(element)].join('\n').replace(/\s+/g, ' ').trim();
  const bytes = sha256Hex(text).replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
  const sheet = { text, hash: `sha256-${btoa(bytes)}` };
  sheets.set(element, sheet);
  return sheet;
}
