// SPDX-License-Identifier: Apache-2.0

import type { Split } from '../../src/engine/protocol.js';
import { DriftglassError } from '../../src/errors.js';

/** Data to try the page with: files beside the page, from the npm package vega-datasets. */
export interface Sample {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly file: string;
  readonly address: string;
  readonly split: Split;
}

export const samples: readonly Sample[] = [
  {
    id: 'flights',
    title: 'Flights of 2001',
    detail: 'January – March against April – June, 3,000,000 rows',
    file: 'flights-3m.parquet',
    // Put beside the page by the build, see scripts/setup/flights-sample.mjs.
    address: 'samples/flights-3m.parquet',
    split: { column: 'date', at: '2001-04-01' },
  },
  {
    id: 'weather',
    title: 'Weather in Seattle',
    detail: '2012 – 2013 against 2014 – 2015, 1,461 days',
    file: 'seattle-weather.csv',
    address: new URL('../../node_modules/vega-datasets/data/seattle-weather.csv', import.meta.url).href,
    split: { column: 'date', at: '2014-01-01' },
  },
];

/** Fetches a sample from beside the page. @throws SourceError when it is not there. */
export async function fetchSample(sample: Sample, signal: AbortSignal): Promise<File> {
  const address = new URL(sample.address, document.baseURI);
  const response = await fetch(address, { signal });
  if (!response.ok) {
    throw new DriftglassError(
      'SourceError',
      `${sample.file}: the sample is not beside this page (${response.status})`,
    );
  }
  return new File([await response.blob()], sample.file);
}
