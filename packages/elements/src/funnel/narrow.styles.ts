import { css } from 'lit';

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
    display: grid;
    grid-template-columns: fit-content(45%) fit-content(45%);
    margin: 0 0 0.9em;
  }
  .narrow .row {
    grid-template-columns: auto 1fr auto;
    row-gap: 0.35em;
    padding-block: 0.75em;
    border-block-start: 1px solid var(--_border);
  }
  .narrow .seam + .row {
    border: 0;
  }
  .narrow .row::before {
    margin-inline-end: 0.5em;
  }
  .narrow small {
    display: inline;
  }
  .narrow .who small {
    margin-inline-start: 0.6em;
  }
  .narrow .bar {
    grid-column: 1 / -1;
    block-size: calc(var(--_bar) * 0.85);
    margin: 0;
    border: 0;
    padding: 0;
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
    grid-column: 1 / 3;
    text-align: var(--_start);
    white-space: normal;
  }
  .narrow .rate b {
    color: var(--_text);
  }
  .narrow .rate small {
    font-size: 0.93em;
  }
  .narrow .delta {
    margin-inline: 0.5em 0;
  }
  .narrow .time {
    display: block;
    grid-column: 3;
    align-self: start;
  }
  .narrow .seam {
    border-block-start: 1px dashed var(--_border-strong);
    justify-content: space-between;
    padding-block: 0.5em;
    text-align: var(--_end);
  }
`;
