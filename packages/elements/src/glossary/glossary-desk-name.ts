/** By which the single file of the desk is known to that of the glossary: of the same version only. */
export const DESK = 'glossary-desk 0.1.0';
