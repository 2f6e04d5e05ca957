// The statement of accessibility with its record: `node scripts/accessibility/page.mjs` writes it from criteria.mjs.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CRITERIA } from './criteria.mjs';

const root = join(import.meta.dirname, '../..');
const PAGE = join(root, 'docs/accessibility.md');

/** How many stories of each element are told to those who hear it, from the files the test compares with. */
function told() {
  return globSync('packages/elements/src/*/__snapshots__/*.a11y.test.ts.snap', { cwd: root })
    .toSorted()
    .map((file) => {
      const stories = [...readFileSync(join(root, file), 'utf8').matchAll(/^exports\[`(.+) is told as before 1`\]/gm)];
      return [basename(file).split('.')[0], stories.length];
    });
}

const row = (cells) => `| ${cells.join(' | ')} |`;
const heldBy = (held) =>
  [...new Set(held.map(([file]) => `\`${file.replace('packages/', '').replace('/src/', '/')}\``))].join(', ');

/** The page as the criteria and the stories make it. */
export function page() {
  const stories = told();
  const count = stories.reduce((sum, [, some]) => sum + some, 0);
  const tested = CRITERIA.filter(([, , , , ...held]) => held.length > 0).length;
  return `# Accessibility

The elements are made to meet WCAG 2.2 at level AA. This page says of each criterion how, and which tests hold them to it with every change. It is what their makers tested by machine and by keyboard script in Chromium; no person who depends on a screen reader, a magnifier or a switch has assessed it yet, and no other browser has.

## Record

- ${count} stories (${stories.map(([name, some]) => `${some} of ${name}`).join(', ')}) are each compared with what a screen reader is told of them, searched by axe in light, its colours again in dark, and once more with every chart as its table.
- Every element is held to target sizes, text spacing, a visible and uncovered focus, names that contain what is seen, and stillness for those who wish no motion (\`elements/testing/access\`).
- Colours that meet are held to 4.5 : 1 for text and 3 : 1 for marks in light, dark and high contrast, with accents of every hue (\`tokens/contrast.test.ts\`).
- What a server draws is compared with what the script draws, story by story, so that both are read alike.
- Forced colours, more contrast, less motion, 200 % of text, 240 to 320 pixels, print in grey and both directions have tests of their own.
- ${tested} of ${CRITERIA.length} criteria are held by tests; the others concern what the elements do not have, or the page around them.

## Criteria

${[
  row(['WCAG 2.2', 'Level', 'How the elements meet it', 'Held by']),
  row(['---', '---', '---', '---']),
  ...CRITERIA.map(([number, name, level, how, ...held]) => row([`${number} ${name}`, level, how, heldBy(held)])),
].join('\n')}

## What is known not to be there

- A chart in a picture for mail (SVG, PNG) has its summary as its description, not the names of its marks.
- The list of the queue draws the rows in sight. A screen reader's own search finds what is drawn; the filter of the queue finds all.
- A page decides what it puts around the elements: its title, its order of headings, its way past repeated blocks. What opens in an element has headings of levels 3 and 4, so a page sets it under one of level 2.
`;
}

/** The page as it stands in the documents. */
export const writtenPage = () => readFileSync(PAGE, 'utf8');

if (process.argv[1] === import.meta.filename) writeFileSync(PAGE, page());
