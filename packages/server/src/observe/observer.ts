/** A request that has been answered, as far as a log may know it. */
export interface RequestLine {
  id: string;
  method: string;
  /** The pattern of the route, such as `/s/:link`, never the address itself. */
  route: string;
  status: number;
  ms: number;
  /** What went over the wire, heads included; 0 where there was none. */
  bytes: number;
  /** The client left before the end. */
  left: boolean;
  tenant?: string | undefined;
  /** The key the token was made or signed with. */
  key?: string | undefined;
}

/** Hears what a server does, for its log and its metrics. */
export interface Observer {
  request(line: RequestLine): void;
  /** An engine was asked. */
  question(asked: { engine: string; kind: string; status: string; ms: number }): void;
  /** An answer was known by its hash to the client (`client`), kept here (`kept`), or had to be computed (`none`). */
  cache(found: 'client' | 'kept' | 'none'): void;
  command(of: 'handoff' | 'term' | 'mark', outcome: 'done' | 'conflict' | 'refused' | 'failed'): void;
  /** How many live streams are open now. */
  streams(open: number): void;
  /** What became of an attempt to send a notice by webhook, mail or the rule. */
  notice(channel: string, result: 'sent' | 'failed' | 'given-up'): void;
}
