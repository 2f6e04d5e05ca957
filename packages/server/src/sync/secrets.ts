import { open } from 'node:fs/promises';
import { ConnectorError, readSecretsText, Secrets } from '@sama/connectors';
import { fileErrorCode } from '../store/errors.ts';

/**
 * Secrets of the environment, and those of a file before them. The file may be read by its owner
 * only: others on the machine could take what is in it.
 */
export async function readSecrets(
  names: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  path: string | undefined,
): Promise<Secrets> {
  const file = path === undefined ? {} : await readFileOfOwner(path);
  return new Secrets(Object.fromEntries(names.map((name) => [name, file[name] ?? environment[name]])));
}

async function readFileOfOwner(path: string): Promise<Record<string, string>> {
  try {
    const handle = await open(path, 'r');
    try {
      const { mode } = await handle.stat();
      if (process.platform !== 'win32' && (mode & 0o077) !== 0)
        throw new ConnectorError('credentials', `--secrets ${path} can be read by others. Run: chmod 600 ${path}`);
      return readSecretsText(await handle.readFile('utf8'));
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof ConnectorError) throw error;
    const reason = fileErrorCode(error) === 'ENOENT' ? 'there is no such file' : 'it cannot be read';
    throw new ConnectorError('credentials', `--secrets ${path}: ${reason}.`);
  }
}
