// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from 'node:url';
import { bytesFromPath } from '../../dist/sources/bytes-node.js';
import { openSource } from '../../dist/sources/open.js';

/** 3,000,000 flights of 2001, January to June, in the order of their departure. */
const FILE = fileURLToPath(
  new URL('../../node_modules/vega-datasets/data/flights-3m.parquet', import.meta.url),
);

export const DAY = 86_400_000;
/** Late: arrives more than so many minutes after its time. */
export const LATE_MINUTES = 15;

/**
 * Flights of some months as columns.
 * @param {number} from ms, inclusive
 * @param {number} to ms, exclusive
 */
export async function flights(from, to) {
  const source = await openSource([await bytesFromPath(FILE)]);
  const out = { time: [], late: [], distance: [], origin: [], destination: [] };
  for await (const { rows, columns } of source.read()) {
    const column = Object.fromEntries([...columns].map(([name, values]) => [name.toLowerCase(), values]));
    const name = ({ codes, dictionary }, row) => dictionary[codes[row]];
    for (let row = 0; row < rows; row++) {
      const time = column.date.values[row];
      if (time < from || time >= to) continue;
      out.time.push(time);
      out.late.push(column.delay.values[row] > LATE_MINUTES ? 1 : 0);
      out.distance.push(column.distance.values[row]);
      out.origin.push(name(column.origin, row));
      out.destination.push(name(column.destination, row));
    }
  }
  return out;
}

/** Hour of the departure, 0 to 23. */
export const hourOf = (time) => Math.floor((time % DAY) / 3_600_000);
