import type { Question } from '@sama/metrics/contracts';
import { render } from 'lit';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { commands } from 'vitest/browser';
import { defineAll } from '../define-all.ts';
import { ELEMENTS } from '../elements.ts';
import { ReactiveElement } from '../internal/reactive.ts';
import { settled } from '../testing/mount.ts';
import { silent, type Story } from '../testing/story.ts';

declare module 'vitest/browser' {
  interface BrowserCommands {
    ariaOf(selector: string): Promise<string>;
  }
}

type StoryFile = Record<string, Story>;
const files = import.meta.glob<StoryFile>('../*/*.stories.ts', { eager: true });
let seen: string;
let served: Record<string, Record<string, string>>;
beforeAll(async () => {
  ({ window: seen, served } = JSON.parse(await commands.inNode('serve-stories.mjs')));
}, 60_000);

const stories = Object.entries(files).flatMap(([file, { default: _, ...all }]) =>
  Object.entries(all).map(([name, story]): [string, string, Story] => [file, name, story]),
);

const tags = Object.keys(ELEMENTS);
const isElement = (one: Element): one is ReactiveElement => one instanceof ReactiveElement;
const elementsIn = (root: ParentNode): ReactiveElement[] => [...root.querySelectorAll('*')].filter(isElement);

/** Numbers that are drawn only where a font leaves room for them; a server has no fonts. */
const IF_ROOM = 'text.inside, text.beside';

/** What can be read in a place, with the shadow roots in it. */
const readable = (root: ParentNode): string =>
  [...root.querySelectorAll('*')]
    .flatMap(({ shadowRoot }) => {
      const frame = shadowRoot?.querySelector('.sama')?.cloneNode(true);
      if (!(frame instanceof Element)) return [];
      for (const text of frame.querySelectorAll(`${IF_ROOM}, details:not([open]) > :not(summary)`)) text.remove();
      return frame.textContent;
    })
    .join(' ')
    .replace(/\s+/g, ' ');

/** What a strict page would not take, or what a story has smuggled in. */
function unsafe(place: ParentNode): string[] {
  return [...place.querySelectorAll('*')].flatMap((element) => [
    ...element.getAttributeNames().filter((name) => name === 'style' || name.startsWith('on')),
    ...(element.matches('script:not([type="application/json"]), img, iframe') ? [element.localName] : []),
    ...(element.shadowRoot === null ? [] : unsafe(element.shadowRoot)),
  ]);
}

afterEach(() => {
  document.getElementById('served')?.remove();
  vi.restoreAllMocks();
});

function room(): HTMLElement {
  const root = document.createElement('div');
  root.id = 'served';
  root.style.width = '960px';
  document.body.append(root);
  return root;
}

test('all stories were rendered without a window', () => {
  expect(seen).toBe('undefined');
  expect(stories.length).toBeGreaterThan(30);
  expect(stories.map(([file, name]) => [file, name, typeof served[file]?.[name]])).toEqual(
    stories.map(([file, name]) => [file, name, 'string']),
  );
});

/** HTML with other tags, which nobody has defined yet. */
const renamed = (html: string, suffix: string): string =>
  tags.reduce((text, tag) => text.replace(new RegExp(`(</?${tag})(?=[ >])`, 'g'), `$1${suffix}`), html);

/** Whether this is asked beside what an element shows first. */
const isFurther = (question: Question): boolean =>
  (question.kind === 'handoffs' && question.show === 'detail') ||
  (question.kind === 'glossary' && question.show === 'term');

/** Stories of HTML in an element, which is left as it is, and those of a panel that only a script draws. */
const LEFT = new Set(['TableUpgrade', 'ListOfThePage', 'OwnSegments', 'BehindAStage', 'WhyItDiffers']);

/** Stories of what a funnel loads only with a script, which may move nothing. */
const MORE = new Set(['Annotated', 'Trapezoid']);

test('a table of the page stays readable until it is drawn', () => {
  const root = room();
  root.setHTMLUnsafe(renamed(served['../funnel/funnel.stories.ts']?.['TableUpgrade'] ?? '', '-left'));
  expect(root.innerText).toMatch(/Spring campaign\s+Lead\s+18,400/);
});

describe.each(stories.filter(([, name]) => !LEFT.has(name)))('%s %s', (file, name, story) => {
  test('reads the same before and after the script', async () => {
    const suffix = `-${stories.findIndex((one) => one[1] === name && one[0] === file)}`;
    const html = renamed(served[file]?.[name] ?? '', suffix);
    const fetched = vi.spyOn(window, 'fetch').mockRejectedValue(new Error('nobody may ask'));
    const root = room();
    root.setHTMLUnsafe(html);
    const after = document.createElement('p');
    after.textContent = 'What follows';
    root.append(after);
    expect(unsafe(root)).toEqual([]);
    const before = { text: readable(root), aria: await commands.ariaOf('#served'), follows: after.offsetTop };

    // Sources of a story are properties, which a page sets by its script.
    const place = document.createElement('div');
    render(story.render?.(), place);
    const sources = elementsIn(place).map((element): unknown => Reflect.get(element, 'source'));
    const query = vi.fn<(question: Question) => Promise<never>>(() => new Promise(() => undefined));
    const waiting = Array.from(root.querySelectorAll('*')).filter(({ localName }) => localName.endsWith(suffix));
    waiting.forEach((element, i) => {
      if (sources[i] !== undefined && sources[i] !== null) Reflect.set(element, 'source', { ...silent, query });
    });
    defineAll({ suffix });
    for (const element of elementsIn(root)) await settled(element);
    const now = { text: readable(root), aria: await commands.ariaOf('#served'), follows: after.offsetTop };
    expect(MORE.has(name) ? { ...before, follows: now.follows } : now).toEqual(before);
    expect(before.aria.length).toBeGreaterThan(10);
    expect(fetched).not.toHaveBeenCalled();
    // A word of a text asks when somebody wants to know.
    const isLazy = ({ localName, textContent }: Element) =>
      localName === `sama-term${suffix}` && textContent.trim() !== '';
    // The source of a provider is asked by those in it.
    const unanswered = waiting.filter((one, i) => sources[i] && !isLazy(one) && !one.querySelector('script')).length;
    expect(query.mock.calls.filter(([question]) => !isFurther(question))).toHaveLength(unanswered);
  });
});
