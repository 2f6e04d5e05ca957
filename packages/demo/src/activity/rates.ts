import type { Origin } from '../company/market.ts';
import { DAY } from '../time/berlin.ts';

/** The channel whose touch, where there is one, is the last before the outcome. */
export const LAST_CHANNEL = 'live-demo';

/** The chance of a live demo before a deal is won, lost, or while it is open. */
export const DEMO_SHARE = { won: 0.6, lost: 0.3, open: 0.4 } as const;

/** Of those who filled in a form, who clicks a mail, and within how many days of it. */
export const MAIL_SHARE = 0.3;
export const MAIL_DAYS = 14;
/** Of them, who sits in a webinar within those days. */
export const WEBINAR_SHARE = 0.1;

/** Whether leads of an origin come by a touch: sales finds its own. */
export const TOUCHED: Readonly<Record<Origin, boolean>> = { marketing: true, teleprospecting: true, sales: false };

/** How long before the lead a visit or call may lie. */
export const VISIT_BEFORE = 40 * 60_000;
export const CALL_BEFORE = 3 * DAY;

/** The pages visitors read before they leave their address. */
export const PAGES = ['/pricing', '/robots', '/case-studies', '/integration', '/safety'] as const;
