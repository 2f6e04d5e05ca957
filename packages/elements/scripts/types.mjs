// Writes types for frameworks from a manifest. They name the classes, so that no type is said twice.
const HEAD = '// Written by the build from the elements.\n';
const quoted = (names) => names.map((name) => `'${name}'`).join(' | ') || 'never';
/** Where a module is from the types. */
const fromTypes = (path) => path.replace(/^dist\//, '../');
/** The parts of a module that an element's types name. */
const elementsOf = ({ modules }) =>
  modules.map(({ path, declarations: [element] }) => {
    const properties = element.members.filter(({ kind, readonly }) => kind === 'field' && readonly !== true);
    return { ...element, properties, module: fromTypes(path) };
  });
const comment = (text, indent) => `${indent}/** ${text.replaceAll('*/', '*\\/')} */\n`;
const lines = (elements, write) => elements.map(write).join('');
/** What an element takes and tells, by names that do not depend on a framework. */
function elementTypes(elements) {
  const details = elements.flatMap(({ events }) => events.flatMap(({ type }) => type.references ?? []));
  const named = elements.map(({ name, module }) => `import type { ${name} } from '${module}';\n`);
  const told = details.map(({ name, module }) => `import type { ${name} } from '${fromTypes(module)}';\n`);
  const imports = [...new Set([...named, ...told])].join('');
  const types = lines(elements, ({ name, tagName, properties, attributes, events }) => {
    const map = lines(events, (event) => `${comment(event.description, '  ')}  '${event.name}': ${event.type.text};\n`);
    const html = lines(
      attributes,
      (one) =>
        `${comment(`${one.description} Default: ${one.default}.`, '  ')}  '${one.name}'?: ${name}['${one.fieldName}'];\n`,
    );
    return `
/** The properties of \`<${tagName}>\` that a page sets. */
export type ${name}Properties = Partial<Pick<${name}, ${quoted(properties.map((one) => one.name))}>>;
/** Its attributes. */
export interface ${name}Attributes {
${html}}
/** Its own events. */
export interface ${name}EventMap {
${map}}
`;
  });
  const tags = lines(
    elements,
    ({ name, tagName }) =>
      `  '${tagName}': { element: ${name}; properties: ${name}Properties; attributes: ${name}Attributes; events: ${name}EventMap };\n`,
  );
  return `${HEAD}${imports}${types}
/** Every element by its tag. */
export interface SamaElements {
${tags}}
`;
}

const REACT_19 = `${HEAD}import type { HTMLAttributes, RefAttributes } from 'react';
import type { SamaElements } from './elements.js';

type Listeners<Events> = { [Name in keyof Events & string as \`on\${Name}\`]?: ((event: Events[Name]) => void) | undefined };
/** React 19 sets properties and listens to events by their names. */
type Props<Tag extends keyof SamaElements> = SamaElements[Tag]['properties'] &
  SamaElements[Tag]['attributes'] &
  Listeners<SamaElements[Tag]['events']> &
  RefAttributes<SamaElements[Tag]['element']> &
  Omit<HTMLAttributes<SamaElements[Tag]['element']>, keyof SamaElements[Tag]['properties']>;
type Elements = { [Tag in keyof SamaElements]: Props<Tag> };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends Elements {}
  }
}
`;

const REACT_18 = `${HEAD}import type { HTMLAttributes, RefAttributes } from 'react';
import type { SamaElements } from './elements.js';

/** React 18 writes attributes only: what is no text is set, and events are listened to, by a ref. */
type Props<Tag extends keyof SamaElements> = SamaElements[Tag]['attributes'] &
  RefAttributes<SamaElements[Tag]['element']> &
  Omit<HTMLAttributes<SamaElements[Tag]['element']>, keyof SamaElements[Tag]['attributes'] | 'className'> & {
    class?: string | undefined;
  };
type Elements = { [Tag in keyof SamaElements]: Props<Tag> };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends Elements {}
  }
}
`;

const vue = (elements) => `${HEAD}import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { SamaElements } from './elements.js';

type Emits<Events> = { [Name in keyof Events]: (event: Events[Name]) => void };
type Listeners<Events> = { [Name in keyof Events & string as \`on\${Capitalize<Name>}\`]?: (event: Events[Name]) => void };
type Element<Tag extends keyof SamaElements> = new () => SamaElements[Tag]['element'] & {
  $props: SamaElements[Tag]['properties'] &
    SamaElements[Tag]['attributes'] &
    Listeners<SamaElements[Tag]['events']> &
    Omit<HTMLAttributes, keyof SamaElements[Tag]['properties']> &
    PublicProps;
  $emit: EmitFn<Emits<SamaElements[Tag]['events']>>;
};

declare module 'vue' {
  interface GlobalComponents {
${lines(elements, ({ tagName }) => `    '${tagName}': Element<'${tagName}'>;\n`)}  }
}
`;

const svelte = `${HEAD}import type { HTMLAttributes } from 'svelte/elements';
import type { SamaElements } from './elements.js';

type Listeners<Events> = {
  [Name in keyof Events & string as \`on\${Name}\` | \`on:\${Name}\`]?: ((event: Events[Name]) => void) | undefined;
};
type Elements = {
  [Tag in keyof SamaElements]: SamaElements[Tag]['properties'] &
    SamaElements[Tag]['attributes'] &
    Listeners<SamaElements[Tag]['events']> &
    Omit<HTMLAttributes<SamaElements[Tag]['element']>, keyof SamaElements[Tag]['properties']>;
};

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends Elements {}
}
`;

/** @returns {Record<string, string>} declarations by their file */
export function typesOf(manifest) {
  const elements = elementsOf(manifest);
  return {
    'elements.d.ts': elementTypes(elements),
    'react.d.ts': REACT_19,
    'react-18.d.ts': REACT_18,
    'vue.d.ts': vue(elements),
    'svelte.d.ts': svelte,
  };
}
