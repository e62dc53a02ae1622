// SPDX-License-Identifier: Apache-2.0
// Embeddings of 768 numbers as NPY files on the page: 100,000 current rows (307 MB) against 20,000 reference rows, from
// choosing the files to the drawn report, and the peak of resident memory over the browser's renderer processes (Linux
// only). ROWS and DIMENSION change the size. Needs `npm run build`.
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawnReport, rendererPeaks, withPage } from '../page-server.mjs';

const ROWS = Number(process.env.ROWS ?? 100_000);
const DIMENSION = Number(process.env.DIMENSION ?? 768);
const REFERENCE_ROWS = Number(process.env.REFERENCE_ROWS ?? 20_000);
const CLUSTERS = 20;

/** Unit rows around 20 centres; `weight` is the share of rows that the first centre gets on top of an even share. */
function makeNpy(path, rows, seed, weight) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  const bell = () => random() + random() + random() + random() - 2;
  const centres = new Float32Array(CLUSTERS * DIMENSION);
  let fixed = 12_345;
  for (let i = 0; i < centres.length; i++) {
    fixed = (Math.imul(fixed, 1_664_525) + 1_013_904_223) >>> 0;
    centres[i] = fixed / 2_147_483_648 - 1;
  }
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${DIMENSION}), }`;
  const header = Buffer.alloc(Math.ceil((11 + text.length) / 64) * 64, ' ');
  header.write('\x93NUMPY\x01\x00', 0, 'latin1');
  header.writeUInt16LE(header.length - 10, 8);
  header.write(text, 10);
  header.write('\n', header.length - 1);
  const file = openSync(path, 'w');
  writeSync(file, header);
  const block = new Float32Array(1_000 * DIMENSION);
  for (let from = 0; from < rows; from += 1_000) {
    const count = Math.min(1_000, rows - from);
    for (let row = 0; row < count; row++) {
      const centre = random() < weight ? 0 : Math.floor(random() * CLUSTERS);
      let length = 0;
      for (let i = 0; i < DIMENSION; i++) {
        const value = centres[centre * DIMENSION + i] + (1.5 * bell()) / Math.sqrt(1 + i / 16);
        block[row * DIMENSION + i] = value;
        length += value * value;
      }
      for (let i = 0; i < DIMENSION; i++) block[row * DIMENSION + i] /= Math.sqrt(length);
    }
    writeSync(file, new Uint8Array(block.buffer, 0, 4 * count * DIMENSION));
  }
  closeSync(file);
  return header.length + 4 * rows * DIMENSION;
}

const folder = mkdtempSync(join(tmpdir(), 'driftglass-embeddings-'));
const files = [join(folder, 'reference.npy'), join(folder, 'current.npy')];
try {
  const sizes = [makeNpy(files[0], REFERENCE_ROWS, 1, 0), makeNpy(files[1], ROWS, 2, 0.03)];
  await withPage(async (page, address) => {
    for (let run = 0; run < 3; run++) {
      await page.goto(address);
      const idle = Math.max(...rendererPeaks());
      const start = Date.now();
      await page.locator('input[type=file]').first().setInputFiles(files);
      const { engine, feature } = await drawnReport(
        page,
        ({ report }) => ({
          engine: report.engine,
          feature: { verdict: report.features[0].verdict, distances: report.features[0].distances },
        }),
        { timeout: 120_000 },
      );
      const seconds = (Date.now() - start) / 1000;
      const { value, pValue } = feature.distances.combined;
      console.log(
        `${ROWS.toLocaleString('en')} × ${DIMENSION} (${(sizes[1] / 1e6).toFixed(0)} MB) against ${REFERENCE_ROWS.toLocaleString('en')} rows: choosing to report ${seconds.toFixed(1)} s, engine ${(engine.milliseconds / 1000).toFixed(1)} s, ${engine.mode}, ${engine.kernels}, ${engine.workers} workers of ${availableParallelism()} cores; ${feature.verdict.rating}, combined ${value.toPrecision(3)}, p ${pValue.toPrecision(2)}`,
      );
      const peak = Math.max(...rendererPeaks());
      console.log(
        `peak resident memory ${peak.toFixed(0)} MB (${idle.toFixed(0)} MB before), ${((peak * 1.048576e6) / (sizes[0] + sizes[1])).toFixed(2)} of both files`,
      );
    }
  });
} finally {
  rmSync(folder, { recursive: true });
}
