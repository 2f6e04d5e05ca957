import { css } from '../internal/reactive.ts';

/** The chart: columns over rows by one grid, so that heads stand exactly over their columns. */
export const funnelStyles = css`
  .sama {
    --_row: var(--sama-funnel-row-height, 3.25em);
    --_bar: var(--sama-funnel-bar-height, 1.5em);
    padding: var(--sama-funnel-padding, var(--_pad));
    background: var(--sama-funnel-background, var(--_surface));
    border-color: var(--sama-funnel-border-color, var(--_border));
    border-radius: var(--sama-funnel-radius, var(--_radius-lg));
  }
  :host([density='compact']) .sama {
    --_row: var(--sama-funnel-row-height, 2.5em);
    --_bar: var(--sama-funnel-bar-height, 1.25em);
  }
  .chart {
    display: grid;
    grid-template-columns: auto auto auto minmax(6em, 1fr) auto auto auto;
    margin-block-start: 1em;
  }
  .head,
  .rows,
  .row {
    display: grid;
    grid-template-columns: subgrid;
    grid-column: 1 / -1;
    align-items: center;
  }
  .head {
    align-items: end;
    padding-block-end: 0.6em;
    font-size: 0.8125em;
    line-height: 1.45;
  }
  .head > span {
    padding-inline-start: 1.54em;
    white-space: pre-line;
  }
  .row small {
    display: block;
    font-size: 0.8125em;
    font-weight: 400;
  }
  .head,
  .row small,
  .muted b,
  .all,
  .time {
    color: var(--_text-muted);
  }
  .row {
    position: relative;
    min-block-size: var(--_row);
  }
  .hit {
    position: absolute;
    inset-block: 0.15em;
    inset-inline: -0.4em;
    border-radius: var(--_radius-md);
  }
  .hit:hover {
    background: var(--_surface-sunken);
  }
  .hit[aria-current='true'] {
    background: var(--_accent-soft);
    border-inline-start: 3px solid var(--_data-advanced);
  }
  .row > span {
    position: relative;
    pointer-events: none;
  }
  .row::before {
    inline-size: 0.66em;
    block-size: 0.66em;
    margin-inline-end: 0.8em;
    border: 0.09em solid;
    border-radius: 50%;
    background: var(--_half);
    /* Above the tint of a row. */
    z-index: 1;
    forced-color-adjust: none;
    print-color-adjust: exact;
  }
  /* The half-mark: start half marketing, end half sales, both shared. */
  .marketing::before,
  .sales::before,
  .both::before,
  .customer-success::before,
  .operations::before {
    content: '';
  }
  .marketing {
    --_half: linear-gradient(to var(--_end), currentColor 50%, #0000 0);
  }
  .sales {
    --_half: linear-gradient(to var(--_start), currentColor 50%, #0000 0);
  }
  .both {
    --_half: linear-gradient(to right, currentColor 46%, #0000 0 54%, currentColor 0);
  }
  .customer-success {
    --_half: radial-gradient(currentColor 40%, #0000 45%);
  }
  .operations {
    --_half: linear-gradient(#0000 36%, currentColor 0 64%, #0000 0);
  }
  .rail::after {
    content: '';
    position: absolute;
    inset-block: calc(50% + 0.85em) calc(0.85em - 50%);
    inset-inline-start: calc(0.4em - 0.5px);
    border-inline-start: 1px solid var(--_border);
  }
  .who {
    grid-column: 2;
    max-inline-size: 11em;
    padding-block: 0.3em;
    line-height: 1.35;
  }
  .head .who {
    grid-column: 1 / 3;
    padding: 0;
  }
  .name {
    font-size: 0.9375em;
  }
  .name,
  .row .amount {
    font-weight: 600;
  }
  .term {
    text-decoration: underline dotted var(--_text-muted) 1px;
    text-underline-offset: 0.28em;
  }
  .legend,
  .bar {
    grid-column: 4;
    margin-inline-start: 1.25em;
  }
  .amount {
    grid-column: 3;
  }
  .rate {
    grid-column: 5;
    min-block-size: 24px;
  }
  [hidden] {
    display: none;
  }
  .all {
    grid-column: 6;
  }
  .time {
    grid-column: 7;
  }
  .amount,
  .rate,
  .all,
  .time {
    padding-inline-start: 1.25em;
    /* Units under units, whichever way the page runs. */
    text-align: right;
    line-height: 1.3;
  }
  .row :is(.rate, .all, .time) {
    white-space: nowrap;
  }
  .all:empty,
  .time:empty {
    padding: 0;
  }
  .muted b {
    font-weight: 400;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 1.4em;
    margin-inline-start: 1.54em;
    text-align: var(--_start);
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 0.5em;
  }
  .legend svg {
    inline-size: 1.15em;
    block-size: 1.15em;
  }
  .slim .legend {
    grid-area: 1 / 1 / 2 / -1;
    margin: 0 0 0.6em;
  }
  .slim :is(.all, .time) {
    display: none;
  }
  .bar {
    display: flex;
    gap: 0.7em;
    align-self: stretch;
    border-inline-start: 1px solid var(--_border-strong);
  }
  .bar > svg {
    flex: none;
    /* Not the height a picture has by itself. */
    block-size: 0;
    min-block-size: 100%;
    min-inline-size: 2px;
  }
  svg {
    overflow: visible;
  }
  .seg {
    y: calc(50% - var(--_bar) / 2);
    height: var(--_bar);
    stroke-width: var(--_line);
  }
  .flow {
    height: 50%;
    fill: var(--_data-flow);
  }
  .advanced {
    fill: var(--_data-advanced);
  }
  .open {
    fill: var(--_data-open);
    stroke: var(--_data-open-line);
  }
  .recycled {
    fill: url(#hatch);
    stroke: var(--_data-recycled-line);
  }
  .gone {
    fill: url(#dots);
    stroke: var(--_data-lost-line);
  }
  .hatch-fill {
    fill: var(--_data-recycled);
  }
  .hatch-line {
    stroke: var(--_data-recycled-line);
  }
  .dots-fill {
    fill: var(--_data-lost);
  }
  .dots-line {
    stroke: var(--_data-lost-line);
  }
  .inside {
    font-size: 0.8125em;
    font-weight: 500;
    fill: var(--_text);
    text-anchor: middle;
    dominant-baseline: central;
    paint-order: stroke;
    stroke-width: 0.35em;
    stroke-linejoin: round;
  }
  .on-open {
    stroke: var(--_data-open);
  }
  .on-recycled {
    stroke: var(--_data-recycled);
  }
  .on-gone {
    stroke: var(--_data-lost);
  }
  .beside {
    align-self: center;
    font-size: 0.8125em;
    white-space: nowrap;
  }
  .row .beside small,
  .narrow .finding {
    font-size: 1em;
  }
  .delta {
    font-size: 0.8125em;
    font-weight: 600;
    margin-inline-end: 0.45em;
  }
  .up {
    color: var(--_ok);
  }
  .down {
    color: var(--_bad);
  }
  .seam {
    grid-column: 1 / -1;
    display: flex;
    align-items: center;
    gap: 0.75em;
    padding-block: 0.35em 0.5em;
    font-size: 0.8125em;
    color: var(--_text-muted);
  }
  .seam b {
    color: var(--_text);
  }
  .seam i {
    flex: 1;
    min-inline-size: 1em;
    border-block-start: 1px dashed var(--_border-strong);
  }
  .dim {
    color: var(--_text-muted);
  }
  .dim rect {
    opacity: 0.5;
  }
  @media print {
    /* A page of several columns. */
    @container (width < 44em) {
      .beside,
      .all,
      .time {
        display: none;
      }
    }
  }
`;
