import { css } from '../internal/reactive.ts';

/** The glossary: the search over a list and what is chosen of it, side by side where there is room. */
export const glossaryStyles = css`
  .sama {
    padding: var(--sama-glossary-padding, var(--_pad));
    background: var(--sama-glossary-background, var(--_surface));
    border-color: var(--sama-glossary-border-color, var(--_border));
    border-radius: var(--sama-glossary-radius, var(--_radius));
    /* Figures of one width widen the hyphens of some typefaces. */
    font-variant: normal;
  }
  input {
    inline-size: 100%;
    margin: 0;
    padding: 0.5em 0.65em;
    font: inherit;
    color: inherit;
    background: none;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-md);
  }
  .search {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.75em;
    margin-block-start: 0.9em;
    padding-inline: 0.9em;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-md);
  }
  .search:focus-within {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  .search > .icon {
    color: var(--_text-muted);
  }
  .search input {
    flex: 1 1 8em;
    inline-size: auto;
    min-inline-size: 0;
    min-block-size: 2.75em;
    padding: 0;
    border: 0;
    outline: 0;
    appearance: none;
  }
  ::placeholder {
    color: var(--_text-muted);
    opacity: 1;
  }
  .say {
    color: var(--_text-muted);
    font-size: 0.9375em;
  }
  .narrow .say:not(:has(.vh)) {
    flex-basis: 100%;
    padding-block-end: 0.6em;
  }
  .cols {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1em 2.5em;
    align-items: start;
    margin-block-start: 0.75em;
  }
  .sama:not(.narrow) .cols {
    grid-template-columns: minmax(14em, 5fr) 7fr;
  }
  .sama:not(.narrow) .list {
    max-block-size: 36em;
    overflow-y: auto;
    /* Room for the ring of the row in focus. */
    padding: 3px;
    margin: -3px;
  }
  .list > li {
    border-block-end: var(--_line) solid var(--_border);
  }
  .group {
    padding: 1em 0.9em 0.3em;
    font-size: 0.8125em;
    color: var(--_text-muted);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.9em;
    inline-size: 100%;
    min-block-size: var(--_row-height);
    padding: 0.4em 0.9em;
    border-inline-start: 3px solid #0000;
    border-radius: 0;
  }
  .row:hover {
    background: var(--_surface-sunken);
  }
  .row[aria-current] {
    background: var(--_accent-soft);
    border-color: var(--_accent-ink);
    font-weight: 600;
  }
  .gone .name {
    text-decoration: line-through;
  }
  .name,
  .definition,
  .when li,
  .chip > span,
  .say,
  dt,
  dd {
    unicode-bidi: plaintext;
    text-align: var(--_start);
  }
  .row .name {
    flex: 1 1 9em;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    font-size: 0.875em;
    font-weight: 400;
    color: var(--_text-muted);
  }
  .chip .icon {
    color: var(--_neutral-mark);
  }
  .chip.ok {
    color: var(--_ok);
  }
  .chip .icon.ok {
    color: var(--_ok-mark);
  }
  .chip.warn {
    color: var(--_warn);
  }
  .chip .icon.warn {
    color: var(--_warn-mark);
  }
  .detail {
    min-inline-size: 0;
  }
  .narrow .detail {
    padding-block: 0.5em 1.2em;
  }
  .narrow :is(.votes, .uses) {
    grid-template-columns: 6.25em minmax(0, 1fr);
    gap: 0.5em;
  }
  h3 {
    flex: 1;
    margin: 0;
    font-size: 1.1875em;
    line-height: 1.35;
    font-weight: 600;
  }
  .meta,
  .meta .team {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.1em 0.5em;
    color: var(--_text-muted);
  }
  .meta > :not(:last-child)::after {
    content: ' ·';
  }
  /* The row above says the name already. */
  .narrow .list h3 {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .narrow .list .top {
    float: inline-end;
  }
  .definition {
    margin-block-start: 1.1em;
    max-inline-size: 40em;
    font-size: 1.0625em;
    line-height: 1.5;
    text-wrap: pretty;
  }
  .when {
    margin-block-start: 1.2em;
    padding-inline-start: 1.2em;
    border-inline-start: 2px solid var(--_border-strong);
  }
  .when > p,
  dt {
    font-size: 0.9375em;
    color: var(--_text-muted);
  }
  .when li {
    margin-block-start: 0.35em;
  }
  .d1 {
    margin-inline-start: 1.2em;
  }
  .d2 {
    margin-inline-start: 2.4em;
  }
  .remarks,
  .rule,
  small {
    color: var(--_text-muted);
    font-size: 0.9375em;
  }
  ins,
  del {
    unicode-bidi: isolate;
  }
  ins {
    text-decoration: none;
    background: var(--_accent-soft);
    border-radius: var(--_radius-sm);
    padding-inline: 0.3em;
  }
  ins::before {
    content: '+ ';
  }
  del {
    color: var(--_text-muted);
  }
  del::before {
    content: '− ';
  }
  q {
    quotes: auto;
  }
  dl,
  dd {
    margin: 0;
  }
  .votes,
  .uses {
    display: grid;
    grid-template-columns: 7em minmax(0, 1fr);
    gap: 0.5em 1.2em;
    margin-block-start: 1.2em;
  }
  dl > div {
    display: grid;
    grid-template-columns: subgrid;
    grid-column: 1 / -1;
    align-items: baseline;
  }
  .votes > div {
    align-items: center;
    min-block-size: 2.4em;
  }
  .votes .ok {
    font-weight: 500;
  }
  .votes dt {
    display: flex;
    align-items: center;
    gap: 0.5em;
  }
  .changes {
    margin-block-start: 0.4em;
  }
  .changes > div {
    display: block;
  }
  .votes dd,
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6em;
  }
  :is(.votes, .buttons) .button {
    margin: 0;
  }
  .buttons,
  .history {
    margin-block-start: 1.2em;
  }
  .primary {
    color: var(--_on-accent);
    background: var(--_accent-ink);
    border-color: var(--_accent-ink);
  }
  .primary:hover {
    color: var(--_on-accent);
    background: var(--_accent-hover);
  }
  .button:disabled {
    opacity: 0.6;
    cursor: default;
  }
  .link {
    font-size: inherit;
    cursor: pointer;
  }
  summary.link {
    display: inline-block;
    list-style: none;
  }
  .history li {
    margin-block-start: 0.8em;
    padding-inline-start: 1em;
    border-inline-start: 2px solid var(--_border);
    font-size: 0.9375em;
  }
  .paper {
    columns: 2;
    column-gap: 2.5em;
    margin-block-start: 1em;
  }
  .paper section {
    break-inside: avoid;
    padding-block-end: 1.4em;
  }
  .paper :is(.definition, .when, .uses) {
    margin-block: 0.4em;
  }
  .rtl .half {
    transform: scaleX(-1);
  }
  @media (forced-colors: active) {
    .row {
      border-color: Canvas;
    }
    .row[aria-current] {
      border-color: Highlight;
    }
    .primary {
      forced-color-adjust: none;
      color: HighlightText;
      background: Highlight;
    }
    ins {
      border: 1px solid;
    }
  }
  @media print {
    .sama {
      break-inside: auto;
    }
    .search,
    .menu,
    .sama > .controls {
      display: none;
    }
  }
`;
