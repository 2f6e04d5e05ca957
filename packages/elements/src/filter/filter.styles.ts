import { css } from '../internal/reactive.ts';

/** The filter stands on the page's own ground, as a line of text. */
export const filterStyles = css`
  .sama {
    border: 0;
  }
  .controls {
    margin: 0;
  }
`;
