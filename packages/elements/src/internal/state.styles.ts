import { css } from './reactive.ts';

/** The states every element shares: banners and notes, the table of the data, and what stands while one waits. */
export const stateStyles = css`
  .banner,
  .note {
    display: flex;
    gap: 0.75em;
    align-items: start;
    margin-block-start: 0.9em;
    padding: 0.6em 0.9em;
    font-size: 0.875em;
    line-height: 1.5;
    border: var(--_edge) solid;
    border-radius: var(--_radius-md);
    background: var(--_surface-sunken);
  }
  .banner .icon,
  .note .icon {
    margin-block-start: 0.22em;
    color: var(--_neutral-mark);
  }
  .banner.bad {
    background: var(--_bad-soft);
  }
  .banner.warn {
    background: var(--_warn-soft);
  }
  .banner .icon.bad {
    color: var(--_bad-mark);
  }
  .banner .icon.warn {
    color: var(--_warn-mark);
  }
  .notes {
    display: grid;
    gap: 0.3em;
  }
  .scroll {
    overflow-x: auto;
    margin-block-start: 1.2em;
  }
  table {
    border-collapse: collapse;
    inline-size: 100%;
    font-size: 0.8125em;
  }
  caption {
    text-align: var(--_start);
    color: var(--_text-muted);
    padding-block-end: 0.75em;
  }
  th,
  td {
    padding: 0.5em 0.4em;
    text-align: right;
    border-block-end: 1px solid var(--_border);
  }
  td {
    white-space: nowrap;
  }
  :is(th, td):first-child {
    text-align: var(--_start);
    padding-inline-start: 0;
  }
  thead th {
    font-weight: 400;
    color: var(--_text-muted);
    vertical-align: bottom;
  }
  .sort {
    position: relative;
    min-block-size: 24px;
    /* The arrow stands beside the ring. */
    outline-offset: -1px;
  }
  .sort::after {
    position: absolute;
    inset-inline-start: calc(100% + 0.1em);
  }
  [aria-sort='ascending'] .sort::after {
    content: '↑';
  }
  [aria-sort='descending'] .sort::after {
    content: '↓';
  }
  .skeleton {
    margin-block: 5.75em 2.75em;
  }
  .skeleton li {
    display: grid;
    grid-template-columns: 22% 1fr;
    gap: 16%;
    align-items: center;
    min-block-size: 3.25em;
  }
  .skeleton i {
    display: block;
    block-size: 0.5em;
    border-radius: var(--_radius-sm);
    background: var(--_data-track);
  }
  .skeleton i + i {
    block-size: 1.5em;
  }
  .skeleton li:nth-child(n + 2) i + i {
    inline-size: 74%;
  }
  .skeleton li:nth-child(n + 4) i + i {
    inline-size: 37%;
  }
  .skeleton li:nth-child(n + 6) i + i {
    inline-size: 9%;
  }
  @media (prefers-reduced-motion: no-preference) {
    .skeleton i {
      animation: wait 2.4s ease-in-out infinite alternate;
    }
    @keyframes wait {
      to {
        opacity: 0.55;
      }
    }
  }
  @media print {
    .scroll {
      overflow: visible;
    }
    th,
    td {
      padding-inline: 0.25em;
      white-space: normal;
    }
    tr,
    .row {
      break-inside: avoid;
    }
  }
`;
