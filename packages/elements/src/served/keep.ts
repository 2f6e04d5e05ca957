const CONTROLS = 'a, button, details, input, select, summary, [tabindex]';

/** What a reader can do something to. */
interface Control extends HTMLElement {
  open?: boolean | undefined;
  value?: string;
  selectionStart?: number | null;
  selectionEnd?: number | null;
}

/** What a control is known by in two drawings of the same. */
const nameOf = (one: Element): string => one.localName + (one.ariaLabel ?? '') + (one.textContent ?? '');

/** What a control said as it was served. */
const servedValue = (one: Control): string =>
  (one.querySelector('[selected]') ?? one.querySelector('option') ?? one).getAttribute('value') ?? '';

/**
 * Keeps, of each element that a server drew and whose script is still to come, what a reader does to it until then:
 * what is typed, chosen and opened, where the focus and the caret stand. An element draws itself anew when its script
 * comes; there all this is done again to what stands in its place, before anything is painted.
 */
export function keepServed(page: ParentNode): void {
  for (const { localName, shadowRoot } of page.querySelectorAll(':not(:defined)'))
    if (shadowRoot !== null && customElements.get(localName) === undefined) keep(shadowRoot);
}

function keep(root: ShadowRoot): void {
  const controls = (): Control[] => [...root.querySelectorAll<Control>(CONTROLS)];
  const old = controls();
  let focused = root.activeElement;
  root.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element && old.some((one) => one === target)) focused = target;
  });
  // Not when it is taken away with the focus on it.
  root.addEventListener('focusout', ({ target }) => {
    queueMicrotask(() => {
      if (target === focused && focused?.isConnected) focused = root.activeElement;
    });
  });
  const again = (): void => {
    for (const mine of controls()) {
      const at = old.findIndex((one) => !one.isConnected && nameOf(one) === nameOf(mine));
      const one = old[at];
      if (one === undefined) continue;
      old.splice(at, 1);
      doAgain(one, mine, one === focused && (document.activeElement ?? document.body) === document.body);
    }
  };
  const watching = new MutationObserver(() => {
    again();
    // Answers that came with the element are drawn by then; what comes later is new.
    if (old.every((one) => !one.isConnected)) setTimeout(() => watching.disconnect());
  });
  watching.observe(root, { childList: true, subtree: true });
}

function doAgain(one: Control, mine: Control, focus: boolean): void {
  const { open, value = '', selectionStart, selectionEnd } = one;
  if (open !== undefined) mine.open = open;
  if (focus) mine.focus({ preventScroll: true });
  if (value === servedValue(one)) return;
  Object.assign(mine, { value, selectionStart, selectionEnd });
  for (const type of ['input', 'change']) mine.dispatchEvent(new Event(type, { bubbles: true }));
}
