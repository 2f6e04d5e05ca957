// Imports every module of the package where there is no window, makes its elements, and writes what there is.
import { modules } from './modules.mjs';

const found = await Promise.all(modules.map(async (name) => [name, await import(name)]));
const made = found.flatMap(([, all]) =>
  Object.entries(all).flatMap(([name, one]) => (name.startsWith('Sama') ? [new one() instanceof one] : [])),
);
console.log(
  JSON.stringify({
    window: typeof window,
    exports: Object.fromEntries(found.map(([name, all]) => [name, Object.keys(all)])),
    made,
  }),
);
