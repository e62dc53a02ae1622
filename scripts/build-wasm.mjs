// SPDX-License-Identifier: Apache-2.0
/**
 * Compiles assembly/ and writes src/kernels/wasm/binary.ts, vectors-binary.ts and columns-binary.ts, modules of hex digits: no fetch, the same
 * in Node, worker and blob. (Base64 would be shorter before brotli and twice as long after it: its digits straddle bytes.)
 * The second holds what only embeddings need and is loaded when they come; the third what a monitor measures many columns with.
 * A file is skipped when the sources, the options and the compiler are those that the file was made from. `--force` compiles anyway.
 *
 * Two targets (asconfig.json): SIMD, and relaxed SIMD, whose fused multiply-add makes moments 1.7 times as fast.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = [
  { folders: ['assembly'], output: 'src/kernels/wasm/binary.ts' },
  { folders: ['assembly/vectors', 'assembly'], output: 'src/kernels/wasm/vectors-binary.ts' },
  { folders: ['assembly/columns', 'assembly'], output: 'src/kernels/wasm/columns-binary.ts', only: 'simd' },
];

const config = JSON.parse(await readFile(join(root, 'asconfig.json'), 'utf8'));
const targets = Object.keys(config.targets);
for (const module of modules) await build(module);

/** Compiles `index.ts` of the first folder, unless the output says that it was made from the same files. */
async function build({ folders, output, only }) {
  const hash = await inputHash(folders);
  const current = await readFile(join(root, output), 'utf8').catch(() => '');
  if (current.includes(hash) && !process.argv.includes('--force')) return;
  const lines = [
    '// SPDX-License-Identifier: Apache-2.0',
    '/** Generated from assembly/ by scripts/build-wasm.mjs: do not edit. */',
    `// inputs ${hash}`,
  ];
  for (const target of targets.filter((name) => only === undefined || name === only)) {
    const wasm = await compile(`${folders[0]}/index.ts`, target);
    lines.push(`export const ${target}Binary =\n  '${Buffer.from(wasm).toString('hex')}';`);
    console.log(`${folders[0]}/ → ${output}: ${target}, ${wasm.length} bytes`);
  }
  await mkdir(dirname(join(root, output)), { recursive: true });
  // Renamed into place: another process may be reading it.
  const unfinished = `${join(root, output)}.${process.pid}`;
  await writeFile(unfinished, `${lines.join('\n')}\n`);
  await rename(unfinished, join(root, output));
}

/** One hash over everything that an output depends on. */
async function inputHash(folders) {
  const digest = createHash('sha256');
  const sources = [];
  for (const folder of folders) {
    const names = (await readdir(join(root, folder))).filter((name) => name.endsWith('.ts')).sort();
    sources.push(...names.map((name) => join(root, folder, name)));
  }
  const compiler = join(root, 'node_modules/assemblyscript/package.json');
  const files = [...sources, join(root, 'asconfig.json'), compiler];
  for (const file of [...files, fileURLToPath(import.meta.url)]) {
    digest
      .update(file.slice(root.length))
      .update('\0')
      .update(await readFile(file))
      .update('\0');
  }
  return digest.digest('hex');
}

/** The bytes of one target; ends the process with the compiler's own words when it fails. */
async function compile(entry, target) {
  const { main } = await import('assemblyscript/asc');
  let wasm = null;
  const { error, stderr } = await main(
    [entry, '--config', 'asconfig.json', '--target', target, '--baseDir', root, '--outFile', 'kernels.wasm'],
    {
      readFile: async (name, baseDir) => readFile(join(baseDir, name), 'utf8').catch(() => null),
      writeFile: async (name, contents) => {
        if (name.endsWith('.wasm')) wasm = contents;
      },
      listFiles: async () => [],
    },
  );
  if (error || wasm === null) {
    process.stderr.write(`${stderr.toString()}\n${error?.message ?? 'asc wrote nothing'}\n`);
    process.exit(1);
  }
  return wasm;
}
