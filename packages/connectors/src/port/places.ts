import { ConnectorError } from './errors.ts';

/**
 * The places at which a list goes on. One that comes again would be followed for ever: it is refused
 * with a ConnectorError `changed` that says `complaint`.
 */
export class Places {
  readonly #complaint: string;
  readonly #seen = new Set<string>();

  constructor(complaint: string) {
    this.#complaint = complaint;
  }

  /** Goes on at a place. */
  next(place: string): string {
    if (this.#seen.has(place)) throw new ConnectorError('changed', this.#complaint);
    this.#seen.add(place);
    return place;
  }
}
