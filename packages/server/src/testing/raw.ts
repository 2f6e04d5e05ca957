import fc from 'fast-check';
import { rawRequests, sendRaw, type RawRequest } from './raw-fuzz.ts';

/** Connections at a time. */
const WIDTH = 32;

/** How a server took raw bytes. */
export interface RawFigures {
  requests: number;
  /** How often each status came first; `closed` without one. */
  answers: Record<string, number>;
  /** Requests that were answered with 500 or more. */
  failures: { request: RawRequest; statuses: number[] }[];
  /** Whether the server answers afterwards. */
  alive: boolean;
}

/** Writes so many malformed requests to sockets of a server. */
export async function rawFuzz(port: number, requests: number, seed: number): Promise<RawFigures> {
  const figures: RawFigures = { requests: 0, answers: {}, failures: [], alive: false };
  for (let round = 0; figures.requests < requests; round += 1) {
    const count = Math.min(2000, requests - figures.requests);
    const queue = fc.sample(rawRequests, { numRuns: count, seed: seed + round }).values();
    const next = async (): Promise<void> => {
      for (const request of queue) {
        const statuses = await sendRaw(port, request, 2000);
        figures.requests += 1;
        const name = String(statuses[0] ?? 'closed');
        figures.answers[name] = (figures.answers[name] ?? 0) + 1;
        if (statuses.some((status) => status >= 500 && status !== 505)) figures.failures.push({ request, statuses });
      }
    };
    await Promise.all(Array.from({ length: WIDTH }, next));
  }
  figures.alive = await fetch(`http://127.0.0.1:${port}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
  return figures;
}
