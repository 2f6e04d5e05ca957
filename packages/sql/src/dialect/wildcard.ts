/** A wildcard as a regular expression that holds every character with the same lower case. */
export function regularExpression(wildcard: string): string {
  const pieces = Array.from(wildcard, (c) => (c === '*' ? '.*' : c === '?' ? '.' : oneOf(c.toLowerCase())));
  return `^(${pieces.join('')})$`;
}

function oneOf(folded: string): string {
  const same = [...new Set([folded, ...(upperCases().get(folded) ?? [])])];
  return same.length === 1 ? escaped(folded) : `(${same.map(escaped).join('|')})`;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

let uppers: Map<string, string[]> | undefined;

/** Characters by their lower case, where it is another. */
function upperCases(): ReadonlyMap<string, string[]> {
  if (uppers !== undefined) return uppers;
  uppers = new Map();
  for (let code = 0x41; code < 0x1_f000; code += 1) {
    const character = String.fromCodePoint(code);
    const lower = character.toLowerCase();
    if (lower === character) continue;
    const same = uppers.get(lower);
    if (same === undefined) uppers.set(lower, [character]);
    else same.push(character);
  }
  return uppers;
}
