/*
 * Fails when an import or a declared dependency breaks the floors of the house (`.dependency-cruiser.mjs`).
 * usage: node scripts/check-floors.mjs [ROOT]
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Visitor } from '@swc/core/Visitor.js';
import { cruise } from 'dependency-cruiser';
import { projectFiles } from './tree.mjs';

/** What each package may ship with, of the house. The apps may use everything and are used by nothing. */
const MAY_USE = {
  '@sama/metrics': [],
  '@sama/tokens': [],
  '@sama/sql': ['@sama/metrics', '@sama/tokens'],
  '@sama/connectors': ['@sama/metrics', '@sama/tokens'],
  '@sama/demo': ['@sama/metrics', '@sama/tokens'],
  '@sama/elements': ['@sama/metrics', '@sama/tokens'],
  '@sama/server': ['@sama/metrics', '@sama/tokens', '@sama/sql', '@sama/connectors', '@sama/demo', '@sama/elements'],
};

/** @param {string} root @param {string[]} files */
function declaredBreaches(root, files) {
  const breaches = [];
  for (const file of files.filter((path) => /^packages\/[^/]+\/package\.json$/.test(path))) {
    const { name, dependencies = {}, peerDependencies = {} } = JSON.parse(readFileSync(join(root, file), 'utf8'));
    const allowed = MAY_USE[name];
    if (allowed === undefined) breaches.push(`${file}: ${name} has no floor; give it one in scripts/check-floors.mjs`);
    for (const used of Object.keys({ ...dependencies, ...peerDependencies })) {
      if (allowed !== undefined && used.startsWith('@sama/') && !allowed.includes(used)) {
        breaches.push(`${file}: ${name} may not depend on ${used}`);
      }
    }
  }
  return breaches;
}

/** Lets dependency-cruiser read `using` declarations, which the visitor it builds on does not know. */
function teachUsing() {
  const known = Visitor.prototype.visitStatement;
  Visitor.prototype.visitStatement = function visitStatement(statement) {
    if (statement.type !== 'UsingDeclaration') return known.call(this, statement);
    this.visitVariableDeclaration({ ...statement, declarations: statement.decls });
    return statement;
  };
}

/** @param {string} root @param {string[]} files */
async function importBreaches(root, files) {
  const config = await import(pathToFileURL(join(root, '.dependency-cruiser.mjs')).href);
  const { forbidden, options } = config.default;
  const modules = files.filter((path) => /^(packages|apps|scripts)\/.*\.(ts|mts|js|mjs)$/.test(path));
  const result = await cruise(modules, { ...options, baseDir: root, validate: true, ruleSet: { forbidden, options } });
  return result.output.summary.violations.map(({ rule, from, to, cycle }) => {
    const why = forbidden.find(({ name }) => name === rule.name)?.comment ?? '';
    const road = cycle === undefined ? to : cycle.map((step) => step.name).join(' → ');
    return `${from} → ${road}: ${rule.name}. ${why}`;
  });
}

teachUsing();
const root = resolve(process.argv[2] ?? '.');
const files = projectFiles(root);
const breaches = [...declaredBreaches(root, files), ...(await importBreaches(root, files))];
for (const breach of breaches) console.error(breach);
if (breaches.length > 0) {
  console.error(`${breaches.length} imports break the floors of the house.`);
  process.exitCode = 1;
}
