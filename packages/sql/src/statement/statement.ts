/** A value bound beside the text, never part of it. @beta */
export type Param = string | number | boolean | null;

/** SQL text with a mark for each bound value, in order. @beta */
export interface SqlStatement {
  text: string;
  params: readonly Param[];
}

/** A piece of SQL. Strings that reach it become bound values, so that no text of a record can be run. @beta */
export class Sql {
  readonly parts: readonly string[];
  readonly params: readonly Param[];

  constructor(parts: readonly string[], params: readonly Param[]) {
    this.parts = parts;
    this.params = params;
  }

  /** @param placeholder the mark of the nth bound value, from 1. Default: `?`. */
  statement(placeholder: (n: number, value: Param) => string = () => '?'): SqlStatement {
    const marks = this.params.map((value, i) => placeholder(i + 1, value));
    return { text: this.parts.map((part, i) => part + (marks[i] ?? '')).join(''), params: this.params };
  }
}

type Piece = Sql | string | number | boolean | null;

/**
 * Writes SQL. Pieces stand as SQL; integers stand as literals, since the planner reads them;
 * everything else is bound.
 * @beta
 */
export function sql(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Sql {
  const parts: string[] = [texts[0] ?? ''];
  const params: Param[] = [];
  const append = (text: string): void => {
    parts[parts.length - 1] += text;
  };
  for (const [i, piece] of pieces.entries()) {
    if (piece instanceof Sql) {
      append(piece.parts[0] ?? '');
      parts.push(...piece.parts.slice(1));
      params.push(...piece.params);
    } else if (typeof piece === 'number' && Number.isSafeInteger(piece)) append(String(piece));
    else {
      // A database would take a bound number for what the column beside it is, such as a whole one.
      const decimal = typeof piece === 'number';
      if (decimal) append('CAST(');
      parts.push(decimal ? ' AS DOUBLE PRECISION)' : '');
      params.push(piece);
    }
    append(texts[i + 1] ?? '');
  }
  return new Sql(parts, params);
}

/** Pieces one after another. @beta */
export function joinSql(pieces: readonly Sql[], separator: string): Sql {
  if (pieces.length === 0) return new Sql([''], []);
  const parts = [...(pieces[0]?.parts ?? [''])];
  const params = [...(pieces[0]?.params ?? [])];
  for (const piece of pieces.slice(1)) {
    parts[parts.length - 1] += separator + (piece.parts[0] ?? '');
    parts.push(...piece.parts.slice(1));
    params.push(...piece.params);
  }
  return new Sql(parts, params);
}

/** Fixed SQL of this package; never text from outside. @beta */
export function raw(text: string): Sql {
  return new Sql([text], []);
}

/**
 * An identifier, quoted whatever it holds.
 *
 * @throws RangeError on a NUL, which no database takes.
 * @beta
 */
export function identifier(name: string): Sql {
  if (name.includes('\0')) throw new RangeError('an identifier cannot hold a NUL character');
  return new Sql([`"${name.replaceAll('"', '""')}"`], []);
}

/**
 * `WITH a AS (…), b AS (…) body`.
 *
 * @param each what stands before each query's bracket, such as `MATERIALIZED`.
 * @beta
 */
export function withTables(
  tables: readonly (readonly [name: string, query: Sql])[],
  body: Sql,
  each: Sql = raw(''),
): Sql {
  if (tables.length === 0) return body;
  const named = tables.map(([name, query]) => sql`${identifier(name)} AS ${each}(${query})`);
  return sql`WITH ${joinSql(named, ', ')} ${body}`;
}
