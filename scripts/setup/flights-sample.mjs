// SPDX-License-Identifier: Apache-2.0
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const file = join(root, 'node_modules/vega-datasets/data/flights-3m.parquet');

/** Where pages find it, relative to the page. */
export const sampleAddress = 'samples/flights-3m.parquet';

/**
 * Vite plugin: 3,000,000 flights of 2001 beside the pages, from the npm package vega-datasets (whose `exports` do not
 * name the file). Both servers stream it; a build copies it under its own name, so that its address is known.
 */
export function flightsSample() {
  return {
    name: 'driftglass-flights-sample',
    configureServer: streamSample,
    // The preview's own file server knows no type for it, and so packs 13 MB that are packed already: 0.4 s instead of 0.1.
    configurePreviewServer: streamSample,
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: sampleAddress, source: readFileSync(file) });
    },
  };
}

function streamSample(server) {
  server.middlewares.use(`/${sampleAddress}`, (_request, response) => {
    response.setHeader('Content-Type', 'application/vnd.apache.parquet');
    response.setHeader('Content-Length', statSync(file).size);
    createReadStream(file, { highWaterMark: 1 << 20 }).pipe(response);
  });
}
