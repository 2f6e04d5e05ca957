/** The name of what names hand-offs in another language, with its version. */
export const NAMES = 'handoff-queue-names 0.1.0';
