/** Unix seconds as an ISO instant. */
export const instant = (seconds: number): string => new Date(seconds * 1000).toISOString();
