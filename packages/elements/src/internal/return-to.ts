/** Notes where a reader is in a tree that is about to be drawn anew, and what they opened; gives what leads back there. */
export function returnTo(root: ShadowRoot): () => void {
  const stops = (): HTMLElement[] => [
    ...root.querySelectorAll<HTMLElement>('a, button, input, select, summary, [tabindex]'),
  ];
  const folds = (): HTMLDetailsElement[] => [...root.querySelectorAll('details')];
  const [before, opened] = [stops(), folds().map(({ open }) => open)];
  const at = before.findIndex((one) => one === root.activeElement);
  return () => {
    for (const [i, fold] of folds().entries()) fold.open ||= opened[i] === true;
    const now = stops()[at];
    // Another element in its place would be a surprise.
    if (now?.localName === before[at]?.localName) now?.focus({ preventScroll: true });
  };
}
