import { noticeStyles } from './notice.styles.ts';
import { css } from './reactive.ts';

/** The states every element with figures shares: banners and notes, and what stands while one waits. */
export const stateStyles = css`
  ${noticeStyles}
  @media print {
    .row {
      break-inside: avoid;
    }
  }
`;
