import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Observer } from './observer.ts';

/** Seconds, from what is known already to what takes as long as it may. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Rows of imports, by what became of them. */
export type ImportRows = Record<'kept' | 'merged' | 'refused', number>;

/** What a server counts, for Prometheus. Labels are of fixed sets, so that no request makes a new series. */
export interface Metrics extends Omit<Observer, 'request'> {
  request: (line: Pick<Parameters<Observer['request']>[0], 'method' | 'route' | 'status' | 'ms'>) => void;
  /** The text Prometheus reads, and its type. */
  text(): Promise<{ type: string; body: string }>;
}

/** Begins to count. `imported` says the rows of all batches, asked for each time the figures are read. */
export function openMetrics(version: string, imported: () => Promise<ImportRows>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'sama_http_request_duration_seconds',
    help: 'Requests by route and status, until their last byte was sent',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers,
  });
  const questions = new Histogram({
    name: 'sama_question_duration_seconds',
    help: 'Questions that were computed, by engine, kind and status of the answer',
    labelNames: ['engine', 'kind', 'status'],
    buckets: BUCKETS,
    registers,
  });
  const cache = new Counter({
    name: 'sama_answers_total',
    help: 'Answers by where they were found: known to the client, kept here, or none and so computed',
    labelNames: ['found'],
    registers,
  });
  const commands = new Counter({
    name: 'sama_commands_total',
    help: 'Commands on hand-offs and terms, by outcome',
    labelNames: ['of', 'outcome'],
    registers,
  });
  const streams = new Gauge({ name: 'sama_live_streams', help: 'Live streams that are open', registers });
  const notices = new Counter({
    name: 'sama_notices_total',
    help: 'Attempts to send notices of overdue hand-offs, by channel and result',
    labelNames: ['channel', 'result'],
    registers,
  });
  const rows = new Gauge({
    name: 'sama_import_rows',
    help: 'Rows of all batches in the store, by what became of them',
    labelNames: ['result'],
    registers,
  });
  const info = new Gauge({ name: 'sama_info', help: 'The version of Sama', labelNames: ['version'], registers });
  info.set({ version }, 1);
  return {
    request: ({ method, route, status, ms }) => requests.observe({ method, route, status }, ms / 1000),
    question: ({ engine, kind, status, ms }) => questions.observe({ engine, kind, status }, ms / 1000),
    cache: (found) => cache.inc({ found }),
    command: (of, outcome) => commands.inc({ of, outcome }),
    streams: (open) => streams.set(open),
    notice: (channel, result) => notices.inc({ channel, result }),
    text: async () => {
      for (const [result, number] of Object.entries(await imported())) rows.set({ result }, number);
      return { type: registry.contentType, body: await registry.metrics() };
    },
  };
}
