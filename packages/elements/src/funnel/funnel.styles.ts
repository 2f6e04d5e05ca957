import { css } from '../internal/reactive.ts';

/** The chart: columns of one width each, so that heads stand exactly over them and no row waits for another. */
export const funnelStyles = css`
  .sama {
    --_row: var(--sama-funnel-row-height, var(--_row-height));
    --_bar: var(--sama-funnel-bar-height, var(--_bar-height));
    padding: var(--sama-funnel-padding, var(--_pad));
    background: var(--sama-funnel-background, var(--_surface));
    border-color: var(--sama-funnel-border-color, var(--_border));
    border-radius: var(--sama-funnel-radius, var(--_radius));
  }
  .rate,
  .seam > span {
    direction: var(--_run, ltr);
    unicode-bidi: isolate;
  }
  .head > span,
  .amount,
  .all,
  .time {
    unicode-bidi: plaintext;
  }
  .rate small {
    direction: ltr;
    unicode-bidi: isolate;
  }
  .chart {
    max-inline-size: 96em;
    margin-block-start: 1em;
    /* Until the script has measured. */
    --_who: 8em;
    --_amount: 5em;
    --_rate: 7em;
    --_all: 4.5em;
    --_time: 4.5em;
  }
  /* For what is drawn there once it is loaded. */
  .noted {
    padding-block-end: calc(24px + 1.9em);
  }
  .head,
  .row,
  .main {
    display: flex;
    align-items: center;
  }
  .head {
    align-items: end;
    padding-block-end: 0.6em;
    color: var(--_text-muted);
    line-height: 1.45;
  }
  .row {
    position: relative;
    z-index: 0;
  }
  .main {
    flex: 1;
    min-inline-size: 0;
    align-self: stretch;
    min-block-size: var(--_row);
  }
  .main,
  .row > :is(.rate, .all, .time) {
    pointer-events: none;
  }
  .row small {
    display: block;
    font-weight: 400;
  }
  .row small,
  .head > * > span,
  .delta,
  .beside,
  .inside {
    font-size: 0.8125em;
  }
  .row small,
  .muted b,
  .all,
  .time {
    color: var(--_text-muted);
  }
  .hit {
    position: absolute;
    z-index: -1;
    inset-block: 0.15em;
    inset-inline: -0.4em;
    border-radius: var(--_radius-md);
  }
  .of-rate {
    inset-inline: auto calc(var(--_all) + var(--_time) - 0.4em);
    inline-size: var(--_rate);
  }
  .hit:hover {
    background: var(--_surface-sunken);
    outline: var(--_edge) solid;
  }
  .hit[aria-current='true'] {
    background: var(--_accent-soft);
    box-shadow: inset 3px 0 var(--_data-advanced);
    outline: var(--_edge) solid;
  }
  .owned .main::before {
    content: '';
    flex: none;
    box-sizing: border-box;
    inline-size: 0.8em;
    block-size: 0.8em;
    margin-inline-end: 0.8em;
    border: 0.09em solid #0000;
    border-radius: 50%;
    forced-color-adjust: none;
    print-color-adjust: exact;
  }
  :is(.marketing, .sales, .both, .customer-success, .operations) > .main::before {
    border-color: currentColor;
  }
  /* The half-mark: start half marketing, end half sales, both shared. */
  .marketing > .main::before {
    background: linear-gradient(to var(--_end), currentColor 50%, #0000 0);
  }
  .sales > .main::before {
    background: linear-gradient(to var(--_start), currentColor 50%, #0000 0);
  }
  .both > .main::before {
    background: linear-gradient(to right, currentColor 46%, #0000 0 54%, currentColor 0);
  }
  .customer-success > .main::before {
    background: radial-gradient(currentColor 40%, #0000 45%);
  }
  .operations > .main::before {
    background: linear-gradient(#0000 36%, currentColor 0 64%, #0000 0);
  }
  .rail::after {
    content: '';
    position: absolute;
    inset-block: calc(50% + 0.85em) calc(0.85em - 50%);
    inset-inline-start: calc(0.42em - 0.5px);
    border-inline-start: 1px solid var(--_border);
  }
  .who {
    flex: none;
    inline-size: var(--_who);
    padding-block: 0.3em;
    line-height: 1.35;
  }
  .head .who {
    padding: 0;
  }
  .owned > .head .who {
    margin-inline-end: 1.6em;
  }
  .head span {
    white-space: pre;
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
  .amount,
  .rate,
  .all,
  .time {
    flex: none;
    inline-size: var(--_amount);
    padding-inline-start: min(1.25em, var(--_amount));
    /* Units under units, whichever way the page runs. */
    text-align: right;
    line-height: 1.3;
    white-space: nowrap;
  }
  .rate {
    inline-size: var(--_rate);
  }
  .all {
    inline-size: var(--_all);
  }
  .time {
    inline-size: var(--_time);
  }
  [hidden] {
    display: none;
  }
  .muted b {
    font-weight: 400;
  }
  .legend,
  .bar,
  .missing {
    flex: 1;
    min-inline-size: 0;
    margin-inline-start: 1.25em;
  }
  .head .legend > span {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    margin-inline-end: 1.4em;
    white-space: nowrap;
  }
  .legend svg {
    inline-size: 1.15em;
    block-size: 1.15em;
  }
  .slim .head {
    flex-wrap: wrap;
  }
  .slim .legend {
    flex: 1 0 100%;
    order: -1;
    margin: 0 0 0.6em;
  }
  .slim .head .rate {
    margin-inline-start: auto;
  }
  .slim :is(.all, .time) {
    display: none;
  }
  .slim .of-rate {
    inset-inline-end: -0.4em;
  }
  .bar {
    align-self: stretch;
    /* Not the height a picture has by itself. */
    block-size: 0;
    min-block-size: 100%;
    border-inline-start: 1px solid var(--_border-strong);
    fill: var(--_data-flow);
  }
  .main:has(.missing) .bar {
    flex: none;
    inline-size: 0;
  }
  svg {
    overflow: visible;
  }
  .rtl .bar rect {
    transform: scaleX(-1);
    transform-origin: 50% 0;
  }
  /* For the rects in it: each has a width of its own, and what names a variable would be worked out for each anew. */
  .segs {
    y: calc(50% - var(--_bar) / 2);
    height: var(--_bar);
    stroke-width: var(--_line);
  }
  .seg {
    y: inherit;
    height: inherit;
  }
  /* To the middle of the next row. */
  .flow {
    height: calc(50% + var(--_row) / 2);
  }
  .to-seam .flow {
    height: calc(50% + var(--_row) / 2 + 1.7em);
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
  .inside,
  .beside {
    fill: var(--_text);
    dominant-baseline: central;
  }
  .inside {
    font-weight: 500;
    text-anchor: middle;
    paint-order: stroke;
    stroke-width: 0.35em;
    stroke-linejoin: round;
  }
  .beside {
    direction: var(--_run, ltr);
  }
  :is(.rtl:not(.run), .run:not(.rtl)) .beside {
    text-anchor: end;
  }
  .beside.muted {
    fill: var(--_text-muted);
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
  .delta {
    margin-inline-end: 0.45em;
    font-weight: 600;
  }
  .delta:empty {
    display: none;
  }
  .up {
    color: var(--_ok);
  }
  .down {
    color: var(--_bad);
  }
  .seam {
    position: relative;
    display: flex;
    align-items: center;
    gap: 0.75em;
    min-block-size: 2.1em;
    font-size: 0.8125em;
    color: var(--_text-muted);
  }
  .seam b {
    color: var(--_text);
    font-variant: normal;
  }
  .seam i {
    flex: 1;
    min-inline-size: 1em;
    border-block-start: 1px dashed var(--_border-strong);
  }
  .dim {
    color: var(--_text-muted);
  }
  .dim .bar {
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
