export declare function findChromium(world?: {
  env?: Record<string, string | undefined>;
  installed?: () => string | undefined;
  installers?: readonly ((env: Record<string, string | undefined>) => boolean)[];
}): string;
export declare function chromiumArgs(as?: { root?: boolean }): string[];
