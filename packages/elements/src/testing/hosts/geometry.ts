/** A line of text as it stands on the screen, as far as it can be seen. */
interface Line {
  text: string;
  of: Element;
  box: DOMRect;
}

/** Where letters are in the box of a line: its font leaves room above and below. */
const LETTERS = 0.6;
/** What rounding may move, in CSS pixels. */
const SLACK = 1;

const clips = (element: Element): boolean => getComputedStyle(element).overflow !== 'visible';
const scrolls = (element: Element): boolean => /auto|scroll/.test(getComputedStyle(element).overflow);

/** Ancestors within the element that clip what stands in them. */
function* clippers(from: Element): Generator<Element> {
  for (let one: Element | null = from; one !== null; one = one.parentElement) if (clips(one)) yield one;
}

const within = (inner: DOMRect, outer: DOMRect): DOMRect => {
  const [left, top] = [Math.max(inner.left, outer.left), Math.max(inner.top, outer.top)];
  const [right, bottom] = [Math.min(inner.right, outer.right), Math.min(inner.bottom, outer.bottom)];
  return new DOMRect(left, top, Math.max(right - left, 0), Math.max(bottom - top, 0));
};

const isSeen = (element: Element): boolean =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
  element.closest('.vh, style') === null;

/** Every line of text that can be seen, and those that something cuts off with no way to scroll to the rest. */
function linesOf(root: ShadowRoot): { lines: Line[]; cut: string[] } {
  const lines: Line[] = [];
  const cut: string[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    const { parentElement: of, textContent } = node;
    const text = textContent?.trim() ?? '';
    if (text === '' || of === null || !isSeen(of)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const whole of range.getClientRects()) {
      let box = new DOMRect(whole.x, whole.y + (whole.height * (1 - LETTERS)) / 2, whole.width, whole.height * LETTERS);
      for (const clipper of clippers(of)) {
        const seen = within(box, clipper.getBoundingClientRect());
        const lost = box.width - seen.width > SLACK || box.height - seen.height > SLACK;
        if (lost && !scrolls(clipper)) cut.push(`“${text}” is cut by .${clipper.getAttribute('class')}`);
        box = seen;
      }
      if (box.width > SLACK && box.height > SLACK) lines.push({ text, of, box });
    }
  }
  return { lines, cut };
}

/** What is wrong with where the texts of an element stand: cut off, over one another, or beside the element. */
export function misplaced({ shadowRoot }: Element): string[] {
  const frame = shadowRoot?.querySelector('.sama');
  if (!shadowRoot || !frame) return ['nothing is drawn'];
  const { lines, cut } = linesOf(shadowRoot);
  const edge = frame.getBoundingClientRect();
  const beside = lines.flatMap(({ text, box }) =>
    box.left < edge.left - SLACK || box.right > edge.right + SLACK ? [`“${text}” stands beside its frame`] : [],
  );
  const over = lines.flatMap((one, i) =>
    lines.slice(i + 1).flatMap((other) => {
      if (one.of === other.of) return [];
      const { width, height } = within(one.box, other.box);
      return width > SLACK && height > SLACK ? [`“${one.text}” and “${other.text}” lie over each other`] : [];
    }),
  );
  const wide = frame.scrollWidth > frame.clientWidth ? [`it is ${frame.scrollWidth} wide in ${frame.clientWidth}`] : [];
  return [...cut, ...beside, ...over, ...wide];
}
