/** The rules of bin/check-imports.mjs: which import is allowed from where, and why the others are not. */
import { builtinModules } from 'node:module';
import path from 'node:path';

/** What a package may import of ours, itself left out. */
const MAY_IMPORT = {
  protocol: [],
  client: ['protocol'],
  web: ['client', 'protocol'],
  edge: ['protocol'],
  auth: ['protocol', 'edge'],
  chat: ['protocol', 'edge'],
  server: ['protocol', 'edge', 'auth', 'chat'],
  cli: ['protocol', 'client', 'edge', 'auth', 'chat', 'server'],
  testkit: ['protocol', 'client', 'edge', 'auth', 'chat', 'server'],
  bench: ['protocol', 'client', 'edge', 'auth', 'chat', 'server', 'testkit'],
};
/** These run in a browser too. */
const WITHOUT_NODE = new Set(['protocol', 'client', 'web']);
const BUILTIN = new Set(builtinModules);

const STATEMENT = /^[ \t]*(?:import|export)\b[^'"`;]*?\bfrom\s*(['"])([^'"\n]+)\1/gm;
const BARE_IMPORT = /^[ \t]*import\s*(['"])([^'"\n]+)\1/gm;
const CALLED_IMPORT = /\bimport\(\s*(['"])([^'"\n]+)\1\s*\)/g;

/** Every import of a source text as `{ line, target }`. */
export function importsOf(source) {
  return [STATEMENT, BARE_IMPORT, CALLED_IMPORT]
    .flatMap((pattern) => [...source.matchAll(pattern)])
    .map((match) => ({ line: source.slice(0, match.index).split('\n').length, target: match[2] }))
    .sort((a, b) => a.line - b.line);
}

/**
 * Why `target` may not be imported; empty when it may. `from` is `{ package, file, declared, rootDevelopment, frontDoors }`,
 * with `file` relative to its package and `frontDoors` the keys of `exports` by package.
 */
export function violationsOf(from, target) {
  if (target.startsWith('.')) return relative(from, target);
  const bare = target.split('?')[0];
  if (bare.startsWith('node:') || BUILTIN.has(bare)) return builtin(from, bare);
  const name = bare.startsWith('@') ? bare.split('/').slice(0, 2).join('/') : bare.split('/')[0];
  return name.startsWith('@snug/') ? ours(from, bare, name) : declared(from, name);
}

/** Tests may boot the whole and speak to it through any package's front door. */
const isTest = (from) => !from.file.startsWith('src/') || /\.test\.tsx?$/.test(from.file);

function relative(from, target) {
  const resolved = path.posix.normalize(path.posix.join(path.posix.dirname(from.file), target));
  if (resolved.startsWith('..'))
    return isTest(from) ? intoBin(resolved) : ['leaves its package; import it by its name'];
  return from.package === 'chat' ? feature(from.file, resolved) : [];
}

/** Tests of the repository's own scripts are the one reason to look outside. */
function intoBin(resolved) {
  return resolved.startsWith('../../bin/') ? [] : ['leaves its package; import it by its name'];
}

/** A feature imports no other feature's insides, only its queries. */
function feature(file, resolved) {
  const importer = /^src\/features\/([^/]+)\//.exec(file)?.[1];
  const imported = /^src\/features\/([^/]+)\/(.+)$/.exec(resolved);
  if (importer === undefined || imported === null || imported[1] === importer) return [];
  const isQueries = /(^|[./-])queries\.ts$/.test(imported[2]);
  return isQueries ? [] : [`reaches into the feature ${imported[1]}; only its queries are for others`];
}

function builtin(from, name) {
  const isBrowserCode = WITHOUT_NODE.has(from.package) && !isTest(from) && from.file.startsWith('src/');
  return isBrowserCode ? [`${from.package} runs in browsers too and cannot import ${name}`] : [];
}

function ours(from, bare, name) {
  const target = name.slice('@snug/'.length);
  const allowed = MAY_IMPORT[from.package];
  if (allowed === undefined) return [`${from.package} has no row in bin/steps/import-rules.mjs`];
  if (!isFrontDoor(from.frontDoors, target, bare, name)) return ['reaches behind the front door of a package'];
  if (target === from.package) return ['a package does not import itself by name'];
  if (isTest(from)) return target === 'web' || target === 'bench' ? [`nothing imports ${target}`] : [];
  if (!allowed.includes(target)) return [`${from.package} may not import ${target}`];
  return declared(from, name);
}

/** A package's name, or what its `exports` offer besides. */
function isFrontDoor(frontDoors, target, bare, name) {
  const asked = `.${bare.slice(name.length)}`;
  const offered = frontDoors?.[target] ?? ['.'];
  return offered.some((door) => door === asked || (door.endsWith('/*') && asked.startsWith(door.slice(0, -1))));
}

function declared(from, name) {
  // The test kit holds suites that tests run: it stands on the runner as they do.
  const known =
    isTest(from) || from.package === 'testkit'
      ? [...from.declared.runtime, ...from.declared.development, ...from.rootDevelopment]
      : [...from.declared.runtime, ...from.declared.development.filter((each) => each.startsWith('@types/'))];
  return known.includes(name) ? [] : [`${name} is not a dependency of ${from.declared.name}`];
}
