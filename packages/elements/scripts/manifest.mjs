// Reads the elements out of their sources into a Custom Elements Manifest.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, ts } from '@custom-elements-manifest/analyzer';

/** What the base class has for elements, and pages need not. */
const INNER = new Set(['addController', 'isUpdatePending', 'renderRoot']);

/** `Default: …` at the end of a docstring. A value in backticks stands without them. */
function withDefault({ description = '', ...rest }) {
  const [, said, fallback] = /^([^]*?)\s*\bDefault: ([^]+?)\.?$/.exec(description.trim()) ?? [];
  if (fallback === undefined) return { ...rest, ...(description === '' ? {} : { description }) };
  const value = /^`([^`]*)`$/.exec(fallback)?.[1] ?? fallback;
  return { ...rest, ...(said === '' ? {} : { description: said }), default: value };
}

const built = (path) => path.replace(/^src\//, 'dist/').replace(/\.ts$/, '.js');

/** The options of `static properties`, by name. */
function optionsOf(node) {
  const properties = node.members.find(
    (member) => ts.isPropertyDeclaration(member) && member.name.getText() === 'properties',
  );
  const given = properties?.initializer;
  if (given === undefined || !ts.isObjectLiteralExpression(given)) return {};
  const literal = (text) => (text === 'true' ? true : text === 'false' ? false : text.slice(1, -1));
  const entries = given.properties.filter(ts.isPropertyAssignment).map(({ name, initializer }) => {
    const options = ts.isObjectLiteralExpression(initializer) ? initializer.properties : [];
    const pairs = options.map((option) => [option.name.getText(), literal(option.initializer.getText())]);
    return [name.getText(), Object.fromEntries(pairs)];
  });
  return Object.fromEntries(entries);
}

/** Properties stand in `static properties`; the events of the page's map say the types of details. */
function ownStyle() {
  const eventTypes = new Map();
  /** The module of each interface that tells the details of an event. */
  const details = new Map();
  return {
    name: 'own-style',
    analyzePhase({ node, moduleDoc }) {
      if (ts.isInterfaceDeclaration(node) && node.name.text === 'HTMLElementEventMap')
        for (const member of node.members) eventTypes.set(member.name.text, member.type.getText());
      const isType = ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
      if (isType && node.name.text.endsWith('Detail')) details.set(node.name.text, moduleDoc.path);
      if (!ts.isClassDeclaration(node)) return;
      const declared = moduleDoc.declarations?.find(({ name }) => name === node.name?.text);
      if (declared === undefined) return;
      for (const [name, { attribute = name.toLowerCase() }] of Object.entries(optionsOf(node))) {
        const member = declared.members?.find((one) => one.name === name);
        if (member === undefined || member.privacy !== undefined || attribute === false) continue;
        Object.assign(member, { attribute });
        const { description, type } = member;
        (declared.attributes ??= []).push({ name: attribute, fieldName: name, description, type });
      }
    },
    packageLinkPhase({ customElementsManifest }) {
      for (const { declarations } of customElementsManifest.modules) {
        for (const element of declarations) {
          for (const event of element.events ?? []) {
            const known = eventTypes.get(event.name);
            if ((event.type?.text ?? 'CustomEvent') === 'CustomEvent' && known !== undefined)
              event.type = { text: known };
            const names = [...new Set(event.type?.text.match(/\w+/g))].filter((name) => details.has(name));
            if (names.length > 0)
              event.type.references = names.map((name) => ({ name, module: built(details.get(name)) }));
          }
        }
      }
    },
  };
}

const isPublic = ({ name, privacy, static: isStatic }) =>
  privacy === undefined && isStatic !== true && !name.startsWith('#') && !INNER.has(name);
const byName = (a, b) => (a.name < b.name ? -1 : 1);
/** One line, as tables and editors show it. */
const oneLine = (thing) =>
  thing.description === undefined ? thing : { ...thing, description: thing.description.replace(/\s+/g, ' ').trim() };

/** What pages may use of an element, each thing with its default; what it is built upon is not for them. */
function published({ members = [], attributes = [], cssProperties = [], events = [], superclass: _, ...element }) {
  const isOwn = (one) => members.find(({ name }) => name === one.fieldName)?.privacy === undefined;
  return oneLine({
    ...element,
    attributes: attributes.filter(isOwn).map(oneLine).map(withDefault).toSorted(byName),
    members: members.filter(isPublic).map(oneLine).map(withDefault).toSorted(byName),
    // What is said by a constant is between elements.
    events: events
      .filter(({ name }) => name.includes('-'))
      .map(oneLine)
      .toSorted(byName),
    cssProperties: cssProperties.map(oneLine).map(withDefault),
    ...Object.fromEntries(['slots', 'cssParts'].map((kind) => [kind, (element[kind] ?? []).map(oneLine)])),
  });
}

/** @param {string} here the package @returns the manifest of the elements, by their built modules */
export function manifestOf(here) {
  const files = globSync('src/**/*.ts', { cwd: here })
    .filter((path) => !/\.(test|stories)\.ts$|\/testing\//.test(path))
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();
  const modules = files.map((path) =>
    ts.createSourceFile(path, readFileSync(join(here, path), 'utf8'), ts.ScriptTarget.ES2022, true),
  );
  const all = create({ modules, plugins: [ownStyle()], context: { dev: false } });
  const elements = all.modules.flatMap(({ path, declarations }) =>
    declarations.filter(({ tagName }) => tagName !== undefined).map((element) => ({ path, element })),
  );
  return {
    schemaVersion: '1.0.0',
    readme: '',
    modules: elements
      .toSorted((a, b) => byName({ name: a.element.tagName }, { name: b.element.tagName }))
      .map(({ path, element }) => {
        const declaration = { name: element.name, module: built(path) };
        return {
          kind: 'javascript-module',
          path: built(path),
          declarations: [published(element)],
          exports: [
            { kind: 'js', name: element.name, declaration },
            { kind: 'custom-element-definition', name: element.tagName, declaration },
          ],
        };
      }),
  };
}
