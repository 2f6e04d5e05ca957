import type { Checker, Symbol } from 'typescript/unstable/sync';
import type { ClassDeclaration, FunctionDeclaration, Node, VariableDeclaration } from 'typescript/unstable/ast';
import {
  isArrowFunction,
  isClassDeclaration,
  isConstructorDeclaration,
  isFunctionDeclaration,
  isGetAccessorDeclaration,
  isMethodDeclaration,
  isPropertyDeclaration,
  isTypeAliasDeclaration,
  isVariableDeclaration,
} from 'typescript/unstable/ast/is';
import type { Kind } from './shape.ts';
import { indent, type TypeText } from './type-text.ts';

/** The text of a declaration without `export`, moved to the margin. */
const plain = (node: Node): string => node.getText().replace(/^export\s+(?:declare\s+)?/, '');

/** What stands before the body. */
function head(node: Node, body: Node | undefined): string {
  const whole = node.getText();
  return (body === undefined ? whole : whole.slice(0, body.getStart() - node.getStart())).trim();
}

function functionText(declarations: readonly FunctionDeclaration[]): string {
  const overloads = declarations.filter(({ body }) => body === undefined);
  const shown = overloads.length > 0 ? overloads : declarations;
  return shown.map((each) => head(each, each.body).replace(/^export\s+(?:async\s+)?/, '')).join('\n');
}

/** The comment of a member as it stands, moved to the margin. */
function docsOf(member: Node): string {
  const text = member.getSourceFile().text.slice(member.getStart(undefined, true), member.getStart());
  return text.replaceAll(/\n\s*\*/g, '\n *').replace(/\s*$/, text === '' ? '' : '\n');
}

/** A class with what a caller can reach: no bodies, nothing private. */
function classText(checker: Checker, types: TypeText, node: ClassDeclaration): string {
  const isHidden = (member: Node): boolean => /^(?:(?:static|readonly)\s+)*(?:private\b|#)/.test(member.getText());
  const members = node.members
    .filter((member) => !isHidden(member))
    .map((member) => `  ${indent(`${docsOf(member)}${memberText(checker, types, member)};`)}`);
  const text = plain(node);
  return `${text.slice(0, text.indexOf('{')).trim()} {\n${members.join('\n')}\n}`;
}

function memberText(checker: Checker, types: TypeText, member: Node): string {
  if (isMethodDeclaration(member) || isConstructorDeclaration(member) || isGetAccessorDeclaration(member))
    return head(member, member.body).replace(/^async\s+/, '');
  if (!isPropertyDeclaration(member) || member.type !== undefined || member.initializer === undefined)
    return member.getText().replace(/;$/, '');
  const of = checker.getTypeAtLocation(member);
  return `${head(member, member.initializer).replace(/\s*=$/, '')}: ${of === undefined ? 'unknown' : types.named(of)}`;
}

/** A constant: a function by its parameters, anything else by its type. */
function valueText(checker: Checker, types: TypeText, symbol: Symbol, node: VariableDeclaration): string {
  const { initializer } = node;
  if (
    node.type === undefined &&
    initializer !== undefined &&
    isArrowFunction(initializer) &&
    initializer.type !== undefined
  ) {
    const parameters = initializer.getText().slice(0, initializer.type.getStart() - initializer.getStart());
    return `const ${symbol.name}: ${parameters.replace(/\s*:\s*$/, '')} => ${initializer.type.getText()}`;
  }
  const type = checker.getTypeOfSymbol(symbol);
  return `const ${symbol.name}: ${node.type?.getText() ?? (type === undefined ? 'unknown' : types.named(type))}`;
}

const FROM_SCHEMA = /\bz\.(?:infer|input|output)\b/;

/** How an export is written down for its callers, and what kind of thing it is. */
export function signatureOf(
  checker: Checker,
  types: TypeText,
  symbol: Symbol,
  declarations: readonly Node[],
): { kind: Kind; signature: string } {
  const functions = declarations.filter(isFunctionDeclaration);
  if (functions.length > 0) return { kind: 'function', signature: functionText(functions) };
  const ofClass = declarations.find(isClassDeclaration);
  if (ofClass !== undefined) return { kind: 'class', signature: classText(checker, types, ofClass) };

  const alias = declarations.find(isTypeAliasDeclaration);
  const value = declarations.find(isVariableDeclaration);
  const kind = value === undefined ? 'type' : 'schema';
  if (alias !== undefined && FROM_SCHEMA.test(alias.getText())) {
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    return { kind, signature: `type ${symbol.name} = ${types.whole(type)}`.replaceAll(/ +\n/g, '\n') };
  }
  if (value === undefined || alias !== undefined) {
    return {
      kind,
      signature: declarations
        .filter((each) => !isVariableDeclaration(each))
        .map((each) => plain(each))
        .join('\n'),
    };
  }
  const signature = valueText(checker, types, symbol, value);
  return { kind: /^const [\w$]+: (?:<[^=]*>)?\(.*\) =>/s.test(signature) ? 'function' : 'value', signature };
}
