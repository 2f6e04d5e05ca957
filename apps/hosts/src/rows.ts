/** The numbers a page shows first, and those it gets later. */
export const FIRST = [
  { stage: 'Lead', count: 18_400 },
  { stage: 'Won', count: 391 },
];
export const LATER = [
  { stage: 'Lead', count: 20_100 },
  { stage: 'Won', count: 402 },
];
