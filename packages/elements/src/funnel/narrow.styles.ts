import { css } from '../internal/reactive.ts';

/** The chart below 34 em: rows stack to name and count, bar, rate in words. */
export const narrowStyles = css`
  .narrow :is(.head > :not(.legend), .flow, .seam i) {
    display: none;
  }
  .narrow .rail::after {
    content: none;
  }
  .narrow .legend {
    margin: 0 0 0.9em;
  }
  .narrow .legend > * {
    min-inline-size: 9em;
  }
  .narrow :is(.row, .main) {
    flex-wrap: wrap;
  }
  .narrow .row {
    padding-block: 0.75em;
    border-block-start: 1px solid var(--_border);
  }
  .narrow .of-rate {
    inset-block-start: auto;
    inline-size: 70%;
    block-size: max(2em, 24px);
    inset-inline-start: -0.4em;
  }
  .narrow .seam + .row {
    border: 0;
  }
  .narrow .main {
    flex: 1 0 100%;
    min-block-size: 0;
    row-gap: 0.35em;
  }
  /* A long word sends its neighbour to the next line rather than break. */
  .narrow .row .who {
    flex: 1;
    max-inline-size: 85%;
    padding: 0;
  }
  .narrow :is(.name, .who small) {
    display: inline-block;
    margin-inline-end: 0.5em;
  }
  .narrow .bar {
    flex: 1 0 100%;
    min-block-size: calc(var(--_bar) * 0.85);
    margin: 0;
    border: 0;
  }
  .narrow .segs {
    y: 0;
    height: 100%;
  }
  .narrow :is(.rate, .time) {
    line-height: 1.9;
    font-size: 0.875em;
    color: var(--_text-muted);
  }
  .narrow .rate {
    padding: 0;
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.5em;
    text-align: var(--_start);
    white-space: normal;
  }
  .narrow .rate b {
    order: -1;
    color: var(--_text);
  }
  .narrow .rate small {
    font-size: 0.93em;
  }
  .narrow :is(.amount, .time) {
    display: block;
    inline-size: auto;
    margin-inline-start: auto;
    padding-inline-start: 0.5em;
  }
  .narrow .seam {
    border-block-start: 1px dashed var(--_border-strong);
    justify-content: space-between;
    padding-block: 0.5em;
    text-align: var(--_end);
  }
  .narrow .seam b {
    white-space: nowrap;
  }
`;
