/** A chain some of whose states are gone, without a change in what the others lead to. */
export interface Reduced {
  /** The states that are left, without the start. */
  readonly states: readonly number[];
  /** The flow from the start straight to a conversion. */
  readonly converting: number;
  /**
   * The chain with more states gone, this one left as it is: what comes in is passed on in
   * proportion to what goes out. This is Gaussian elimination for Markov chains; as it only adds,
   * multiplies and divides positive numbers, nothing cancels and every figure keeps its accuracy.
   * Source: Grassmann, Taksar & Heyman, Operations Research 33 (1985) 1107–1116.
   *
   * @param gone of the states that are left.
   * @param most stays as it is: a state of more pairs of a way in and a way out, for a later time.
   */
  without(gone: readonly number[], most: number): Reduced;
}
