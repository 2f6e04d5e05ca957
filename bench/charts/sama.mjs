/** The element as pages load it: the single file, with its data handed over. */
import '../../packages/elements/dist/cdn/sama-funnel.js';
// What it would load for the table, from beside it: this page has no address.
import '../../packages/elements/dist/cdn/sama-funnel-detail.js';
import { contender } from './harness.mjs';

/** What a reader needs, in one element: rows, numbers, marks for the keyboard, the way to the table. */
function problemsOf(element, stages) {
  const root = element.renderRoot;
  const text = root.textContent ?? '';
  const checks = {
    rows: root.querySelectorAll('.row').length === stages.length,
    bars: root.querySelectorAll('.bar rect.seg').length >= stages.length,
    numbers: stages.every(({ count }) => text.includes(count.toLocaleString('en'))),
    keyboard: root.querySelectorAll('[data-mark][tabindex="0"]').length === 1,
    names: Array.from(root.querySelectorAll('[data-mark]'), (mark) => mark.ariaLabel).every(Boolean),
    summary: (root.querySelector('#summary')?.textContent ?? '').length > 40,
    painted: (root.querySelector('.bar')?.getBoundingClientRect().width ?? 0) > 100,
  };
  return Object.entries(checks).flatMap(([name, fine]) => (fine ? [] : [name]));
}

contender((hosts, envelope) => {
  const elements = hosts.map((host) => {
    const element = document.createElement('sama-funnel');
    element.data = envelope;
    host.append(element);
    return element;
  });
  return {
    busy: () =>
      elements.some((element) => element.isUpdatePending || element.renderRoot.querySelector('.row') === null),
    problems: () => [...new Set(elements.flatMap((element) => problemsOf(element, envelope.data.stages)))],
  };
});

/** Opens the table of every element by its key, from its one tab stop; afterwards, not in the time. */
window.openTables = async () => {
  const elements = [...document.querySelectorAll('sama-funnel')];
  for (const element of elements) {
    const mark = element.renderRoot.querySelector('[data-mark][tabindex="0"]');
    mark.focus();
    mark.dispatchEvent(new KeyboardEvent('keydown', { key: 't', bubbles: true, composed: true }));
  }
  const tabled = () => elements.filter((element) => element.renderRoot.querySelectorAll('tbody tr').length >= 6).length;
  for (let frames = 0; frames < 100 && tabled() < elements.length; frames += 1)
    await new Promise((resolve) => requestAnimationFrame(resolve));
  return tabled();
};
