import { css } from 'lit';

/** The chart below 480 px: rows stack to name and count, bar, rate in words. */
export const narrowStyles = css`
  .narrow .chart {
    display: block;
  }
  .narrow .head {
    display: block;
    padding-block-end: 0;
  }
  .narrow .legend {
    display: grid;
    grid-template-columns: fit-content(45%) fit-content(45%);
    margin-block-end: 0.9em;
  }
  .narrow .rows {
    display: block;
  }
  .narrow .row {
    grid-template-columns: auto 1fr auto;
    column-gap: 0.6em;
    row-gap: 0.35em;
    padding-block: 0.75em;
    border-block-start: 1px solid var(--_border);
  }
  .narrow .seam + .row {
    border-block-start: 0;
  }
  .narrow .rail {
    padding: 0;
    align-self: center;
  }
  .narrow .rail::after {
    display: none;
  }
  .narrow .who {
    padding: 0;
  }
  .narrow .under {
    display: inline;
    margin-inline-start: 0.4em;
  }
  .narrow :is(.bar, .gap) {
    grid-column: 1 / -1;
    block-size: calc(var(--_bar) * 0.85);
    border: 0;
    padding: 0;
  }
  .narrow .seg {
    y: calc(var(--_bar) * -0.425);
    height: calc(var(--_bar) * 0.85);
  }
  .narrow .flow {
    display: none;
  }
  .narrow .rate {
    grid-column: 1 / 3;
    line-height: 1.9;
    text-align: var(--_start);
    white-space: normal;
    font-size: 0.875em;
    color: var(--_text-muted);
  }
  .narrow .rate b {
    color: var(--_text);
  }
  .narrow .interval {
    display: inline;
    font-size: 0.93em;
  }
  .narrow .delta {
    margin-inline: 0.3em;
  }
  .narrow .time {
    grid-column: 3;
    font-size: 0.875em;
    align-self: start;
    line-height: 1.9;
  }
  .narrow .seam {
    border-block-start: 1px dashed var(--_border-strong);
    justify-content: space-between;
    padding-block: 0.5em;
    text-align: var(--_end);
  }
  .narrow .seam i {
    display: none;
  }
`;
