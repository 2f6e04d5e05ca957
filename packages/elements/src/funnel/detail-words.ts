import { funnelDetail } from '../locale/en/funnel-detail.ts';
import type { FunnelWords } from '../locale/index.ts';

/** The words of the funnel and of what it loads later. */
export type DetailWords = FunnelWords & typeof funnelDetail;

/** Another language brings all but those of what opens below at once. */
export const detailWords = (t: FunnelWords): DetailWords => ({
  ...funnelDetail,
  ...t,
  reasons: { ...funnelDetail.reasons, ...t.reasons },
});
