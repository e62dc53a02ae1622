// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { filesBelow, root } from '../source-files.js';

/** Pages that people paste from; each block is compiled as a module of an app that has what `app.d.ts` says. */
const PAGES = [
  'README.md',
  ...filesBelow('docs', ['.md']).filter((path) =>
    /\/(monitor(-[a-z]+)?|alerts|adapters|opentelemetry)\.md$/.test(path),
  ),
];
const WRONG = 'wrong-line-1.ts';
const PLACE = `${root}build/docs-code`;

/** TypeScript and JavaScript of a page, by the line that it begins on. */
function blocksOf(page: string): { readonly line: number; readonly code: string }[] {
  const text = readFileSync(`${root}${page}`, 'utf8');
  return [...text.matchAll(/^```(?:ts|js)\n(.*?)^```$/gms)].map(({ 1: code = '', index }) => ({
    line: text.slice(0, index).split('\n').length + 1,
    code,
  }));
}

/** "driftglass/tfjs" is the source of what the package gives under that name. */
function pathsOf(): Record<string, string[]> {
  const paths: Record<string, string[]> = {};
  for (const [name, target] of Object.entries(manifest.exports)) {
    if (typeof target === 'string') continue;
    const source = target.types.replace('./dist/', `${root}src/`).replace(/\.d\.ts$/, '.ts');
    paths[name.replace('.', 'driftglass')] = [source];
  }
  return paths;
}

test('the code of the pages has the types that the package has', () => {
  rmSync(PLACE, { recursive: true, force: true });
  mkdirSync(PLACE, { recursive: true });
  const files: string[] = [];
  for (const page of PAGES)
    for (const { line, code } of blocksOf(page)) {
      const name = `${page.replace(/^docs\//, '').replace(/\.md$/, '')}-line-${line}.ts`;
      writeFileSync(`${PLACE}/${name}`, `${code}\nexport {};\n`);
      files.push(name);
    }
  writeFileSync(`${PLACE}/${WRONG}`, 'createMonitor({ windows: 7 });\nexport {};\n');
  files.push(WRONG);
  expect(files.length).toBeGreaterThan(10);
  expect(files.some((name) => name.startsWith('README'))).toBe(true);
  writeFileSync(
    `${PLACE}/tsconfig.json`,
    JSON.stringify({
      extends: `${root}tsconfig.json`,
      // What an example declares for those who read on it need not use.
      compilerOptions: { noUnusedLocals: false, noUnusedParameters: false, paths: pathsOf() },
      include: [...files, `${root}test/docs/app.d.ts`],
      exclude: [],
    }),
  );
  const tsc = spawnSync(
    process.execPath,
    [`${root}node_modules/typescript/lib/tsc.js`, '-p', PLACE, '--pretty', 'false'],
    {
      encoding: 'utf8',
      cwd: PLACE,
    },
  );
  const wrong = tsc.stdout.split('\n').filter((line) => /^\S+-line-\d+\.ts\(/.test(line));
  // One that is wrong on purpose shows that the compiler looked.
  expect(wrong.filter((line) => !line.startsWith(WRONG))).toEqual([]);
  expect(wrong).toHaveLength(1);
});
