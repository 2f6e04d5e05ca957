// Imports every module of the package where there is no window, makes an element, and writes what there is.
const modules = ['@sama/elements', '@sama/elements/funnel', '@sama/elements/funnel/define'];
const [all, ...parts] = await Promise.all(modules.map((name) => import(name)));
const element = new all.SamaFunnel();
console.log(
  JSON.stringify({
    window: typeof window,
    exports: [all, ...parts].map((module) => Object.keys(module)),
    made: element instanceof all.SamaFunnel,
  }),
);
