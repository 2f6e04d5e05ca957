import { css } from './css.ts';

/** The table of the data; worn when there is one. */
export const tableStyles = css`
  .scroll {
    overflow-x: auto;
    max-inline-size: 96em;
    margin-block-start: 1.2em;
  }
  table {
    border-collapse: collapse;
    inline-size: 100%;
    font-size: 0.8125em;
  }
  caption {
    text-align: var(--_start);
    color: var(--_text-muted);
    padding-block-end: 0.75em;
  }
  th,
  td {
    padding: 0.5em 0.4em;
    text-align: right;
    border-block-end: 1px solid var(--_border);
  }
  td {
    white-space: nowrap;
  }
  :is(th, td):first-child {
    text-align: var(--_start);
    padding-inline-start: 0;
  }
  thead th {
    font-weight: 400;
    color: var(--_text-muted);
    vertical-align: bottom;
  }
  .sort {
    position: relative;
    min-block-size: 24px;
    /* The arrow stands beside the ring. */
    outline-offset: -1px;
  }
  .sort::after {
    position: absolute;
    inset-inline-start: calc(100% + 0.1em);
  }
  [aria-sort='ascending'] .sort::after {
    content: '↑';
  }
  [aria-sort='descending'] .sort::after {
    content: '↓';
  }
  @media print {
    .scroll {
      overflow: visible;
    }
    th,
    td {
      padding-inline: 0.25em;
      white-space: normal;
    }
    tr {
      break-inside: avoid;
    }
  }
`;
