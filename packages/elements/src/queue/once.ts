/** Does what a click means, but not twice for a double one: by its second the next lead stands there. */
export const once =
  (run: () => void) =>
  ({ detail }: MouseEvent): void =>
    detail < 2 ? run() : undefined;
