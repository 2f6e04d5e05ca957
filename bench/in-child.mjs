/** Runs a measurement in a process of its own, so that nothing else stands in its memory. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * @param {string} file beside this one; it hands its result over with `report`
 * @param {readonly string[]} [args]
 * @param {readonly string[]} [execArgv] for Node
 */
export function inChild(file, args = [], execArgv = []) {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv: [...execArgv] });
    let result;
    child.once('message', (message) => (result = message));
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0 && result !== undefined) resolve(result);
      else reject(new Error(`${file} ended with ${signal ?? code}`));
    });
  });
}

/** Hands a result to the process that waits for it. */
export const report = (result) => new Promise((resolve) => process.send(result, resolve));
