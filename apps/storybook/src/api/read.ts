import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { API, type Checker, type Project, SymbolFlags, type Symbol } from 'typescript/unstable/sync';
import { signatureOf } from './signature.ts';
import { TypeText } from './type-text.ts';
import { type ApiExport, type ApiModule, type ApiPackage, STABILITY, type Stability } from './shape.ts';

interface Manifest {
  name: string;
  description: string;
  exports: Record<string, { types?: string } | string>;
}

const TAGGED = new RegExp(`@(?:${Object.keys(STABILITY).join('|')})\\b`);

/** Tags that say how an export stands, not what it does. */
const isStability = (tag: string): tag is Stability => tag in STABILITY;

/** `./dist/stats/index.d.ts` is built from `src/stats/index.ts`. */
const sourceOf = (types: string): string => types.replace('./dist/', 'src/').replace(/\.d\.ts$/, '.ts');

/** What an export is a name of. */
const targetOf = (checker: Checker, symbol: Symbol): Symbol =>
  symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

/** Declarations without a source: the build writes them from what other paths export. */
const GENERATED = './dist/types/';

/** What one export is, from its declarations and their comments. */
function readExport(project: Project, types: TypeText, folder: string, symbol: Symbol): ApiExport {
  const { checker } = project;
  const target = targetOf(checker, symbol);
  const nodes = target.declarations.flatMap((handle) => handle.resolve(project) ?? []);
  const tags = target.getJsDocTags(checker);
  return {
    ...signatureOf(checker, types, target, nodes),
    name: symbol.name,
    summary: target.getDocumentationComment(checker).trim(),
    notes: tags.filter(({ name }) => !isStability(name)).map(({ name, text }) => ({ tag: name, text: text ?? '' })),
    stability: tags.map(({ name }) => name).filter(isStability),
    file: relative(folder, nodes[0]?.getSourceFile().fileName ?? folder),
  };
}

function exportsOf(project: Project, file: string): readonly Symbol[] {
  const source = project.program.getSourceFile(file);
  const module = source && project.checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${file} is exported by its package and is not a module of its project.`);
  return project.checker.getExportsOfModule(module);
}

/** Reads all that a package exports from its sources, with the compiler the package is built with. */
export function readPackage(folder: string): ApiPackage {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const api = new API({ cwd: folder });
  try {
    const config = join(folder, 'tsconfig.json');
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
    if (project === undefined) throw new Error(`${config} is not a project.`);
    const { checker, program } = project;
    const listed = Object.entries(manifest.exports).flatMap(([path, target]) =>
      typeof target === 'string' || target.types === undefined || target.types.startsWith(GENERATED)
        ? []
        : [{ path: join(manifest.name, path), symbols: exportsOf(project, join(folder, sourceOf(target.types))) }],
    );
    const targets = listed.flatMap(({ symbols }) => symbols.map((symbol) => targetOf(checker, symbol)));
    const types = new TypeText(checker, targets);
    const read = (symbol: Symbol): ApiExport => readExport(project, types, folder, symbol);
    const modules: ApiModule[] = listed.map(({ path, symbols }) => ({ path, exports: symbols.map(read) }));

    const reached = new Set(targets);
    const own = program.getSourceFileNames().filter((file) => file.startsWith(join(folder, 'src/')));
    const unreachable = own
      .filter((file) => TAGGED.test(readFileSync(file, 'utf8')))
      .flatMap((file) => exportsOf(project, file).filter((symbol) => !reached.has(targetOf(checker, symbol))))
      .map(read)
      .filter(({ stability }) => stability.length > 0);
    return { name: manifest.name, description: manifest.description, modules, unreachable };
  } finally {
    api.close();
  }
}
