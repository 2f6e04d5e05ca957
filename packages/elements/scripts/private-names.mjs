// Gives the private names of each class the same few names, so that classes are told alike.
import { parseAst } from 'vite';

/** The script with private names by how often a class uses them: `#_0` is that of its most used one. */
export function privateNames(script) {
  const edits = [];
  for (const [kind, ...names] of classesOf(parseAst(script))) {
    const ranked = [...new Map(names.map(({ name }) => [name, names.filter((one) => one.name === name)])).values()];
    ranked.sort((a, b) => b.length - a.length);
    ranked.forEach((same, rank) =>
      edits.push(...same.map(({ start, end }) => ({ start, end, to: `#_${kind + rank}` }))),
    );
  }
  let at = 0;
  let out = '';
  for (const { start, end, to } of edits.toSorted((a, b) => a.start - b.start)) {
    out += script.slice(at, start) + to;
    at = end;
  }
  return out + script.slice(at);
}

/** Of each class how many private names the classes around it have, then where its own stand. */
function classesOf(root) {
  const found = [];
  const visit = (node, around) => {
    if (Array.isArray(node)) return node.forEach((one) => visit(one, around));
    if (node === null || typeof node !== 'object') return;
    let scopes = around;
    if (node.type === 'ClassBody') {
      const own = new Set(node.body.flatMap(({ key }) => (key?.type === 'PrivateIdentifier' ? [key.name] : [])));
      const all = around.reduce((sum, scope) => sum + scope.own.size, 0);
      scopes = [{ own, places: [all] }, ...around];
      found.push(scopes[0].places);
    }
    if (node.type === 'PrivateIdentifier') scopes.find(({ own }) => own.has(node.name)).places.push(node);
    for (const value of Object.values(node)) if (typeof value === 'object') visit(value, scopes);
  };
  visit(root, []);
  return found;
}
