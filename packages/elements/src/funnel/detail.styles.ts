import { css } from '../internal/css.ts';

/** What opens below the chart. */
export const detailStyles = css`
  .panel {
    margin-block-start: 1.25em;
    padding-block-start: 1em;
    border-block-start: var(--_line) solid var(--_border);
  }
  .panel header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1em;
  }
  .panel h3,
  .panel h4 {
    margin: 0;
    font-size: 1em;
    font-weight: 600;
  }
  .panel h4 {
    margin-block-start: 1.25em;
  }
  /* What is read runs as its words do, from the side where the page begins. */
  .panel :is(p, h3, h4, summary),
  .ends span {
    direction: var(--_run, ltr);
  }
  .rtl .panel :is(p, h3, h4) {
    text-align: right;
  }
  .panel .pick {
    margin-inline-end: 0.5em;
  }
  .panel p {
    margin-block: 0.4em;
    max-inline-size: 44em;
  }
  .panel small {
    font-size: 0.8125em;
    color: var(--_text-muted);
  }
  .curve {
    display: block;
    inline-size: 100%;
    block-size: 7.5em;
    margin-block: 0.75em 0.25em;
  }
  .curve path {
    fill: none;
    vector-effect: non-scaling-stroke;
  }
  .curve .axis {
    stroke: var(--_border);
  }
  .curve .band {
    fill: var(--_data-flow);
  }
  .curve .steps {
    stroke: var(--_data-advanced);
    stroke-width: 2;
  }
  .ends {
    display: flex;
    justify-content: space-between;
  }
  .ends,
  .scale {
    font-size: 0.8125em;
    color: var(--_text-muted);
  }
  .panel summary {
    inline-size: fit-content;
    min-block-size: 1.5em;
    cursor: pointer;
  }
  /* The heading above says it. */
  .panel caption {
    position: absolute;
    clip-path: inset(50%);
    white-space: nowrap;
    inline-size: 1px;
    overflow: hidden;
  }
  .panel h4:focus-visible {
    outline-offset: 0.25em;
  }
  .leaks .link {
    margin-inline-end: 0.6em;
  }
  .pareto {
    inline-size: 100%;
    max-inline-size: 40em;
    border-collapse: collapse;
  }
  .pareto :is(th, td) {
    padding: 0.35em 0 0.35em 1em;
    text-align: var(--_end);
    vertical-align: top;
    border-block-end: var(--_line) solid var(--_border);
  }
  .pareto th:first-child {
    padding-inline-start: 0;
    inline-size: 60%;
    text-align: var(--_start);
    font-weight: 400;
    overflow-wrap: anywhere;
  }
  .narrow .pareto :is(th, td) {
    padding-inline-start: 0.6em;
  }
  .narrow .pareto th:first-child {
    padding-inline-start: 0;
    inline-size: auto;
    min-inline-size: 4em;
  }
  .part {
    display: block;
    inline-size: 100%;
    block-size: 0.4em;
    margin-block-start: 0.2em;
    fill: var(--_text-muted);
  }
  .rtl .part {
    transform: scaleX(-1);
  }
  .narrow .records :is(table, tbody, tr) {
    display: block;
  }
  .narrow .records thead tr {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 1em;
  }
  .narrow .records tbody tr {
    padding-block: 0.5em;
    border-block-end: var(--_line) solid var(--_border);
  }
  .narrow .records :is(th, td) {
    display: inline-block;
    padding: 0;
    border: 0;
    text-align: start;
    white-space: normal;
  }
  .narrow .records tbody th {
    display: block;
  }
  .narrow .records td {
    margin-inline-end: 1em;
  }
  .narrow .records td::before {
    content: attr(data-head) ' ';
    color: var(--_text-muted);
  }
  @media print {
    .panel header button {
      display: none;
    }
  }
`;
