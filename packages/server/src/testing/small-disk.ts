import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** A disk of a few megabytes. */
export interface SmallDisk {
  folder: string;
  /** Leaves no room on it, and makes room again. */
  fill(): void;
  free(): void;
  /** Lets it be read only, and written again. Nothing on it may be open. */
  lock(): void;
  unlock(): void;
  close(): void;
}

const mount = (...args: string[]): void => void execFileSync('mount', args, { stdio: 'ignore' });

/** Mounts one in memory on a folder; undefined where this process may not. */
export function smallDisk(folder: string): SmallDisk | undefined {
  try {
    mount('-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder);
  } catch {
    return undefined;
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: () => {
      writeFileSync(ballast, '');
      try {
        for (;;) appendFileSync(ballast, Buffer.alloc(4096));
      } catch {
        // Now it is full.
      }
    },
    free: () => rmSync(ballast),
    lock: () => mount('-o', 'remount,ro', folder),
    unlock: () => mount('-o', 'remount,rw', folder),
    close: () => void execFileSync('umount', [folder]),
  };
}
