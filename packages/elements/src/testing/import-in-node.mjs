// Imports every module of the package where there is no window, and writes what they export.
const modules = ['@sama/elements', '@sama/elements/funnel', '@sama/elements/funnel/define'];
const exports = await Promise.all(modules.map(async (name) => Object.keys(await import(name))));
console.log(JSON.stringify({ window: typeof window, exports }));
