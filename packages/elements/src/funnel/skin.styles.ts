import { css } from '../internal/css.ts';

/** Trapezoids over the bars. */
export const skinStyles = css`
  [data-skin] :is(.seg, .flow, .inside, .beside),
  [data-skin] .legend > span {
    visibility: hidden;
  }
  [data-skin] .bar {
    border-color: #0000;
  }
  [data-skin] .legend {
    position: relative;
  }
  .badge {
    font-size: 0.8125em;
    line-height: 1.35;
    color: var(--_text-muted);
  }
  .legend > span ~ .badge {
    position: absolute;
    inset: auto 0 0;
    text-align: center;
  }
  .slim .legend > span ~ .badge {
    inset: 0;
    align-content: center;
  }
  .shape path {
    vector-effect: non-scaling-stroke;
    stroke-width: 1px;
  }
  .area {
    fill: var(--_data-advanced);
    stroke: var(--_data-advanced);
    opacity: 0.85;
  }
  .edge {
    stroke: var(--_text);
  }
`;
