/** Every page of the demonstration, in the order they are offered; those with `{{…}}` are of the server. */
const PAGES = [
  ['/', 'Intranet'],
  ['/leadership.html', 'Leadership'],
  ['/crm.html', 'CRM record'],
  ['/documents.html', 'Documents'],
  ['/plain.html', 'Plain HTML'],
  ['{{sama.partner}}/', 'A site of another origin'],
  ['/v1/meta', 'What the server offers'],
];
const NOTE =
  'Northwind Robotics is fictitious. The numbers are those this server holds; made-up ones say so below the chart.';

/**
 * A page with what all pages share, from a file that begins with `<!-- page {…} -->`: its title, style sheet, file of the
 * elements, further scripts, what is skipped to, and what is said of it below. One without is a page of its own.
 *
 * @throws Error for a head that lacks what a page needs.
 */
export function whole(name, file) {
  const said = /^<!-- page (\{.*\}) -->\n/.exec(file);
  if (said === null) return file;
  const head = JSON.parse(said[1]);
  for (const key of ['title', 'styles', 'elements', 'skip'])
    if (head[key] === undefined) throw new Error(`${name}: the page has no ${key}`);
  const { title, styles, schemes = 'light dark', elements, scripts = [], skip, note = NOTE } = head;
  const here = name === 'index.html' ? '/' : `/${name}`;
  const links = PAGES.map(
    ([path, text]) => `        <a href="${path}"${path === here ? ' aria-current="page"' : ''}>${text}</a>`,
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="${schemes}" />
    <title>${title}</title>
    <link rel="icon" href="northwind.svg" />
    <link rel="stylesheet" href="${styles}" />
    <script
      type="module"
      src="/cdn/{{sama.version}}/${elements}"
      integrity="{{sama.integrity:${elements}}}"
      crossorigin="anonymous"
    ></script>
${scripts.map((src) => `    <script defer src="${src}"></script>`).join('\n')}
  </head>
  <body>
    <a class="skip" href="#${skip[0]}">${skip[1]}</a>
${file.slice(said[0].length).trimEnd()}
    <footer class="colophon">
      <p>${note}</p>
      <nav aria-label="Pages of this demonstration">
${links.join('\n')}
      </nav>
    </footer>
  </body>
</html>
`;
}
