import { css } from '../internal/css.ts';

/** The forms of a glossary. */
export const deskStyles = css`
  .form :is(textarea, select) {
    inline-size: 100%;
    padding: 0.5em 0.65em;
    font: inherit;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-md);
  }
  textarea {
    display: block;
    resize: vertical;
  }
  .form label {
    font-size: 0.9375em;
    color: var(--_text-muted);
  }
  .form {
    display: grid;
    gap: 0.9em;
    margin-block-start: 1.2em;
    padding: 1em;
    background: var(--_surface-sunken);
    border-radius: var(--_radius-md);
  }
  .form :is(input, textarea, select) {
    margin: 0;
    margin-block-start: 0.3em;
    font-size: 1.0667em;
    color: var(--_text);
    background: var(--_surface);
  }
  .form :is(.note, .banner, .buttons) {
    margin: 0;
  }
`;
