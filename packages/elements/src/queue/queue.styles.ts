import { css } from '../internal/reactive.ts';

/** The list of leads and what stands above and below it. */
export const queueStyles = css`
  .sama {
    --_lead: 5em;
    padding: var(--sama-handoff-queue-padding, var(--_pad));
    background: var(--sama-handoff-queue-background, var(--_surface));
    border-color: var(--sama-handoff-queue-border-color, var(--_border));
    border-radius: var(--sama-handoff-queue-radius, var(--_radius));
  }
  .sama.compact {
    --_lead: 4.25em;
  }
  .sama.narrow {
    --_lead: 7.5em;
  }
  kbd {
    display: inline-block;
    min-inline-size: 1.45em;
    padding-inline: 0.3em;
    font: inherit;
    font-size: 0.875em;
    line-height: 1.45;
    text-align: center;
    border: 1px solid color-mix(in oklab, currentColor 35%, transparent);
    border-radius: var(--_radius-sm);
  }
  .action.on {
    color: var(--_accent-ink);
  }
  .views {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.5em;
    margin-block-start: 0.6em;
    border-block-end: var(--_line) solid var(--_border);
  }
  .narrow .views {
    gap: 0 0.75em;
  }
  .narrow [role='tab'] {
    font-size: 0.8125em;
  }
  [role='tab'] {
    padding-block: 0.6em;
    margin-block-end: calc(-1 * var(--_line));
    font-size: 0.9375em;
    color: var(--_text-muted);
    border-radius: 0;
    border-block-end: 2px solid transparent;
  }
  [role='tab']:hover {
    color: var(--_text);
  }
  [role='tab'][aria-selected='true'] {
    font-weight: 600;
    color: var(--_text);
    border-color: var(--_accent-ink);
  }
  [role='tab'] span {
    margin-inline-start: 0.3em;
    font-weight: 400;
  }
  [role='tab']:focus-visible {
    outline-offset: -2px;
  }
  .queue.two {
    display: grid;
    grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr);
    gap: 2.25em;
    align-items: start;
  }
  .nothing {
    padding-block: 2.5em;
    color: var(--_text-muted);
  }
  .nothing .act {
    margin-block-start: 1em;
  }
  .leads {
    position: relative;
    overflow: hidden auto;
    max-block-size: var(--sama-handoff-queue-height, calc(8.5 * var(--_lead)));
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_border-strong) transparent;
  }
  .leads:focus-visible {
    outline: none;
  }
  .leads:focus-visible .active {
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
  }
  .probe {
    position: absolute;
    visibility: hidden;
    block-size: var(--_lead);
    inline-size: 1px;
  }
  .row {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    column-gap: 0.85em;
    block-size: var(--_lead);
    padding-inline: 0.6em 0.85em;
    line-height: 1.35;
    border-block-end: var(--_line) solid var(--_border);
    border-inline-start: 3px solid transparent;
    cursor: pointer;
  }
  .row:hover {
    background: var(--_surface-sunken);
  }
  .row.active {
    background: var(--_accent-soft);
    border-inline-start-color: var(--_accent-ink);
  }
  .row > span:first-child {
    display: flex;
    align-items: center;
    gap: 0.6em;
  }
  .tile {
    display: grid;
    place-items: center;
    inline-size: max(2em, 32px);
    block-size: max(2em, 32px);
    font-size: 0.875em;
    font-weight: 600;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-md);
  }
  .row .tile {
    inline-size: 2.3em;
    block-size: 2.3em;
  }
  .tile.A,
  .tick.on {
    color: var(--_on-accent);
    background: var(--_accent-ink);
    border-color: var(--_accent-ink);
  }
  .tile.B {
    color: var(--_accent-ink);
    background: var(--_accent-soft);
    border-color: var(--_accent-ink);
  }
  .lead > * {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .lead b {
    font-size: 0.9375em;
  }
  .sub,
  .why {
    font-size: 0.8125em;
    color: var(--_text-muted);
  }
  .why {
    font-size: 0.875em;
  }
  .past b,
  .past .sub {
    opacity: 0.62;
  }
  .past .tile {
    opacity: 0.75;
  }
  .past .why {
    color: var(--_text);
  }
  .why .icon {
    margin-inline-end: 0.45em;
    vertical-align: -0.12em;
  }
  .clock {
    display: inline-flex;
    align-items: center;
    gap: 0.45em;
    font-size: 0.8125em;
    font-weight: 500;
    color: var(--_text-muted);
  }
  .clock.warn {
    font-weight: 600;
    color: var(--_warn);
  }
  .clock.bad {
    font-weight: 600;
    color: var(--_bad);
  }
  .clock .icon.bad {
    color: var(--_bad-mark);
  }
  .clock .icon.warn,
  .elements .icon.warn {
    color: var(--_warn-mark);
  }
  .wait {
    grid-column: 1 / -1;
    block-size: 0.5em;
    inline-size: 60%;
    border-radius: var(--_radius-sm);
    background: var(--_data-track);
  }
  .tick {
    display: grid;
    place-items: center;
    inline-size: 1.25em;
    block-size: 1.25em;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-sm);
  }
  [aria-selected='true'].row .tile {
    outline: 2px solid var(--_accent-ink);
    outline-offset: 2px;
  }
  .narrow .row {
    grid-template-columns: auto minmax(0, 1fr);
    grid-template-rows: 1fr auto auto 1fr;
    row-gap: 0;
    padding-inline: 0.2em 0.4em;
  }
  .narrow .row > span:first-child {
    grid-row: 2 / span 2;
    align-self: start;
  }
  .narrow .row > .lead {
    grid-row: 2;
  }
  .narrow .lead > * {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    white-space: normal;
  }
  .narrow .row > span:last-child {
    grid-area: 3 / 2;
    min-block-size: 1.2em;
  }
  .narrow .row > .wait {
    grid-area: 2 / 1 / 3 / -1;
  }
  .returns {
    padding-block: 0.9em;
    border-block-end: var(--_line) solid var(--_border);
  }
  .returns summary {
    font-size: 0.9375em;
    min-block-size: 24px;
    cursor: pointer;
  }
  .foot > :last-child {
    margin-inline-start: auto;
  }
  @media (forced-colors: active) {
    .row {
      border-inline-start-color: Canvas;
    }
    .row.active {
      border-inline-start-color: Highlight;
    }
    .act.first,
    .tile.A,
    .tick.on {
      color: HighlightText;
      background: Highlight;
      forced-color-adjust: none;
    }
    [role='tab'][aria-selected='true'] {
      border-color: Highlight;
    }
  }
  @media (prefers-contrast: more) {
    .past :is(b, .sub, .tile) {
      opacity: 1;
      text-decoration: line-through;
    }
  }
  @media print {
    .leads {
      max-block-size: none;
      overflow: visible;
    }
    .rows {
      block-size: auto !important;
      padding: 0 !important;
    }
    .row {
      --_lead: 4.4em;
      background: none;
    }
    .tile,
    .tick {
      color: #000 !important;
      background: none !important;
      border-color: currentColor;
    }
    .tile.A {
      border-width: 2px;
    }
    [role='tab'][aria-selected='false'],
    .acts {
      display: none;
    }
  }
`;
