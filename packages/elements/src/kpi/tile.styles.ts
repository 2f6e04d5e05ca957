import { css } from '../internal/reactive.ts';

/** A tile and its parts. Lines are as high in each tile, so that they share baselines across columns. */
export const tileStyles = css`
  .sama {
    padding: var(--sama-scorecard-padding, var(--_pad));
    background: var(--sama-scorecard-background, var(--_surface));
    border-color: var(--sama-scorecard-border-color, var(--_border));
    border-radius: var(--sama-scorecard-radius, var(--_radius));
  }
  .narrow .finding {
    font-size: 1em;
  }
  /* As high as what comes, so that nothing below moves. */
  .blank {
    block-size: 8.7em;
    border-radius: var(--_radius-sm);
    background: var(--_data-track);
  }
  .narrow .blank {
    block-size: 10.2em;
  }
  .kpi {
    position: relative;
    min-inline-size: 0;
  }
  /* What is read runs as its words do. */
  :is(.name, .value, .goal, .last, .lead, .pair, .promise > span),
  :is(.moved, .said) > span:not(.moved) {
    direction: var(--_run, ltr);
    unicode-bidi: isolate;
  }
  .kpi > span {
    display: block;
    position: relative;
    pointer-events: none;
  }
  .kpi a,
  .moved .hit {
    pointer-events: auto;
  }
  .hit {
    position: absolute;
    inset: -0.15em -0.5em;
    border-radius: var(--_radius-md);
  }
  .hit:hover {
    background: var(--_surface-sunken);
  }
  .hit[aria-current='true'] {
    background: var(--_accent-soft);
    border-inline-start: 3px solid var(--_data-advanced);
  }
  .name {
    min-block-size: 1.7em;
    font-size: 0.9375em;
    text-align: var(--_start);
  }
  .name b:not(:empty) {
    margin-inline-end: 0.6em;
  }
  .mark {
    float: var(--_end);
    font-size: 0.87em;
    line-height: 1.7;
    color: var(--_text-muted);
  }
  /* The half-mark: start half marketing, end half sales, both shared. */
  .mark::before {
    content: '';
    display: inline-block;
    vertical-align: -0.08em;
    inline-size: 0.85em;
    block-size: 0.85em;
    margin-inline-end: 0.5em;
    border: 0.1em solid;
    border-radius: 50%;
    background: var(--_half);
    forced-color-adjust: none;
    print-color-adjust: exact;
  }
  .alone .mark {
    float: none;
  }
  .mark:empty {
    display: none;
  }
  .marketing {
    --_half: linear-gradient(to var(--_end), currentColor 50%, #0000 0);
  }
  .sales {
    --_half: linear-gradient(to var(--_start), currentColor 50%, #0000 0);
  }
  .both {
    --_half: linear-gradient(to right, currentColor 42%, #0000 0 58%, currentColor 0);
  }
  .customer-success {
    --_half: radial-gradient(currentColor 40%, #0000 45%);
  }
  .operations {
    --_half: linear-gradient(#0000 36%, currentColor 0 64%, #0000 0);
  }
  .value {
    line-height: 1.4;
    color: var(--_text-muted);
    font-size: 0.875em;
  }
  .value b {
    font-size: 2em;
    line-height: 1.25;
    color: var(--_text);
  }
  .value.small b {
    font-size: 1.5em;
    font-weight: 400;
    line-height: 1.667;
  }
  .goal,
  .moved {
    color: var(--_text-muted);
    font-size: 0.9375em;
  }
  .goal {
    min-block-size: 1.4em;
    padding-block: 0.3em;
  }
  .kpi > .moved {
    display: flex;
    align-items: center;
    gap: 0.9em;
    min-block-size: 3em;
    line-height: 1.3;
  }
  .moved > span {
    position: relative;
    pointer-events: none;
  }
  .spark {
    position: relative;
    flex: none;
    inline-size: 8em;
    block-size: 2.27em;
    overflow: visible;
    pointer-events: none;
    fill: none;
    stroke-linejoin: round;
    stroke-linecap: round;
  }
  .trend {
    stroke: var(--_data-advanced);
    stroke-width: 1.75;
  }
  .spark circle {
    fill: var(--_data-advanced);
    stroke: var(--_surface);
    stroke-width: 1;
  }
  .due {
    stroke: var(--_neutral-mark);
    stroke-dasharray: 3 3;
    stroke-linecap: butt;
  }
  .status {
    font-weight: 600;
  }
  .status .icon {
    margin-inline-end: 0.5em;
    vertical-align: -0.12em;
  }
  .ok {
    color: var(--_ok);
  }
  .warn {
    color: var(--_warn);
  }
  .bad {
    color: var(--_bad);
  }
  .half {
    color: var(--_text-muted);
  }
  .icon.ok {
    color: var(--_ok-mark);
  }
  .icon.warn {
    color: var(--_warn-mark);
  }
  .icon.bad {
    color: var(--_bad-mark);
  }
  .last {
    min-block-size: 1.75em;
    font-size: 0.9375em;
    line-height: 1.75;
  }
  .version {
    float: var(--_end);
    display: block;
    min-inline-size: 24px;
    min-block-size: 24px;
    text-align: var(--_end);
    font-size: 0.87em;
    line-height: 2;
    color: var(--_text-muted);
  }
  @media print {
    .kpi {
      break-inside: avoid;
    }
  }
  @media (forced-colors: active) {
    .spark {
      forced-color-adjust: none;
    }
    .trend {
      stroke: CanvasText;
    }
    .spark circle {
      fill: CanvasText;
      stroke: Canvas;
    }
    .due {
      stroke: CanvasText;
    }
  }
`;
