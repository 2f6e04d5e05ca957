/** Where to ask, and with which rights. @public */
export interface HttpSourceOptions {
  /** The server, such as `https://metrics.example.com`; relative to the page when it is a path. */
  src: string;
  /** Gives a short-lived token for `Authorization: Bearer`. Asked once for all who pass the same function. */
  fetchToken?: (() => Promise<string>) | undefined;
  /** Default: the global `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Milliseconds an answer may take, retries included. Default: 30 000. */
  timeoutMs?: number | undefined;
}
