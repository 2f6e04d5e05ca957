import { css } from '../internal/css.ts';
import { returnsStyles } from './returns.styles.ts';

/** What a queue loads when it is wanted: the filter, the keys, forms, what is said of what was done, and the table of returns. */
export const deskStyles = css`
  input,
  textarea {
    font: inherit;
    color: inherit;
  }
  .batch,
  .toast {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.6em 0.75em;
    margin-block-start: 0.9em;
    padding: 0.6em 0.9em;
    font-size: 0.875em;
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius-md);
    background: var(--_surface-raised);
  }
  .toast {
    flex-wrap: nowrap;
    inline-size: fit-content;
    max-inline-size: 100%;
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.1);
  }
  .toast .icon.bad {
    color: var(--_bad-mark);
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 0.75em;
    padding-block: 0.9em;
    border-block-end: var(--_line) solid var(--_border);
  }
  .grow {
    flex: 1 1 14em;
  }
  .help {
    padding: 0.9em 1em;
    background: var(--_surface-sunken);
    border-end-start-radius: var(--_radius-md);
    border-end-end-radius: var(--_radius-md);
  }
  .help dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, 3.75em minmax(9em, 1fr));
    gap: 0.5em 0.75em;
    margin: 0 0 0.75em;
    font-size: 0.875em;
  }
  .help dd {
    margin: 0;
  }
  .form {
    display: grid;
    gap: 0.75em;
    margin-block-start: 1.1em;
    padding: 1em;
    border-radius: var(--_radius-md);
    background: var(--_surface-sunken);
  }
  .form .acts {
    margin: 0;
  }
  .checks {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(11em, 1fr));
    gap: 0.5em 1em;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 0.6em;
    min-block-size: 24px;
    cursor: pointer;
  }
  .check input {
    flex: none;
    inline-size: 1.05em;
    block-size: 1.05em;
    margin: 0;
    accent-color: var(--_accent-ink);
  }
  .field {
    display: grid;
    gap: 0.25em;
    font-size: 0.9375em;
  }
  .field > span {
    color: var(--_text-muted);
    font-size: 0.875em;
  }
  .field :is(input, select, textarea) {
    inline-size: 100%;
    min-block-size: 2.4em;
    margin: 0;
    padding: 0.4em 0.65em;
    color: var(--_text);
    background: var(--_surface);
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-md);
    letter-spacing: inherit;
  }
  .fault {
    font-weight: 600;
    color: var(--_bad);
  }
  ${returnsStyles}
  @media (forced-colors: active), (prefers-contrast: more) {
    .form {
      border: 1px solid;
    }
  }
  @media print {
    .filters,
    .help,
    .form,
    .toast,
    .batch {
      display: none;
    }
  }
`;
