/** Imports a file (second argument) into a store (first) and stops for ever at a point (third), saying its name. */
import { importFile } from '../import/index.ts';
import { openStore } from '../store/index.ts';
import { DEALS, STAGES } from './deals.ts';

const [, , folder = '', file = '', point = ''] = process.argv;

function hang(): never {
  process.stdout.write(`${point}\n`);
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

const store = await openStore(folder, {
  threads: 1,
  revise: point === 'revised' ? Infinity : 0,
  afterBuild: async (_connection, { changed }) => {
    if (point === (changed === undefined ? 'built' : 'revised')) hang();
  },
});
await importFile(store, file, {
  mapping: DEALS,
  stages: STAGES,
  timeZone: 'UTC',
  onProgress: ({ phase, done }) => {
    if (phase === point && done > 0) hang();
  },
});
