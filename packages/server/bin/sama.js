#!/usr/bin/env node
const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
  process.stderr.write(
    `sama needs Node.js 24 or newer; this is ${process.version}.\n` +
      'In a checkout of Sama run `pnpm sama …`, which brings its own; elsewhere install Node.js 24.\n',
  );
  process.exitCode = 1;
} else {
  const { main } = await import('../dist/cli/main.js').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes('/dist/')) throw error;
    process.stderr.write('sama is not built yet. Run `npx -y pnpm@12 build` first.\n');
    process.exit(1);
  });
  // Not process.exit: what is still in a pipe must get out.
  process.exitCode = (await main(process.argv.slice(2))) || process.exitCode;
}
