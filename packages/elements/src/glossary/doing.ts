/** What can be done with a term here. */
export interface Doing {
  /** Types of commands this reader may give now. */
  can: readonly string[];
  /** Of the command that is on its way. */
  pending: string | undefined;
  give(type: string): void;
  /** Opens the form of a command that needs words. */
  open(type: string): void;
  /** Says what was just done. */
  say(text: string): void;
  show(key: string): void;
}
