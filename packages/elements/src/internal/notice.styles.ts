import { css } from './reactive.ts';

/** Banners and notes, and what stands while one waits. */
export const noticeStyles = css`
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
`;
