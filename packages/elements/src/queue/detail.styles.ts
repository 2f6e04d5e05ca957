import { css } from '../internal/reactive.ts';

/** Everything about one lead: facts, actions, forms, log. */
export const detailStyles = css`
  .detail {
    min-inline-size: 0;
    padding-block-start: 1.5em;
    font-size: 0.9375em;
    line-height: 1.5;
  }
  .back {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    margin-block-end: 1em;
  }
  .rtl .back .icon {
    transform: scaleX(-1);
  }
  .detail .head {
    display: flex;
    justify-content: space-between;
    gap: 1em;
  }
  .detail .head .tile {
    flex: none;
    inline-size: 2.75em;
    block-size: 2.75em;
    font-size: 1.0625em;
  }
  .detail h3 {
    margin: 0;
    font-size: 1.125em;
    line-height: 1.35;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .detail h3:focus-visible {
    outline-offset: 4px;
  }
  .detail .sub {
    font-size: 0.9375em;
    overflow-wrap: anywhere;
  }
  .due {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.2em 1.25em;
    margin-block-start: 0.9em;
  }
  .due .clock {
    font-size: 1em;
  }
  blockquote {
    margin: 0.9em 0 0;
    padding-inline-start: 0.9em;
    border-inline-start: 2px solid var(--_border-strong);
    white-space: pre-line;
    max-block-size: 12em;
    overflow: auto;
  }
  .detail dl {
    display: grid;
    grid-template-columns: minmax(6em, auto) minmax(0, 1fr);
    gap: 0.45em 1.2em;
    margin: 1em 0 0;
  }
  .detail dt {
    color: var(--_text-muted);
  }
  .detail dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .elements {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4em 1.2em;
    margin-block-start: 1em;
  }
  .elements li {
    display: flex;
    align-items: center;
    gap: 0.55em;
  }
  .elements .icon.ok {
    color: var(--_ok-mark);
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6em;
    margin-block-start: 1.1em;
  }
  .act {
    display: inline-flex;
    align-items: center;
    gap: 0.6em;
    min-block-size: max(2.4em, 24px);
    padding-inline: 0.95em;
    font-weight: 500;
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius-md);
  }
  .act:hover {
    background: var(--_surface-sunken);
  }
  .act.first {
    color: var(--_on-accent);
    background: var(--_accent-ink);
    border-color: var(--_accent-ink);
  }
  .act.first:hover {
    background: var(--_accent-hover);
  }
  .act.quiet {
    border-color: transparent;
    color: var(--_text-muted);
  }
  .more {
    margin-block-start: 1em;
    font-size: 0.9375em;
    color: var(--_text-muted);
  }
  .more summary {
    min-block-size: 24px;
    cursor: pointer;
  }
  .log summary {
    list-style: none;
  }
  .log summary::-webkit-details-marker {
    display: none;
  }
  .log summary u {
    text-underline-offset: 0.2em;
  }
  .more li {
    margin-block-start: 0.4em;
    overflow-wrap: anywhere;
  }
  .log time {
    margin-inline-end: 0.5em;
    color: var(--_text);
  }
  .undone {
    text-decoration: line-through;
  }
  @media print {
    .acts {
      display: none;
    }
    .detail {
      break-inside: avoid;
    }
    .log ol {
      display: block;
    }
  }
`;
