import { css } from '../internal/css.ts';

/** The table of why hand-offs came back. */
export const returnsStyles = css`
  .returns table {
    max-inline-size: 44em;
    margin-block-start: 0.6em;
  }
  .returns th {
    font-weight: 400;
  }
  .paretobar {
    inline-size: 30%;
  }
  .paretobar svg {
    display: block;
    inline-size: 100%;
    block-size: 0.75em;
  }
  .paretobar rect {
    fill: var(--_data-advanced);
  }
`;
