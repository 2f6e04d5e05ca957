import {
  type ApiExport,
  type ApiModule,
  type ApiPackage,
  type Kind,
  type Note,
  STABILITY,
  type Stability,
} from './shape.ts';
import { firstSentence, toCell, toMdx } from './markdown.ts';

/** A page of the catalogue. */
export interface Page {
  /** `metrics-stats.mdx`. */
  file: string;
  text: string;
}

/** The headings of a page, in order. */
const HEADINGS: Record<Kind, string> = {
  function: 'Functions',
  class: 'Classes',
  value: 'Constants',
  schema: 'Schemas',
  type: 'Types',
};
const TAGS_OF_STABILITY: readonly Stability[] = ['public', 'beta', 'experimental'];
const KINDS: readonly Kind[] = ['function', 'class', 'value', 'schema', 'type'];

const TAGS: Record<string, string> = { returns: 'Returns', throws: 'Throws', see: 'See', typeParam: 'Type' };

/** `metrics/stats` for `@sama/metrics/stats`; the path of all packages begins alike. */
const short = (path: string): string => path.replace(/^@sama\//, '');

/** The title of a path: a package with several paths is a folder, with its root among them. */
function titleOf({ modules }: ApiPackage, { path }: ApiModule): string {
  const [name = '', ...rest] = short(path).split('/');
  const leaf = rest.length === 0 ? 'root' : rest.join(' ');
  return modules.length === 1 ? `API/${name}` : `API/${name}/${leaf}`;
}

const idOf = (title: string): string => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** Where each export is described: once, on the first path below the root that has it. */
class Places {
  readonly #homes = new Map<string, string>();
  readonly #anchors = new Map<string, string>();
  readonly #ids = new Map<string, string>();

  constructor(packages: readonly ApiPackage[]) {
    for (const of of packages) {
      const [root, ...below] = of.modules;
      for (const module of [...below, ...(root === undefined ? [] : [root])]) {
        this.#ids.set(module.path, idOf(titleOf(of, module)));
        const seen = new Map<string, number>();
        for (const each of inOrder(module.exports.filter((item) => !this.#homes.has(keyOf(of, item))))) {
          this.#homes.set(keyOf(of, each), module.path);
          const slug = each.name.toLowerCase();
          const before = seen.get(slug) ?? 0;
          seen.set(slug, before + 1);
          this.#anchors.set(keyOf(of, each), before === 0 ? slug : `${slug}-${before}`);
        }
      }
    }
  }

  page(path: string): string {
    return `?path=/docs/${this.#ids.get(path) ?? ''}--docs`;
  }

  isHome(of: ApiPackage, module: ApiModule, item: ApiExport): boolean {
    return this.#homes.get(keyOf(of, item)) === module.path;
  }

  address(of: ApiPackage, from: ApiModule, item: ApiExport): string {
    const home = this.#homes.get(keyOf(of, item)) ?? '';
    const anchor = `#${this.#anchors.get(keyOf(of, item)) ?? ''}`;
    return home === from.path ? anchor : `${this.page(home)}${anchor}`;
  }
}

type AddressOf = (name: string) => string | undefined;

const keyOf = ({ name }: ApiPackage, { file, name: own }: ApiExport): string => `${name} ${file} ${own}`;

/** As a page shows them: by kind, and as the code lists them. */
const inOrder = (exports: readonly ApiExport[]): ApiExport[] =>
  KINDS.flatMap((kind) => exports.filter((item) => item.kind === kind));

const badge = (tag: Stability): string => `<span class="api-stability api-${tag}">${STABILITY[tag].name}</span>`;

const badgeOf = ({ stability: [tag] }: ApiExport): string => (tag === undefined ? '' : badge(tag));

/** A table, which plain Markdown has and MDX has not. */
const table = (head: string, rows: readonly string[]): string =>
  `<Markdown>{${JSON.stringify([`| ${head} |`, head.replaceAll(/[^|]+/g, ' --- ').replace(/.*/, '|$&|'), ...rows].join('\n'))}}</Markdown>`;

function noteText({ tag, text }: Note, addressOf: AddressOf): string {
  if (tag === 'example') return `\n\`\`\`ts\n${text.replaceAll(/^```\w*\n?|\n?```$/g, '')}\n\`\`\`\n`;
  if (tag === 'param') {
    const [, name = '', says = ''] = /^\s*(\S+)\s*-?\s*([\s\S]*)$/.exec(text) ?? [];
    return `- \`${name}\`: ${toMdx(says.replaceAll(/\s*\n\s*/g, ' '), addressOf)}`;
  }
  return `- **${TAGS[tag] ?? tag}** ${toMdx(text.replaceAll(/\s*\n\s*/g, ' '), addressOf)}`;
}

function entryText(item: ApiExport, addressOf: AddressOf): string {
  const notes = item.notes.map((note) => noteText(note, addressOf)).join('\n');
  return [
    `### ${item.name}`,
    `<p className="api-line">${badgeOf(item).replace('class=', 'className=')} <code>${item.file}</code></p>`,
    toMdx(item.summary, addressOf),
    `\`\`\`ts\n${item.signature}\n\`\`\``,
    notes,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function modulePage(of: ApiPackage, module: ApiModule, places: Places): Page {
  const title = titleOf(of, module);
  const byName = new Map(of.modules.flatMap(({ exports }) => exports).map((item) => [item.name, item]));
  const addressOf: AddressOf = (name) => {
    const item = byName.get(name);
    return item && places.address(of, module, item);
  };
  const own = module.exports.filter((item) => places.isHome(of, module, item));
  const rows = inOrder(module.exports).map(
    (item) =>
      `| [\`${item.name}\`](${places.address(of, module, item)}) | ${toCell(firstSentence(item.summary), addressOf)} | ${badgeOf(item)} |`,
  );
  const [first] = inOrder(module.exports);
  const groups = KINDS.flatMap((kind) => {
    const items = own.filter((item) => item.kind === kind);
    return items.length === 0 ? [] : [`## ${HEADINGS[kind]}`, ...items.map((item) => entryText(item, addressOf))];
  });
  const text = [
    `import { Markdown, Meta } from '@storybook/addon-docs/blocks';`,
    `<Meta title="${title}" />`,
    `# ${module.path}`,
    `\`\`\`ts\nimport ${first === undefined ? '' : `{ ${first.name} } from `}'${module.path}';\n\`\`\``,
    rows.length === 0 ? '' : table('Export | What it is | Stability', rows),
    ...groups,
  ].join('\n\n');
  return { file: `${idOf(title)}.mdx`, text: `${text}\n` };
}

function overview(packages: readonly ApiPackage[], places: Places): Page {
  const legend = TAGS_OF_STABILITY.map((tag) => `| ${badge(tag)} | \`@${tag}\` | ${STABILITY[tag].says} |`);
  const tables = packages.map((of) => {
    const rows = of.modules.map(({ path, exports }) => {
      const counts = TAGS_OF_STABILITY.map((tag) => exports.filter(({ stability }) => stability.includes(tag)).length);
      return `| [\`${path}\`](${places.page(path)}) | ${counts.map((n) => (n === 0 ? '' : n)).join(' | ')} |`;
    });
    return `## ${of.name}\n\n${toMdx(of.description, () => undefined)}\n\n${table(`Path | ${TAGS_OF_STABILITY.map((tag) => STABILITY[tag].name).join(' | ')}`, rows)}`;
  });
  const text = [
    `import { Markdown, Meta } from '@storybook/addon-docs/blocks';`,
    '<Meta title="API/Overview" />',
    '# API',
    'All that the packages export, written from their code by the compiler that builds them.',
    'Each export says how stable it is. Until version 1.0 the second number counts as the first.',
    table('Stability | In the code | What it promises', legend),
    ...tables,
  ].join('\n\n');
  return { file: 'api-overview.mdx', text: `${text}\n` };
}

/** The pages of the catalogue on what packages export: an overview and one for each path. */
export function pagesOf(packages: readonly ApiPackage[]): Page[] {
  const places = new Places(packages);
  const modules = packages.flatMap((of) => of.modules.map((module) => modulePage(of, module, places)));
  return [overview(packages, places), ...modules];
}
