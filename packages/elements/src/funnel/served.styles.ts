import { css } from '../internal/reactive.ts';

/** Columns as wide as their texts where no script has measured them, and no labels where the bars may be too short. */
export const servedStyles = css`
  @container (width < 55em) {
    .wide :is(.inside, .beside) {
      display: none;
    }
  }
  @container (width >= 34em) {
    .chart {
      display: grid;
      grid-template-columns: auto fit-content(11.3em) max-content minmax(0, 1fr) repeat(3, max-content);
    }
    .chart :is(.head, .rows, .row) {
      display: grid;
      grid-column: 1 / -1;
      grid-template-columns: subgrid;
    }
    .chart .main {
      display: grid;
      grid-column: 1 / 5;
      grid-template-columns: subgrid;
    }
    .chart :is(.head, .row, .main) > * {
      grid-row: 1;
      inline-size: auto;
    }
    .chart .seam {
      grid-column: 1 / -1;
    }
    .chart .who {
      grid-column: 2;
      padding-inline-end: 0.2em;
      overflow-wrap: anywhere;
    }
    .chart .head .who {
      grid-column: 1 / 3;
      margin: 0;
    }
    .chart :is(.amount, .rate, .all, .time) {
      padding-inline-start: 1.3em;
    }
    .chart .amount {
      grid-column: 3;
    }
    .chart :is(.legend, .bar, .missing) {
      grid-column: 4;
    }
    .chart .bar {
      inline-size: calc(100% - 1.25em);
    }
    .chart .rate {
      grid-column: 5;
    }
    .chart .all {
      grid-column: 6;
    }
    .chart .time {
      grid-column: 7;
    }
    .chart .of-rate {
      inset-inline-end: 0;
    }
    .chart :is(:empty, .rate:not(:has(:not(:empty)))) {
      padding: 0;
    }
  }
  /* Closed it is as high as the line of marks that a script draws. */
  .lane {
    margin-block-start: calc(-24px - 1.9em);
    min-block-size: calc(24px + 1.9em);
    color: var(--_text-muted);
  }
  .lane > * {
    font-size: 0.875em;
  }
  .lane summary {
    line-height: 24px;
    cursor: pointer;
  }
  .lane li {
    margin-block-start: 0.4em;
    overflow-wrap: anywhere;
  }
  .lane small {
    display: block;
  }
  @container (34em <= width < 45em) {
    .chart .head > * {
      grid-row: 2;
    }
    .chart .legend {
      grid-area: 1 / 1 / auto / -1;
    }
  }
`;
