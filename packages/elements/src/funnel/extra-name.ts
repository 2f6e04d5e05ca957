/** By which what only some funnels show is known to their details, with its version. */
export const extraName = (name: string): string => `funnel-detail-${name} 0.1.0`;
