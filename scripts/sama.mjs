/*
 * `pnpm sama …` in a checkout: builds what the command needs when it is not there yet, says so on
 * standard error, and runs it where the caller stands.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { toolEnv } from './run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = `${root}packages/server/bin/sama.js`;

if (!existsSync(`${root}packages/server/dist/cli/main.js`)) {
  process.stderr.write('Building sama once …\n');
  const built = spawnSync('turbo', ['run', 'build', '--filter=@sama/server...', '--output-logs=errors-only'], {
    cwd: root,
    env: toolEnv({ TURBO_TELEMETRY_DISABLED: '1' }),
    // What a pipe reads is the command's alone.
    stdio: ['ignore', 2, 2],
  });
  if (built.status !== 0) process.exit(built.status ?? 1);
}
const { status } = spawnSync(process.execPath, [command, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 1;
