import { css } from '../internal/css.ts';

/** What is noted of the time, in the room the chart has left for it below its rows. */
export const notesStyles = css`
  .lane {
    /* Where a mark stands, from 0 to 1. */
    --_at: 0;
    position: relative;
    max-inline-size: 96em;
    margin-block-start: calc(-24px - 1.9em);
    block-size: calc(24px + 1.9em);
    padding-block-start: 0.6em;
    color: var(--_text-muted);
  }
  .lane[hidden] {
    display: block;
    visibility: hidden;
    block-size: 0;
    padding: 0;
  }
  .track {
    position: relative;
    block-size: 24px;
  }
  .track::before {
    content: '';
    position: absolute;
    inset-inline: 12px;
    inset-block-start: calc(50% - 0.5px);
    border-block-start: 1px solid var(--_border-strong);
  }
  .mark {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: calc(var(--_at) * (100% - 24px));
    inline-size: 24px;
    block-size: 24px;
    fill: currentColor;
  }
  .mark svg {
    display: block;
    inline-size: 24px;
    block-size: 24px;
  }
  .mark span {
    display: block;
    inline-size: 20px;
    margin-inline: 2px;
    font-size: 12px;
    line-height: 18px;
    font-weight: 600;
    text-align: center;
    background: var(--sama-funnel-background, var(--_surface));
    border: 1px solid currentColor;
    border-radius: 10px;
  }
  .mark.break,
  .mark:hover,
  .mark[aria-expanded='true'] {
    color: var(--_text);
  }
  .mark.break span {
    border-style: dashed;
    border-width: 2px;
    line-height: 16px;
  }
  .mark[aria-expanded='true'] {
    background: var(--_accent-soft);
    outline: var(--_edge) solid;
  }
  .mark .hollow {
    fill: var(--sama-funnel-background, var(--_surface));
    stroke: currentColor;
    stroke-width: 1.6;
  }
  .mark .cut {
    stroke: currentColor;
    stroke-width: 2;
    stroke-dasharray: 3 2;
  }
  .between {
    display: flex;
    justify-content: space-between;
    gap: 1em;
    font-size: 0.8125em;
    line-height: 1.4;
    white-space: nowrap;
  }
  .between span {
    unicode-bidi: isolate;
  }
  .narrow .between :nth-child(2) {
    display: none;
  }
  .told {
    position: absolute;
    z-index: 2;
    inset-block-end: calc(100% - 0.4em);
    inset-inline-start: calc(var(--_at) * (100% - min(24em, 100%)));
    inline-size: min(24em, 100%);
    max-block-size: 16em;
    overflow: auto;
    padding: 0.6em 0.9em;
    color: var(--_text);
    background: var(--_surface-raised);
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius-md);
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.14);
  }
  .lane li {
    font-size: 0.875em;
    direction: var(--_run, ltr);
    overflow-wrap: anywhere;
  }
  .lane.rtl li {
    text-align: right;
  }
  .lane small {
    display: block;
    color: var(--_text-muted);
  }
  .lane li + li {
    margin-block-start: 0.4em;
  }
  .listed {
    display: none;
  }
  /* The table of it. */
  .scroll .scroll :is(th, td) {
    white-space: normal;
    text-align: var(--_start);
    vertical-align: top;
  }
  .scroll .scroll td:last-child {
    inline-size: 70%;
    overflow-wrap: anywhere;
  }
  @media print {
    .noted {
      padding-block-end: 0;
    }
    .lane {
      margin-block-start: 1em;
      block-size: auto;
    }
    .told {
      display: none;
    }
    .listed {
      display: block;
      margin-block-start: 0.5em;
      color: var(--_text);
    }
  }
`;
