import { fallbackCss } from '@sama/tokens/fallback';
import { css } from '../internal/reactive.ts';

/** A word in the page's own type, and a card for what it means. */
export const termStyles = css`
  ${fallbackCss}
  :host {
    font-family: inherit;
  }
  .sama.light {
    color-scheme: light;
  }
  .sama.dark {
    color-scheme: dark;
  }
  .word {
    cursor: help;
    text-decoration: underline dotted;
    text-underline-offset: 0.22em;
    border-radius: 2px;
  }
  .word:focus-visible,
  a:focus-visible {
    outline: 2px solid var(--sama-focus, currentColor);
    outline-offset: 2px;
  }
  .sama {
    position: fixed;
    inset: auto;
    box-sizing: border-box;
    inline-size: max-content;
    max-inline-size: min(300px, 100vw - 16px);
    margin: 0;
    padding: 0.9em 1.1em;
    font-family: var(--sama-font, inherit);
    font-size: clamp(14px, 1em, 16px);
    font-style: normal;
    font-weight: 400;
    line-height: 1.5;
    letter-spacing: normal;
    text-align: start;
    text-indent: 0;
    text-transform: none;
    text-shadow: none;
    white-space: normal;
    overflow-wrap: break-word;
    cursor: auto;
    color: var(--_text);
    background: var(--_surface-raised);
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius-md);
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.14);
  }
  .sama > * {
    display: block;
    margin: 0;
    unicode-bidi: plaintext;
  }
  b {
    font-weight: 600;
  }
  .text {
    margin-block-start: 0.3em;
  }
  .foot {
    margin-block-start: 0.4em;
    color: var(--_text-muted);
  }
  a {
    color: var(--_accent-ink);
    text-underline-offset: 0.2em;
  }
  @media (prefers-reduced-motion: no-preference) {
    .sama:popover-open {
      animation: come 150ms;
    }
    @keyframes come {
      from {
        opacity: 0;
      }
    }
  }
  @media print {
    .word {
      text-decoration: none;
    }
    .sama {
      display: none;
    }
  }
`;
