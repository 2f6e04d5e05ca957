/** The name, with its version, of a language's words of what opens below a funnel. */
export const behindName = (tag: string): string => `funnel-detail-${tag} 0.1.0`;
