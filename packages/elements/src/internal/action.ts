/** What a menu offers. */
export interface Action {
  text: string;
  run: () => void;
}
