import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** As many scripts at a time as the machine has cores: minifying is nearly all of this build. */
export function tightPool() {
  const waiting = new Map();
  let asked = 0;
  const workers = Array.from({ length: Math.min(availableParallelism(), 8) }, () => {
    const worker = new Worker(new URL('tight-worker.mjs', import.meta.url));
    worker.on('message', ({ id, made, problem }) => {
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (problem === undefined) resolve({ ...made, file: Buffer.from(made.file) });
      else reject(new Error(problem));
    });
    return worker;
  });
  return {
    /** As `smallest` of tight.mjs. */
    smallest: (script, options = {}) =>
      new Promise((resolve, reject) => {
        const id = (asked += 1);
        waiting.set(id, { resolve, reject });
        workers[id % workers.length].postMessage({ id, script, options }, []);
      }),
    end: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}
