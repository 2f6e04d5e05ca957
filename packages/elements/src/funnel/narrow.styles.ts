import { css } from '../internal/reactive.ts';

/** The chart below 480 px: rows stack to name and count, bar, rate in words. */
export const narrowStyles = css`
  .narrow :is(.chart, .head, .rows) {
    display: block;
  }
  .narrow :is(.head > span, .flow, .all, .seam i) {
    display: none;
  }
  .narrow .rail::after {
    content: none;
  }
  .narrow .legend {
    margin: 0 0 0.9em;
  }
  .narrow .legend li {
    min-inline-size: 9em;
  }
  .narrow .row {
    display: flex;
    flex-wrap: wrap;
    row-gap: 0.35em;
    padding-block: 0.75em;
    border-block-start: 1px solid var(--_border);
  }
  .narrow .seam + .row {
    border: 0;
  }
  /* A long word sends its neighbour to the next line rather than break. */
  .narrow .who {
    flex: 1;
    max-inline-size: 85%;
  }
  .narrow :is(small, .delta) {
    display: inline-block;
  }
  .narrow :is(.name, .delta, .rate b, .rate small) {
    margin-inline-end: 0.5em;
  }
  .narrow .bar {
    inline-size: 100%;
    block-size: calc(var(--_bar) * 0.85);
    margin: 0;
    border: 0;
  }
  .narrow .seg {
    y: 0;
    height: 100%;
  }
  .narrow :is(.rate, .time) {
    padding: 0;
    line-height: 1.9;
    font-size: 0.875em;
    color: var(--_text-muted);
  }
  .narrow .rate {
    flex: 1;
    text-align: var(--_start);
    white-space: normal;
  }
  .narrow .rate b {
    color: var(--_text);
  }
  .narrow .rate small {
    font-size: 0.93em;
  }
  .narrow :is(.amount, .time) {
    display: block;
    margin-inline-start: auto;
  }
  .narrow .seam {
    border-block-start: 1px dashed var(--_border-strong);
    justify-content: space-between;
    padding-block: 0.5em;
    text-align: var(--_end);
  }
`;
