/** Rows drawn above and below those in sight. */
const AROUND = 3;
/** As the styles have it, until it is measured. */
const GUESS = { row: 80, view: 680 };
/** The most rows that are put on paper. */
const PAPER = 500;

/** Which rows of a long list are in sight, and where they stand: heights are set through the CSSOM, once for all rows. */
export class Window {
  readonly #changed: () => void;
  #row = GUESS.row;
  #view = GUESS.view;
  #top = 0;
  /** The first row that is drawn. */
  #drawn = 0;
  #list: HTMLElement | null = null;
  #resize: ResizeObserver | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Follows the list, its row height by a probe within; null when there is none. */
  watch(list: HTMLElement | null): void {
    if (list === this.#list) return;
    this.#resize?.disconnect();
    this.#list = list;
    this.#top = list?.scrollTop ?? 0;
    const probe = list?.querySelector('.probe');
    if (!list || !probe) return;
    this.#resize = new ResizeObserver((entries) => {
      const before = [this.#row, this.#view];
      for (const { target, contentRect } of entries) {
        const { height } = contentRect;
        if (target === probe) this.#row = height || this.#row;
        else this.#view = height || this.#view;
      }
      // In the next frame: what is drawn anew now would be resized again within this one.
      if (before[0] !== this.#row || before[1] !== this.#view) requestAnimationFrame(() => this.#changed());
    });
    this.#resize.observe(list);
    this.#resize.observe(probe);
  }

  /** After the reader scrolled. */
  readonly scrolled = (): void => {
    const before = this.#first();
    this.#top = this.#list?.scrollTop ?? 0;
    if (this.#first() !== before) this.#changed();
  };

  #first(): number {
    return Math.max(0, Math.floor(this.#top / this.#row) - AROUND);
  }

  /** First and last row to draw, of so many; on paper all from the first on. */
  range(total: number, paper: boolean): { first: number; last: number } {
    if (paper) return { first: 0, last: Math.min(total, PAPER) - 1 };
    const most = Math.ceil(this.#view / this.#row) + 2 * AROUND;
    const first = Math.max(0, Math.min(this.#first(), total - most));
    return { first, last: Math.min(total, first + most) - 1 };
  }

  /** Rows that are in sight at a time. */
  get page(): number {
    return Math.max(1, Math.floor(this.#view / this.#row));
  }

  /** Scrolls so far that a row is in sight. */
  reveal(index: number): void {
    const [from, to] = [index * this.#row, (index + 1) * this.#row];
    const top = from < this.#top ? from : to > this.#top + this.#view ? to - this.#view : this.#top;
    if (top === this.#top || this.#list === null) return;
    this.#top = top;
    this.#list.scrollTop = top;
  }

  /** Gives the list the height of all its rows, and those that are drawn their order and their place. */
  place(total: number, first: number): void {
    const box = this.#list?.querySelector<HTMLElement>('.rows');
    if (!box) return;
    box.style.blockSize = `${total * this.#row}px`;
    // Not by a transform: rows that stay are where they were.
    box.style.paddingBlockStart = `${first * this.#row}px`;
    // Only those that are others now go to the other end.
    const rows = [...box.children];
    const at = rows.findIndex(({ id }) => id === `row${first}`);
    if (first < this.#drawn) rows[0]?.before(...rows.slice(at));
    else rows.at(-1)?.after(...rows.slice(0, at));
    this.#drawn = first;
  }
}
