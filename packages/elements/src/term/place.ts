/** Between a word and its card, and between the card and the edge of the page, in CSS pixels. */
const GAP = 6;
const EDGE = 8;

/** Puts a card under a word, or over it where there is no room; along its start edge, and always within the page. */
export function placeBeside(card: HTMLElement, word: HTMLElement): void {
  const rects = word.getClientRects();
  const [first, last] = [rects[0], rects[rects.length - 1]];
  if (first === undefined || last === undefined) return;
  const { offsetWidth: width, offsetHeight: height } = card;
  const { clientWidth, clientHeight } = document.documentElement;
  const start = getComputedStyle(word).direction === 'rtl' ? last.right - width : last.left;
  const left = Math.max(EDGE, Math.min(start, clientWidth - width - EDGE));
  const below = last.bottom + GAP;
  const above = first.top - GAP - height;
  const top = below + height > clientHeight - EDGE && above >= EDGE ? above : below;
  card.style.setProperty('left', `${Math.round(left)}px`);
  card.style.setProperty('top', `${Math.round(top)}px`);
}
