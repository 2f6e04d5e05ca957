import { type Checker, NodeBuilderFlags, SymbolFlags, type Symbol, type Type } from 'typescript/unstable/sync';

const FLAGS =
  NodeBuilderFlags.NoTruncation |
  NodeBuilderFlags.UseAliasDefinedOutsideCurrentScope |
  NodeBuilderFlags.UseSingleQuotesForStringLiteralType |
  NodeBuilderFlags.InTypeAlias;

const NAME = NodeBuilderFlags.UseAliasDefinedOutsideCurrentScope;

/** The longest text that stays on one line. */
const WIDTH = 80;

const idsOf = (types: readonly Type[]): Set<number> => new Set(types.map(({ id }) => id));

export const indent = (text: string): string => text.replaceAll('\n', '\n  ');

/** A comment of its own, above what it is about. */
function comment(text: string): string {
  if (text === '') return '';
  return text.includes('\n') ? `/**\n * ${text.replaceAll('\n', '\n * ')}\n */\n` : `/** ${text} */\n`;
}

/**
 * Types as text for readers. A type that a schema describes is spelt out with what the schema says of its fields;
 * inside of it, what is exported under a name is called by that name.
 */
export class TypeText {
  readonly #checker: Checker;
  /** The names of exported types, by the id of the type. */
  readonly #names = new Map<number, string>();
  /** Exported unions by their members, since a field that may be left out has one more. */
  readonly #unions: { ids: Set<number>; name: string }[] = [];
  /** What is being spelt out. */
  readonly #open = new Set<number>();

  constructor(checker: Checker, exported: Iterable<Symbol>) {
    this.#checker = checker;
    for (const symbol of exported) {
      if ((symbol.flags & SymbolFlags.TypeAlias) === 0) continue;
      const type = checker.getDeclaredTypeOfSymbol(symbol);
      if (this.#hasFields(type) || type.isUnionType()) this.#names.set(type.id, symbol.name);
      if (type.isUnionType()) this.#unions.push({ ids: idsOf(type.getTypes() ?? []), name: symbol.name });
    }
  }

  /** The type with its own name spelt out, if it has one. */
  whole(type: Type): string {
    if (type.isUnionType()) return this.#union(type.getTypes() ?? []);
    return this.#hasFields(type) ? this.#object(type) : this.#part(type);
  }

  /** The type by its name, if it has one; one of another package that holds itself, by the name it has there. */
  named(type: Type): string {
    const name = this.#names.get(type.id);
    if (name !== undefined) return name;
    if (this.#open.has(type.id)) return this.#checker.typeToString(type, undefined, NAME);
    this.#open.add(type.id);
    const text = this.whole(type);
    this.#open.delete(type.id);
    return text;
  }

  #part(type: Type): string {
    const [item] =
      this.#checker.isArrayType(type) && type.isTypeReference() ? this.#checker.getTypeArguments(type) : [];
    const whole = this.#checker.typeToString(type, undefined, FLAGS).replaceAll('; }', ' }');
    if (item === undefined) return whole;
    const text = this.named(item);
    const array = text.includes(' | ') || text.startsWith('|') || text.includes('=>') ? `(${text})[]` : `${text}[]`;
    return whole.startsWith('readonly ') ? `readonly ${array}` : array;
  }

  /** Whether it is an object of fields, and no class, function or array. */
  #hasFields(type: Type): boolean {
    if (!type.isObjectType() || type.isClassOrInterface() || this.#checker.isArrayLikeType(type)) return false;
    if (type.isTypeReference() || this.#checker.getIndexInfosOfType(type).length > 0) return false;
    return (
      this.#checker.getPropertiesOfType(type).length > 0 && this.#checker.getSignaturesOfType(type, 0).length === 0
    );
  }

  #union(types: readonly Type[]): string {
    const [only, ...more] = types;
    if (only !== undefined && more.length === 0) return this.named(only);
    const texts = types.map((each) => this.named(each));
    // `boolean` is a union of its two literals.
    const words = texts.includes('false') && texts.includes('true') ? ['boolean'] : [];
    const all = [...texts.filter((text) => words.length === 0 || !/^(?:true|false)$/.test(text)), ...words];
    const line = all.join(' | ');
    return line.length <= WIDTH && !line.includes('\n') ? line : `\n  | ${all.map(indent).join('\n  | ')}`;
  }

  #object(type: Type): string {
    const fields = this.#checker.getPropertiesOfType(type).map((field) => this.#field(field));
    const line = `{ ${fields.join(' ').replace(/;$/, '')} }`;
    const isShort = line.length <= WIDTH && !line.includes('\n');
    return isShort ? line : `{\n${fields.map((field) => `  ${indent(field)}`).join('\n')}\n}`;
  }

  #field(field: Symbol): string {
    const isOptional = (field.flags & SymbolFlags.Optional) !== 0;
    const type = this.#checker.getTypeOfSymbol(field);
    const name = /^[\w$]+$/.test(field.name) ? field.name : `'${field.name}'`;
    const says = comment(field.getDocumentationComment(this.#checker));
    return `${says}${name}${isOptional ? '?' : ''}: ${type === undefined ? 'unknown' : this.#value(type, isOptional)};`;
  }

  /** What a field holds; that it may be left out is said by its `?`. */
  #value(type: Type, isOptional: boolean): string {
    const types = type.isUnionType() ? (type.getTypes() ?? []) : [];
    if (!isOptional || types.length === 0) return this.named(type);
    const rest = types.filter((each) => this.#checker.typeToString(each) !== 'undefined');
    const ids = idsOf(rest);
    const same = this.#unions.find((union) => union.ids.size === ids.size && rest.every(({ id }) => union.ids.has(id)));
    return same?.name ?? this.#union(rest);
  }
}
