/** A style sheet; the name lets editors and the build know it as one. */
export const css = String.raw;
