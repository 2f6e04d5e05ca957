import { css } from '../internal/reactive.ts';

/** The scorecard: hairlines and space group what belongs together. */
export const scorecardStyles = css`
  .star {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2em 1.75em;
    align-items: end;
    margin-block-start: 1.6em;
    padding-block-end: 1.5em;
  }
  .star .lead {
    min-inline-size: 17em;
  }
  .star .lead > b {
    display: block;
  }
  .star .value {
    font-size: 0.9375em;
  }
  .way {
    flex: 1 1 16em;
    padding-block-start: 0.6em;
  }
  .pace {
    display: block;
    inline-size: 100%;
    block-size: 0.75em;
    overflow: visible;
  }
  .track {
    fill: var(--_data-track);
  }
  .done {
    fill: var(--_data-advanced);
  }
  .today {
    fill: var(--_text);
  }
  .star .moved {
    display: inline;
    position: relative;
  }
  .star .version {
    flex: 1;
    line-height: inherit;
  }
  .said {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.2em;
    margin-block-start: 0.75em;
    color: var(--_text-muted);
    font-size: 0.9375em;
  }
  .promises {
    display: flex;
    border-block: var(--_line) solid var(--_border);
  }
  .promise {
    flex: 1 1 0;
    min-inline-size: 0;
    padding-block: 1.1em;
    line-height: 1.75;
  }
  .promise + .promise {
    border-inline-start: var(--_line) solid var(--_border);
    margin-inline-start: 1.75em;
    padding-inline-start: 1.75em;
  }
  .who .mark {
    float: none;
  }
  .pairs {
    display: grid;
    grid-auto-flow: column;
    grid-template-rows: repeat(3, auto);
    column-gap: 2em;
    margin-block-start: 1.5em;
  }
  .n1 {
    grid-template-columns: 100%;
  }
  .pairs:is(.n1, .side, .apart) {
    grid-auto-flow: row;
    grid-template-rows: auto;
  }
  .side .pair {
    grid-column: 1 / -1;
  }
  .n2 {
    grid-template-columns: repeat(2, 1fr);
  }
  .n3 {
    grid-template-columns: repeat(3, 1fr);
  }
  .n4 {
    grid-template-columns: repeat(4, 1fr);
  }
  .pair {
    font-size: 0.875em;
    color: var(--_text-muted);
    padding-block-end: 0.6em;
    direction: var(--_run, ltr);
  }
  .pairs .kpi {
    padding-block: 0.9em 1.1em;
    border-block-start: 2px solid var(--_border);
  }
  .pairs .hit {
    inset-block: 0.3em;
  }
  .moved .hit {
    inset-block: -0.1em;
  }
  .star .moved .hit,
  .promise .moved .hit {
    inset-block: -0.35em;
    min-inline-size: 24px;
  }
  .n1 .pair:not(:first-child) {
    padding-block-start: 0.9em;
  }
  .narrow .promises {
    display: block;
  }
  .narrow .promise + .promise {
    border-inline-start: 0;
    border-block-start: var(--_line) solid var(--_border);
    margin-inline-start: 0;
    padding-inline-start: 0;
  }
  .narrow .lead {
    min-inline-size: 0;
  }
  .wait {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(14em, 1fr));
    gap: 1.5em 2em;
    margin-block: 3em 1em;
  }
  .wait i {
    block-size: 10.5em;
    border-radius: var(--_radius-sm);
    background: var(--_data-track);
  }
  @media (forced-colors: active) {
    .pace {
      forced-color-adjust: none;
    }
    .track {
      fill: Canvas;
      stroke: CanvasText;
    }
    .done {
      fill: Highlight;
    }
    .today {
      fill: CanvasText;
    }
  }
  @media print {
    .track {
      fill: #0000;
      stroke: var(--_border-strong);
    }
    .pairs {
      margin-block-start: 0.8em;
    }
  }
`;
