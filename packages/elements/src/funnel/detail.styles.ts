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
  @media print {
    .panel header button {
      display: none;
    }
  }
`;
