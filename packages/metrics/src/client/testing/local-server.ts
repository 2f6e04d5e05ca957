/** A request as a page sent it. */
export interface Asked {
  url: URL;
  init: RequestInit;
}

/** What a server does with one request: answers, or fails. */
export type Step = Response | Error | ((asked: Asked) => Response | Promise<Response>);

/** A `fetch` that answers each request with the next step; the last one again and again. */
export function localServer(...steps: Step[]): { asked: Asked[]; fetch: typeof globalThis.fetch } {
  const asked: Asked[] = [];
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const request = { url: new URL(String(input)), init };
    const step = steps[Math.min(asked.length, steps.length - 1)];
    asked.push(request);
    if (step instanceof Error) throw step;
    if (typeof step === 'function') return step(request);
    if (step === undefined) throw new Error('no step is left');
    return step.clone();
  };
  return { asked, fetch };
}

/** A response of JSON. */
export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

/** Answers never, and honours the abort. */
export const silence = ({ init }: Asked): Promise<Response> =>
  new Promise((_, reject) => {
    init.signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
  });
