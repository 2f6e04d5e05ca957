import type { Region } from '../company/market.ts';

/** What a lead of each of marketing's channels costs, euro cents. */
export const LEAD_COST: Readonly<Record<string, number>> = {
  'paid-search': 96_00,
  webinar: 58_00,
  'content-download': 34_00,
  event: 210_00,
  'organic-search': 14_00,
  social: 71_00,
};
/** The cost of marketing for each euro of its campaigns, and of sales for each lead of the company. */
export const MARKETING_OVERHEAD = 1.4;
export const SALES_COST = 124_00;
/** What one campaign of a month costs more or less than planned. */
export const COST_SPREAD = 0.06;

/** What was forecast of each region's revenue, of what came. */
export const FORECAST: Readonly<Record<Region, number>> = {
  DACH: 1.04,
  Nordics: 1.3,
  'UK & Ireland': 0.97,
  Benelux: 1.02,
};

/** Targets are so much above the revenue of the year before. */
export const TARGET_GROWTH = 1.1;

/** Visitors of the website for each lead of marketing. */
export const VISITORS_PER_LEAD = 28;

/** What both teams answered, 1 to 5, item by item; the teams see follow-up most differently. */
export const SURVEY: Readonly<Record<string, { marketing: number; sales: number }>> = {
  'clear-words': { marketing: 3.9, sales: 3.7 },
  'follow-up': { marketing: 2.2, sales: 4.4 },
  'lead-quality': { marketing: 4.1, sales: 2.6 },
  'shared-goals': { marketing: 3.4, sales: 3.2 },
  talk: { marketing: 3.0, sales: 3.3 },
};
export const RESPONDENTS = { marketing: 14, sales: 23 } as const;

/** Monthly recurring revenue of a customer, and what becomes of all of it each month, as shares. */
export const MRR = { perCustomer: 1_150_00, expansion: 0.019, contraction: 0.006, churned: 0.011 } as const;
/** Customers the company had when its history begins, for each customer it wins in a month. */
export const EARLIER_CUSTOMERS = 30;
