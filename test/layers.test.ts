// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { filesBelow, isShipped, parseFile, root } from './source-files.js';

/** From left to right; names in one group never import each other. */
const LAYERS: readonly (readonly string[])[] = [
  ['errors', 'version'],
  ['columns'],
  ['sources', 'kernels'],
  ['baseline'],
  ['profile'],
  ['distances'],
  ['verdict'],
  ['performance'],
  ['store'],
  ['report'],
  ['engine'],
  ['monitor'],
  ['adapters'],
  ['components'],
  ['index', 'conventions', 'reductions'],
  ['standalone', 'report-view'],
  ['standalone-embeddings'],
  ['web', 'cli'],
];
const CORE_ENDS = LAYERS.findIndex((group) => group.includes('engine'));

const files = [...filesBelow('src', ['.ts']), ...filesBelow('web', ['.ts'])].filter(isShipped);
const parsed = new Map(files.map((path) => [path, parseFile(path)]));

/** "src/columns/batch.ts" is of "columns", "src/errors.ts" of "errors", "web/page/main.ts" of "web". */
function layerOf(path: string): string {
  const [top, second] = path.split('/');
  return top === 'web' ? 'web' : (second ?? '').replace(/\.ts$/, '');
}

function rankOf(path: string): number {
  return LAYERS.findIndex((group) => group.includes(layerOf(path)));
}

describe('layers', () => {
  test('every file belongs to one', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((path) => rankOf(path) < 0)).toEqual([]);
  });

  test('imports point to the left', () => {
    const wrong: string[] = [];
    for (const [path, { imports }] of parsed) {
      for (const target of imports) {
        const same = layerOf(target) === layerOf(path);
        if (!same && rankOf(target) >= rankOf(path)) wrong.push(`${path} imports ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('imports lead to files that exist, and packages are named in package.json or are of Node', async () => {
    const manifest = (await import('../package.json', { with: { type: 'json' } })).default;
    const { dependencies, devDependencies, peerDependencies } = manifest;
    const wrong: string[] = [];
    for (const [path, { imports, packages }] of parsed) {
      // Made by the build from assembly/.
      const missing = imports.filter(
        (target) => !existsSync(`${root}${target}`) && !/\/wasm\/(vectors-)?binary\.ts$/.test(target),
      );
      wrong.push(...missing.map((target) => `${path} imports ${target}`));
      for (const name of packages) {
        const owner = name.split('/', name.startsWith('@') ? 2 : 1).join('/');
        // Pages are built, not published: what they need beside the package is installed for that.
        const isNamed =
          owner in dependencies ||
          owner in peerDependencies ||
          (layerOf(path) === 'web' && owner in devDependencies);
        if (!name.startsWith('node:') && !isNamed) wrong.push(`${path} imports ${name}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('what is installed with the package is imported by it', async () => {
    const { dependencies } = (await import('../package.json', { with: { type: 'json' } })).default;
    const published = [...parsed].filter(([path]) => layerOf(path) !== 'web');
    const imported = published.flatMap(([, { packages }]) => packages);
    const isUsed = (owner: string) => imported.some((name) => name === owner || name.startsWith(`${owner}/`));
    expect(Object.keys(dependencies).filter((owner) => !isUsed(owner))).toEqual([]);
  });

  test('no circle', () => {
    expect(findCircle(new Map([...parsed].map(([path, { imports }]) => [path, imports])))).toBeNull();
  });

  test('the core touches neither window nor document', () => {
    const wrong: string[] = [];
    for (const [path, { globals }] of parsed) {
      if (rankOf(path) > CORE_ENDS) continue;
      for (const name of globals)
        if (name === 'window' || name === 'document') wrong.push(`${path}: ${name}`);
    }
    // Bare uses are errors of the compiler: tsconfig.core.json knows no DOM.
    expect(wrong).toEqual([]);
  });
});

describe('house style', () => {
  test('first line, file names, named exports', () => {
    const wrong: string[] = [];
    for (const [path, { text, exports }] of parsed) {
      const [first, second] = text.split('\n', 2);
      const licence = '// SPDX-License-Identifier: Apache-2.0';
      if (first !== licence && !(first?.startsWith('#!') && second === licence))
        wrong.push(`${path}: first line`);
      if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.ts$/.test(path.split('/').at(-1) ?? ''))
        wrong.push(`${path}: name`);
      if (exports.values.includes('default')) wrong.push(`${path}: default export`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('the finder of circles', () => {
  test('finds one and names its files', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['b']],
      ['d', []],
    ]);
    expect(findCircle(graph)).toEqual(['b', 'c', 'b']);
    expect(findCircle(new Map([['a', ['b']]]))).toBeNull();
  });
});

/** The files of one circle, the first repeated at the end. */
function findCircle(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (node: string): string[] | null => {
    const at = path.indexOf(node);
    if (at >= 0) return [...path.slice(at), node];
    if (done.has(node)) return null;
    path.push(node);
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next);
      if (circle) return circle;
    }
    path.pop();
    done.add(node);
    return null;
  };
  for (const node of graph.keys()) {
    const circle = visit(node);
    if (circle) return circle;
  }
  return null;
}
