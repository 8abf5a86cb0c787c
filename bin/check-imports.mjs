#!/usr/bin/env node
/**
 * Imports point one way (docs/architecture.md, section 7). Prints each import that does not and exits 1.
 *
 *     protocol <- client <- web, cli        protocol <- edge <- auth, chat <- server <- cli, testkit, bench
 *
 * A folder to check may be given instead of this repository's `packages`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { importsOf, violationsOf } from './steps/import-rules.mjs';
import { inRoot } from './steps/repository.mjs';

const CODE = /\.(ts|tsx|mts|mjs)$/;
const FOLDERS = ['src', 'tests', 'e2e'];

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && CODE.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function declaredBy(packageJson) {
  const { name, dependencies, devDependencies, exports } = JSON.parse(readFileSync(packageJson, 'utf8'));
  return {
    name,
    runtime: Object.keys(dependencies ?? {}),
    development: Object.keys(devDependencies ?? {}),
    doors: Object.keys(exports ?? { '.': '' }),
  };
}

function checkPackage(root, folderName, rootDevelopment, frontDoors) {
  const folder = path.join(root, folderName);
  const declared = declaredBy(path.join(folder, 'package.json'));
  const files = FOLDERS.filter((name) => readdirSync(folder).includes(name)).flatMap((name) =>
    filesIn(path.join(folder, name)),
  );
  return files.flatMap((file) => {
    const inPackage = path.relative(folder, file).split(path.sep).join('/');
    const from = { package: folderName, file: inPackage, declared, rootDevelopment, frontDoors };
    return importsOf(readFileSync(file, 'utf8')).flatMap(({ line, target }) =>
      violationsOf(from, target).map((why) => `${path.join(folderName, inPackage)}:${line}  ${target}\n    ${why}`),
    );
  });
}

const root = path.resolve(process.argv[2] ?? inRoot('packages'));
const rootDevelopment = declaredBy(path.join(root, '..', 'package.json')).development;
const names = readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
const frontDoors = Object.fromEntries(
  names.map((name) => [name, declaredBy(path.join(root, name, 'package.json')).doors]),
);
const found = names.flatMap((name) => checkPackage(root, name, rootDevelopment, frontDoors));

for (const violation of found) console.log(violation);
console.log(
  found.length === 0
    ? 'Every import points the right way.'
    : `${found.length} ${found.length === 1 ? 'import points' : 'imports point'} the wrong way.`,
);
process.exit(found.length === 0 ? 0 : 1);
