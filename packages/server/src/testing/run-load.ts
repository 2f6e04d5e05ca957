import { availableParallelism, cpus } from 'node:os';
import { loadedServer } from './load-server.ts';
import { accepts, bareNode, cachedFunnel, liveStreams, soak, type Sample } from './load.ts';

/** A row of the report: what was tried, what was measured, and whether it is what is promised. */
export interface LoadRow {
  what: string;
  promise: string;
  figures: string;
  holds: boolean;
}

const rounded = (value: number): string => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US'));

/** Runs everything for so many seconds each, with the server in a process of its own beside the generator. */
export async function runLoad(folder: string, seconds: number, streams: number): Promise<LoadRow[]> {
  const count = Math.max(100, seconds * 300);
  const server = await loadedServer(folder, 2_000, count + 100);
  try {
    const bare = await bareNode(server, Math.min(5, seconds));
    const cached = await cachedFunnel(server, seconds);
    const accepted = await accepts(server, count);
    const live = await liveStreams(server, streams, seconds);
    const only200 = (statuses: Record<number, number>) => Object.keys(statuses).join() === '200';
    const { before, open, end } = live.megabytes;
    return [
      {
        what: 'The same bytes by a bare `node:http`, for orientation',
        promise: '',
        figures: `${rounded(bare.perSecond)} a second, p99 ${rounded(bare.p99)} ms`,
        holds: true,
      },
      {
        what: 'A funnel that was asked before, 32 connections',
        promise: 'at least 2,000 a second, p99 at most 60 ms',
        figures: `${rounded(cached.perSecond)} a second, median ${rounded(cached.median)} ms, p99 ${rounded(cached.p99)} ms; ${rounded((100 * cached.perSecond) / bare.perSecond)} % of bare; ${cached.work.toFixed(2)} ms of processor each`,
        holds: cached.perSecond >= 2_000 && cached.p99 <= 60 && only200(cached.statuses),
      },
      {
        what: `${rounded(count)} hand-offs accepted, each on the disk before it is answered, 32 connections`,
        promise: 'at least 300 a second',
        figures: `${rounded(accepted.perSecond)} a second, median ${rounded(accepted.median)} ms, p99 ${rounded(accepted.p99)} ms; ${accepted.work.toFixed(2)} ms of processor each`,
        holds: accepted.perSecond >= 300 && only200(accepted.statuses),
      },
      {
        what: `${rounded(streams)} live streams, and a command each second`,
        promise: 'all hear of each; memory bounded',
        figures: `${live.commands} commands, ${live.missed} of ${rounded(streams * live.commands)} news missed, p99 ${live.p99} ms; ${before} MB before, ${open} MB with all open, ${end} MB at the end`,
        holds: live.missed === 0 && end - before < 200,
      },
    ];
  } finally {
    await server.close();
  }
}

/** Megabytes a soak may grow by between its second quarter and its last. */
const MOST_GROWTH = 20;

/** Runs everything together for so many minutes, and looks whether memory grows. */
export async function runSoak(folder: string, minutes: number): Promise<{ row: LoadRow; samples: Sample[] }> {
  const server = await loadedServer(folder, 2_000, Math.ceil(minutes * 60 * 20));
  try {
    const { samples, statuses } = await soak(server, minutes);
    const quarter = Math.max(1, Math.floor(samples.length / 4));
    // What is left after a collection of garbage; between two of them the heap rises whatever a server does.
    const least = (some: Sample[], of: 'heap' | 'resident'): number =>
      Math.min(...some.map((sample) => sample[of])) / 2 ** 20;
    const [second, last] = [samples.slice(quarter, 2 * quarter), samples.slice(-quarter)];
    const growth = least(last, 'heap') - least(second, 'heap');
    const answered = Object.values(statuses).reduce((sum, one) => sum + one, 0);
    const others = Object.entries(statuses).filter(([status]) => status !== '200');
    const told = others.map(([status, one]) => `${rounded(one)} times ${status}`).join(', ') || 'all of 200';
    return {
      samples,
      row: {
        what: `${minutes} minutes of questions, commands and streams that come and go`,
        promise: 'no growth',
        figures: `${rounded(answered)} answers, ${told}; heap at its least ${rounded(least(second, 'heap'))} MB in the second quarter, ${rounded(least(last, 'heap'))} MB in the last; the process ${rounded(least(second, 'resident'))} MB and ${rounded(least(last, 'resident'))} MB`,
        holds: growth < MOST_GROWTH && others.length === 0,
      },
    };
  } finally {
    await server.close();
  }
}

/** What it ran on, and when. */
export function machineText(now: Date): string {
  const [cpu] = cpus();
  return `${now.toISOString().slice(0, 10)}, Node.js ${process.versions.node}, ${availableParallelism()} cores of ${cpu?.model ?? 'an unknown kind'}, shared by server and generator, over the loopback.`;
}

/** Rows of a table; the first is its head. */
export type Cells = readonly string[];

/** The rows of a load as cells. */
export const cellsOf = (rows: readonly LoadRow[]): Cells[] => [
  ['Run', 'Promise', 'Figures'],
  ...rows.map(({ what, promise, figures }) => [what, promise, figures]),
];

/** Cells as Markdown, in columns as the formatter sets them. */
export function tableOf(rows: readonly Cells[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  const line = (row: Cells): string => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [head = [], ...rest] = rows;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest.map(line)].join('\n');
}
