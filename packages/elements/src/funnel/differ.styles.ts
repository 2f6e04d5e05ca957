import { css } from '../internal/css.ts';

/** What compares two numbers: the choices, and beside them on a wide panel what they come to. */
export const differStyles = css`
  .steps small {
    display: block;
  }
  .steps .more {
    fill: var(--_data-advanced);
  }
  .otherwise {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75em 1.5em;
  }
  .otherwise label {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.5em;
    color: var(--_text-muted);
    font-size: 0.875em;
  }
  .otherwise input {
    inline-size: 7em;
    min-block-size: 1.75em;
    font: inherit;
    color: var(--_text);
    background: var(--_surface);
    border: var(--_line) solid var(--_text-muted);
    border-radius: 4px;
  }
  .otherwise [type='text'] {
    inline-size: min(15em, 100%);
  }
  .otherwise ::placeholder {
    color: var(--_text-muted);
    opacity: 1;
  }
  .panel .steps {
    max-inline-size: 60em;
  }
  .steps th:first-child {
    overflow-wrap: break-word;
  }
  .steps td {
    white-space: nowrap;
  }
  .wide .differ {
    display: grid;
    grid-template-columns: 20em minmax(0, 1fr);
    gap: 1.5em 2.5em;
    align-items: start;
  }
  .wide .otherwise {
    flex-direction: column;
    gap: 0.5em;
  }
  .wide .otherwise label {
    justify-content: space-between;
  }
  .otherwise .pick {
    margin: 0;
  }
  .found {
    margin-block-start: 0.4em;
  }
`;
