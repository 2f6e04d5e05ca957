/*
 * Writes the page of changes: what users of each package see that is different, from the changesets that wait for the
 * next release and from the change logs of those before.
 * usage: node src/changes.ts
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { toMdx } from './api/markdown.ts';

const app = resolve(import.meta.dirname, '..');
const root = resolve(app, '../..');

interface Change {
  name: string;
  bump: string;
  text: string;
}

/** What a changeset says of each package it names. */
function changesIn(text: string): Change[] {
  const [, head = '', body = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? [];
  return [...head.matchAll(/^["']?(@?[\w/-]+)["']?: (\w+)$/gm)].map(([, name = '', bump = '']) => ({
    name,
    bump,
    text: body.trim(),
  }));
}

const folder = join(root, '.changeset');
const waiting = readdirSync(folder)
  .filter((file) => file.endsWith('.md') && file !== 'README.md')
  .toSorted()
  .flatMap((file) => changesIn(readFileSync(join(folder, file), 'utf8')));
const unread = waiting.filter(({ text }) => text === '');
if (waiting.length === 0 || unread.length > 0) throw new Error('a changeset says nothing');

const escaped = (text: string): string => toMdx(text, () => undefined);
const itemOf = ({ text, bump }: Change): string =>
  `- ${bump === 'major' ? '**Breaking.** ' : ''}${escaped(text).replaceAll('\n', '\n  ')}`;
const ORDER = ['major', 'minor', 'patch'];

/** A package: what waits, then what its own log says of releases. */
function sectionOf(name: string): string {
  const own = waiting.filter((change) => change.name === name);
  const items = own.toSorted((a, b) => ORDER.indexOf(a.bump) - ORDER.indexOf(b.bump)).map(itemOf);
  const log = join(root, 'packages', name.replace('@sama/', ''), 'CHANGELOG.md');
  const before = existsSync(log)
    ? escaped(
        readFileSync(log, 'utf8')
          .replace(/^# .*$/m, '')
          .replaceAll(/^##/gm, '###'),
      )
    : '';
  return [`## ${name}`, '### In the next release', items.join('\n'), before.trim()].filter(Boolean).join('\n\n');
}

const names = [...new Set(waiting.map(({ name }) => name))].toSorted();
const page = `import { Meta } from '@storybook/addon-docs/blocks';

<Meta title="Changes" />

# Changes

What users of a package see that is different.

${names.map(sectionOf).join('\n\n')}
`;
mkdirSync(join(app, '.api'), { recursive: true });
writeFileSync(join(app, '.api', 'changes.mdx'), page);
