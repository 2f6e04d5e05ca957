import { css } from './reactive.ts';
import { fallbackCss } from '@sama/tokens/fallback';

/** The frame of every element: its surface, type, states and controls. Sizes follow the host's `1em`. */
export const frameStyles = css`
  ${fallbackCss}
  :host {
    display: block;
    min-inline-size: 0;
  }
  :host([hidden]) {
    display: none;
  }
  .sama.light {
    color-scheme: light;
  }
  .sama.dark {
    color-scheme: dark;
  }
  .sama {
    --_pad: 1.5em;
    --_start: left;
    --_end: right;
    margin: 0;
    font-size: max(1em, 14px);
    font-style: normal;
    font-weight: 400;
    font-variant: tabular-nums;
    line-height: 1.4;
    letter-spacing: normal;
    word-spacing: normal;
    text-align: var(--_start);
    text-indent: 0;
    text-transform: none;
    text-shadow: none;
    white-space: normal;
    overflow-wrap: break-word;
    cursor: auto;
    color: var(--_text);
    border: var(--_line) solid var(--_border);
  }
  .rtl {
    --_start: right;
    --_end: left;
  }
  .run {
    --_run: rtl;
  }
  /* What is read runs as its words do, wherever on the page its line begins. */
  .title,
  .finding,
  .finding b,
  .controls,
  :is(.banner, .note, .foot) > span,
  .notes li,
  th,
  td,
  caption,
  .who {
    direction: var(--_run, ltr);
    unicode-bidi: isolate;
  }
  .mid {
    --_pad: 1.25em;
  }
  .narrow {
    --_pad: 1em;
  }
  * {
    box-sizing: border-box;
  }
  p,
  ol,
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  button,
  select {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
    text-align: inherit;
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    cursor: pointer;
    border-radius: var(--_radius-sm);
  }
  a,
  .link {
    color: var(--_accent-ink);
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  b,
  th,
  .title {
    font-weight: 600;
  }
  :focus-visible,
  .pick:focus-within {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  .vh {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    inline-size: 1em;
    block-size: 1em;
    flex: none;
    fill: currentColor;
    overflow: visible;
  }
  .stroke {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1em;
  }
  .title {
    flex: 1;
    font-size: 0.875em;
    font-variant: normal;
    padding-block: 0.18em;
  }
  .actions {
    display: flex;
    gap: 0.5em;
    color: var(--_text-muted);
  }
  .action,
  .button {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    min-inline-size: max(1.75em, 24px);
    min-block-size: max(1.75em, 24px);
    padding-inline: 0.4em;
    font-size: 0.875em;
    border-radius: var(--_radius-md);
    list-style: none;
    cursor: pointer;
  }
  .action::-webkit-details-marker {
    display: none;
  }
  .action:hover,
  .button:hover {
    background: var(--_surface-sunken);
    color: var(--_text);
    outline: var(--_edge) solid;
  }
  .menu {
    position: relative;
  }
  .finding {
    max-inline-size: 44em;
    min-block-size: 1.4em;
    text-wrap: pretty;
  }
  .controls {
    margin-block-start: 0.9em;
    color: var(--_text-muted);
    line-height: 2.1;
    font-size: 0.9375em;
  }
  .controls b {
    font-weight: inherit;
    color: var(--_text);
  }
  .pick {
    position: relative;
    display: inline-flex;
    align-items: center;
    gap: 0.3em;
    min-block-size: max(1.6em, 25px);
    line-height: 1.3;
    padding-inline: 0.1em;
    color: var(--_text);
    border-block-end: 1px solid var(--_border-strong);
  }
  .pick:hover {
    border-color: var(--_text);
  }
  .pick .icon {
    inline-size: 0.8em;
  }
  .pick select {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    opacity: 0;
  }
  option {
    color: var(--_text);
    background: var(--_surface-raised);
  }
  .link {
    min-block-size: 24px;
  }
  .button {
    margin-block-start: 1em;
    padding: 0.45em 0.9em;
    border: 1px solid var(--_border-strong);
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4em 1.6em;
    margin-block-start: 1.4em;
    padding-block-start: 1.1em;
    font-size: 0.8125em;
    color: var(--_text-muted);
    border-block-start: var(--_line) solid var(--_border);
  }
  .dot::before {
    content: '';
    display: inline-block;
    margin-inline-end: 0.55em;
    /* A border, for paper has no backgrounds. */
    border: 0.31em solid var(--_ok-mark);
    border-radius: 50%;
  }
  @media print {
    .sama {
      --_pad: 0;
      font-size: 9pt;
      background: #fff !important;
      border: 0;
      break-inside: avoid;
      container-type: inline-size;
    }
    .actions,
    .pick .icon,
    .button {
      display: none;
    }
    .pick {
      border: 0;
    }
  }
`;
