import { css } from 'lit';

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
    --_columns: auto fit-content(11em) auto minmax(6em, 1fr);
    grid-template-columns: var(--_columns);
    column-gap: 1.25em;
    margin-block-start: 1em;
  }
  .n1 {
    grid-template-columns: var(--_columns) auto;
  }
  .n2 {
    grid-template-columns: var(--_columns) auto auto;
  }
  .n3 {
    grid-template-columns: var(--_columns) auto auto auto;
  }
  .head,
  .rows,
  .row {
    display: grid;
    grid-template-columns: subgrid;
    grid-column: 1 / -1;
  }
  .head {
    align-items: end;
    padding-block-end: 0.6em;
    font-size: 0.8125em;
    color: var(--_text-muted);
    line-height: 1.45;
  }
  .head > :nth-child(n + 4) {
    text-align: var(--_end);
  }
  .head > * {
    max-inline-size: 7em;
    overflow-wrap: anywhere;
    justify-self: end;
  }
  .head > .stage-head,
  .head > .legend {
    max-inline-size: none;
    justify-self: start;
  }
  .head .legend {
    text-align: var(--_start);
  }
  .stage-head {
    grid-column: 1 / 3;
  }
  .head .amount {
    text-align: var(--_end);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 1.4em;
  }
  .slim .legend {
    grid-area: 1 / 1 / 2 / -1;
    margin-block-end: 0.6em;
  }
  .slim .head > :nth-child(4) {
    grid-column: 5;
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
  .row {
    position: relative;
    min-block-size: var(--_row);
    align-items: center;
  }
  .hit {
    position: absolute;
    inset-block: 0.15em;
    inset-inline: -0.4em;
    border-radius: var(--_radius-md);
  }
  .hit:hover {
    background: color-mix(in srgb, var(--_accent-soft) 55%, transparent);
  }
  .row > :not(.hit) {
    position: relative;
  }
  .row > :not(.hit, .rate) {
    pointer-events: none;
  }
  .rail {
    align-self: stretch;
    display: grid;
    place-items: center;
    padding-inline-end: 0.5em;
    font-size: 0.8125em;
  }
  .rail.on::after {
    content: '';
    position: absolute;
    inset-block: calc(50% + 1em) calc(1em - 50%);
    inset-inline-start: 0.45em;
    border-inline-start: 1px solid var(--_border);
  }
  .who {
    display: block;
    min-inline-size: 4em;
    padding-block: 0.3em;
    line-height: 1.35;
  }
  .name {
    font-size: 0.9375em;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .name.term {
    text-decoration: underline dotted var(--_text-muted) 1px;
    text-underline-offset: 0.28em;
  }
  .under,
  .interval,
  .behind {
    display: block;
    font-size: 0.8125em;
    font-weight: 400;
    color: var(--_text-muted);
  }
  .amount {
    text-align: var(--_end);
  }
  .row .amount,
  .rate b {
    font-weight: 600;
  }
  .row .amount,
  .rate {
    line-height: 1.3;
  }
  .bar {
    align-self: stretch;
    border-inline-start: 1px solid var(--_border-strong);
  }
  .bar > svg {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
  }
  svg {
    overflow: visible;
  }
  .seg {
    y: calc(var(--_bar) / -2);
    height: var(--_bar);
    stroke-width: var(--_line);
  }
  .flow {
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
    fill: var(--_data-lost-line);
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
    font-size: 0.8125em;
    fill: var(--_text);
    dominant-baseline: central;
  }
  .turned .beside {
    text-anchor: end;
  }
  .beside.muted {
    fill: var(--_text-muted);
  }
  .rate {
    text-align: var(--_end);
    white-space: nowrap;
    min-block-size: 24px;
  }
  .rate > span {
    position: relative;
    pointer-events: none;
  }
  .rate.muted b,
  .all,
  .time {
    color: var(--_text-muted);
  }
  .rate.muted b {
    font-weight: 400;
  }
  .all,
  .time {
    text-align: var(--_end);
    white-space: nowrap;
    font-size: 0.9375em;
  }
  .delta {
    font-size: 0.8125em;
    font-weight: 600;
    margin-inline-end: 0.45em;
  }
  .delta.down {
    color: var(--_bad);
  }
  .delta.up {
    color: var(--_ok);
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
    font-weight: 600;
    color: var(--_text);
  }
  .seam i {
    flex: 1;
    min-inline-size: 1em;
    border-block-start: 1px dashed var(--_border-strong);
  }
  .gap {
    display: flex;
    align-items: center;
    gap: 0.5em;
    align-self: stretch;
    padding-inline-start: 0.75em;
    font-size: 0.8125em;
    color: var(--_text-muted);
    border-inline-start: 1px solid var(--_border-strong);
  }
  .dim {
    color: var(--_text-muted);
  }
  .dim :is(.seg, .flow) {
    opacity: 0.5;
  }
  @media (forced-colors: active) {
    .advanced {
      fill: CanvasText;
    }
    .flow {
      fill: none;
    }
    .open,
    .hatch-fill,
    .dots-fill {
      fill: Canvas;
    }
    .open,
    .recycled,
    .gone,
    .hatch-line {
      stroke: CanvasText;
    }
    .dots-line,
    .inside,
    .beside,
    .beside.muted {
      fill: CanvasText;
    }
    .inside {
      stroke: Canvas;
    }
  }
  @media print {
    .row {
      break-inside: avoid;
    }
    .flow {
      fill: none;
    }
  }
`;
