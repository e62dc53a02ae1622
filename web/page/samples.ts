// SPDX-License-Identifier: Apache-2.0

import type { Split } from '../../src/engine/protocol.js';
import { DriftglassError } from '../../src/errors.js';

/** Data to try the page with: files beside the page. */
export interface Sample {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  /** One file that is split in two, or the reference and the current one. */
  readonly files: readonly SampleFile[];
  readonly split?: Split;
}

export interface SampleFile {
  readonly name: string;
  readonly address: string;
}

export const samples: readonly Sample[] = [
  {
    id: 'flights',
    title: 'Flights of 2001',
    detail: 'January – March against April – June, 3,000,000 rows',
    // Put beside the page by the build, see scripts/setup/flights-sample.mjs.
    files: [{ name: 'flights-3m.parquet', address: 'samples/flights-3m.parquet' }],
    split: { column: 'date', at: '2001-04-01' },
  },
  {
    id: 'weather',
    title: 'Weather in Seattle',
    detail: '2012 – 2013 against 2014 – 2015, 1,461 days',
    // From the npm package vega-datasets.
    files: [
      {
        name: 'seattle-weather.csv',
        address: new URL('../../node_modules/vega-datasets/data/seattle-weather.csv', import.meta.url).href,
      },
    ],
    split: { column: 'date', at: '2014-01-01' },
  },
  {
    id: 'digits',
    title: 'Handwritten digits, as a network sees them',
    detail: 'census employees against students, 4,000 embeddings',
    // Made by scripts/make-embedding-sample, which says from what.
    files: [
      { name: 'digits-employees.arrow', address: 'samples/digits-employees.arrow' },
      { name: 'digits-students.arrow', address: 'samples/digits-students.arrow' },
    ],
  },
];

/** Fetches the files of a sample from beside the page. @throws SourceError when one is not there. */
export function fetchSample({ files }: Sample, signal: AbortSignal): Promise<File[]> {
  return Promise.all(
    files.map(async ({ name, address }) => {
      const response = await fetch(new URL(address, document.baseURI), { signal });
      if (!response.ok) {
        throw new DriftglassError(
          'SourceError',
          `${name}: the sample is not beside this page (${response.status})`,
        );
      }
      return new File([await response.blob()], name);
    }),
  );
}
