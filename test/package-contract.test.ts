// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { beforeAll, describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { budgets, measure } from '../scripts/setup/sizes.mjs';
import { filesBelow, isShipped, parseFile, root, syntaxOf } from './source-files.js';

beforeAll(() => {
  if (!existsSync(`${root}dist/standalone.js`))
    throw new Error('there is no dist/: run `npm run build` first');
});

const entries = Object.entries(manifest.exports) as [string, string | Record<string, string>][];

describe('package.json', () => {
  test.each(entries)('%s leads to files that exist, types first', (_name, target) => {
    const conditions = typeof target === 'string' ? { default: target } : target;
    for (const file of Object.values(conditions)) expect(existsSync(`${root}${file}`), file).toBe(true);
    if (typeof target !== 'string') expect(Object.keys(target)).toEqual(['types', 'default']);
  });

  test('every element can be imported alone', () => {
    const folders = filesBelow('src/components', ['.ts']).flatMap(
      (path) => /^src\/components\/(drift-[a-z-]+)\//.exec(path)?.[1] ?? [],
    );
    for (const tag of new Set(folders)) expect(Object.keys(manifest.exports)).toContain(`./elements/${tag}`);
  });

  test('the command exists and starts with Node', () => {
    expect(readFileSync(`${root}${manifest.bin.driftglass}`, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  test('files with side effects are named, and no other has any', () => {
    const wrong: string[] = [];
    for (const path of filesBelow('src', ['.ts']).filter(isPublished)) {
      const built = `./${path.replace(/^src/, 'dist').replace(/\.ts$/, '.js')}`;
      const named = manifest.sideEffects.some((pattern) => matches(pattern, built));
      if (/^define\(|^import '|^expose\(|^process\./m.test(parseFile(path).text) && !named) wrong.push(path);
    }
    expect(wrong).toEqual([]);
  });

  test('what an app may bring itself is optional: nothing is installed for those who do not use it', () => {
    const optional = Object.keys(manifest.peerDependenciesMeta);
    expect(Object.keys(manifest.peerDependencies).sort()).toEqual(optional.sort());
    for (const meta of Object.values(manifest.peerDependenciesMeta)) expect(meta.optional).toBe(true);
  });

  test('versions are exact', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const [name, version] of Object.entries(all)) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('the lockfile holds every package that another names, for all platforms: `npm ci` refuses one that does not', () => {
    const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as {
      packages: Record<string, { optionalDependencies?: object; dependencies?: object }>;
    };
    const held = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
    const named = Object.values(packages).flatMap(({ dependencies = {}, optionalDependencies = {} }) =>
      Object.keys({ ...dependencies, ...optionalDependencies }),
    );
    expect(named.filter((name) => !held.has(name))).toEqual([]);
  });

  test('nothing needs an install script', () => {
    const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as {
      packages: Record<string, { hasInstallScript?: boolean; dev?: boolean }>;
    };
    const asking = Object.entries(lock.packages).filter(([, entry]) => entry.hasInstallScript);
    expect(asking.filter(([, entry]) => !entry.dev).map(([path]) => path)).toEqual([]);
    const names = asking.map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect(Object.keys(manifest.allowScripts)).toEqual(expect.arrayContaining(names));
  });

  test('what README.md leads to is published with it', () => {
    const readme = readFileSync(`${root}README.md`, 'utf8');
    const pages = [...readme.matchAll(/\]\((docs\/[^)#]+\.md)/g)].map(([, path]) => path!);
    expect(pages.length).toBeGreaterThan(5);
    expect(pages.filter((path) => !manifest.files.some((pattern) => matches(pattern, path)))).toEqual([]);
  });

  test('publint has nothing to say', { timeout: 60_000 }, async () => {
    const { messages } = await publint({ pkgDir: root, strict: true });
    expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
  });
});

describe('dist', () => {
  test('holds one file for each source file, and no test', () => {
    const sources = filesBelow('src', ['.ts'])
      .filter(isPublished)
      .map((path) => path.replace(/^src/, 'dist').replace(/\.ts$/, '.js'));
    expect(filesBelow('dist', ['.js'])).toEqual(sources.sort());
  });

  test('holds no syntax that browsers cannot read, and no path of the machine that built it', () => {
    const wrong: string[] = [];
    for (const path of filesBelow('dist', ['.js', '.ts'])) {
      const text = readFileSync(`${root}${path}`, 'utf8');
      const syntax = path.endsWith('.js') ? syntaxOf(path) : new Set();
      if (syntax.has('Decorator')) wrong.push(`${path}: a raw decorator`);
      if (syntax.has('AccessorProperty')) wrong.push(`${path}: accessor`);
      if (text.includes(root) || /file:\/\/\/|["'`](\/home\/|\/Users\/|[A-Z]:\\\\)/.test(text))
        wrong.push(`${path}: an absolute path`);
    }
    expect(wrong).toEqual([]);
  });

  test('declarations name only files and packages that are published', () => {
    const published = { ...manifest.dependencies, ...manifest.peerDependencies };
    const wrong: string[] = [];
    for (const path of filesBelow('dist', ['.d.ts'])) {
      for (const [, name] of withoutComments(readFileSync(`${root}${path}`, 'utf8')).matchAll(
        /from '([^'.][^']*)'/g,
      )) {
        const owner = name.split('/', name.startsWith('@') ? 2 : 1).join('/');
        if (!name.startsWith('node:') && !(owner in published)) wrong.push(`${path}: ${name}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

test.each([
  ["an app with strict types and without Node's", 'tsconfig.json'],
  ["a server with strict types and without the DOM's", 'tsconfig.node.json'],
])('the declarations hold in %s', { timeout: 60_000 }, (_where, config) => {
  const tsc = `${root}node_modules/typescript/bin/tsc`;
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', `${root}test/consumers/types/${config}`], {
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});

test('the manifest of the elements names every element that can be imported', () => {
  const { modules } = JSON.parse(readFileSync(`${root}custom-elements.json`, 'utf8')) as {
    modules: { path: string; declarations: { tagName?: string; summary?: string }[] }[];
  };
  for (const { path } of modules) expect(existsSync(`${root}${path}`), path).toBe(true);
  const declared = modules
    .flatMap(({ declarations }) => declarations)
    .filter(({ tagName }) => tagName !== undefined);
  const importable = Object.keys(manifest.exports).flatMap(
    (name) => /^\.\/elements\/(drift-.+)$/.exec(name)?.[1] ?? [],
  );
  expect(declared.map(({ tagName }) => tagName)).toEqual(expect.arrayContaining(importable));
  for (const { tagName, summary } of declared) expect(summary, tagName).toMatch(/\w/);
});

describe('size after brotli', () => {
  test.each(budgets)('$name: at most $limit bytes', { timeout: 60_000 }, async (budget) => {
    const { brotli } = await measure(budget);
    expect(brotli).toBeLessThanOrEqual(budget.limit);
  });
});

/** A file of its own in dist/: what stands in for other modules (src/standalone/) is in one of the bundles alone. */
function isPublished(path: string): boolean {
  return isShipped(path) && !path.startsWith('src/standalone/');
}

/** `*` within one name, as in `sideEffects`. */
function matches(pattern: string, path: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');
  return new RegExp(`^${escaped}$`).test(path);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '');
}
