import { expect, test } from 'vitest';
import { findingsOf } from '../packages/elements/scripts/findings.mjs';
import { manifestOf } from '../packages/elements/scripts/manifest.mjs';
import { typesOf } from '../packages/elements/scripts/types.mjs';
import { plant } from './planted.mjs';

const EVENTS = `export interface PickDetail { key: string }
declare global { interface HTMLElementEventMap { 'sama-pick': CustomEvent<PickDetail>; 'sama-error': CustomEvent<string> } }
`;
const ELEMENT = `import { html } from './html.js';
import { line } from './line.ts';
/**
 * A thing.
 *
 * @element sama-thing
 * @slot - What stands in it.
 * @fires sama-pick - It was picked.
 * @csspart frame - All of it.
 * @csspart line - A line.
 * @cssprop [--sama-thing-gap=1em] - Between lines.
 */
export class SamaThing extends HTMLElement {
  static properties = { size: { reflect: true }, inner: { attribute: false }, timeZone: { attribute: 'time-zone' } };
  /** How large. Default: \`small\`. */
  declare size: 'small' | 'large' | null | undefined;
  /** IANA name. Default: that of the page. */
  declare timeZone: string | null | undefined;
  declare private inner: boolean;
  /** Picks it. */
  pick(): void { this.dispatchEvent(new CustomEvent<PickDetail>('sama-pick')); }
  protected render() { return html\`<figure part="frame"><slot></slot>\${line}</figure>\`; }
}
`;
const LINE = 'export const line = `<p part="line"><style>p { gap: var(--sama-thing-gap, 1em) }</style></p>`;\n';

/** What is found in an element when something of it is written otherwise. */
function found(from = '', to = '') {
  const { root, remove } = plant({
    'src/thing/events.ts': EVENTS,
    'src/thing/line.ts': LINE,
    'src/thing/thing.ts': ELEMENT.replace(from, to),
  });
  const manifest = manifestOf(root);
  const findings = findingsOf(root, manifest, new Set());
  remove();
  return { manifest, findings };
}

test('an element is described as it is, and typed by its manifest', () => {
  const { manifest, findings } = found();
  expect(findings).toEqual([]);
  expect(manifest.modules).toHaveLength(1);
  const [element] = manifest.modules[0].declarations;
  expect(element).toMatchObject({ tagName: 'sama-thing', name: 'SamaThing', description: 'A thing.' });
  expect(element.attributes).toMatchObject([
    { name: 'size', fieldName: 'size', default: 'small', description: 'How large.' },
    { name: 'time-zone', fieldName: 'timeZone', default: 'that of the page' },
  ]);
  expect(element.members.map(({ name }) => name)).not.toContain('inner');
  expect(element.events).toMatchObject([{ name: 'sama-pick', type: { text: 'CustomEvent<PickDetail>' } }]);
  const types = typesOf(manifest);
  expect(types['elements.d.ts']).toContain(`'time-zone'?: SamaThing['timeZone'];`);
  expect(types['elements.d.ts']).toContain(`'sama-pick': CustomEvent<PickDetail>;`);
});

test.each([
  ['an attribute without a word', '  /** How large. Default: `small`. */\n', '', 'size has no description'],
  ['an attribute without a default', ' Default: `small`.', '', 'attributes: size has no default'],
  ['an event that is not said', ' * @fires sama-pick - It was picked.\n', '', 'events: sama-pick has no description'],
  ['an event that never comes', "'sama-pick')", "'sama-other')", 'events: sama-pick is documented and is not there'],
  ['a part of another module', ' * @csspart line - A line.\n', '', 'cssParts: line is not documented'],
  ['several parts in a line', ' - All of it.\n * @csspart line - A line.', ' @csspart line', 'cssParts: line is not'],
  ['a part that is gone', 'part="frame"', '', 'cssParts: frame is documented and is not there'],
  ['a slot that is not said', ' * @slot - What stands in it.\n', '', 'slots: the default slot is not documented'],
  ['a variable without a default', '[--sama-thing-gap=1em]', '--sama-thing-gap', '--sama-thing-gap has no default'],
  ['a method without a word', '  /** Picks it. */\n', '', 'members: pick has no description'],
  ['an element without a word', ' * A thing.\n', '', '<sama-thing> has no description'],
])('%s: refused', (_, from, to, finding) => {
  expect(ELEMENT).toContain(from);
  expect(found(from, to).findings.join('\n')).toContain(finding);
});
