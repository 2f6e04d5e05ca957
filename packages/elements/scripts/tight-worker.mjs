// Makes scripts small beside the thread that asks; see tight-pool.mjs.
import { parentPort } from 'node:worker_threads';
import { smallest } from './tight.mjs';

parentPort.on('message', async ({ id, script, options }) => {
  try {
    parentPort.postMessage({ id, made: await smallest(script, options) }, []);
  } catch (error) {
    parentPort.postMessage({ id, problem: String(error) }, []);
  }
});
