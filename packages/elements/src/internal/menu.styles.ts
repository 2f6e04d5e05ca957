import { css } from './css.ts';

/** What a menu holds, over what stands below it. */
export const menuStyles = css`
  .items {
    position: absolute;
    inset-inline-end: 0;
    z-index: 2;
    min-inline-size: max-content;
    padding: 0.25em;
    font-size: 0.875em;
    color: var(--_text);
    background: var(--_surface-raised);
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius-md);
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.14);
  }
  .items button {
    display: block;
    inline-size: 100%;
    padding: 0.45em 0.75em;
  }
  .items button:hover {
    background: var(--_surface-sunken);
    outline: var(--_edge) solid;
  }
`;
