// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { randomFrom, readTable, takeRows } from './engine.mjs';

/** Real files lie beside the project; what is absent is left out, and said. */
const DATA = process.env.DRIFTGLASS_DATA ?? new URL('../../../shared/data', import.meta.url).pathname;

export const realFiles = {
  adult: 'adult/adults.parquet',
  employment: 'employment/employment_MA_reference.pq',
  bike: 'bike-sharing/hour.csv',
};

export async function realSet(name) {
  const path = join(DATA, realFiles[name]);
  if (!existsSync(path)) return undefined;
  const { schema, batch } = await readTable(path);
  return { name, schema, draw: drawFrom(batch), batch };
}

export const dataPath = (path) => join(DATA, path);

/** Two disjoint random parts of a file; beyond its rows, two sides drawn with replacement. Exchangeable either way. */
export function drawFrom(batch) {
  return (m, n, random) => {
    const { rows } = batch;
    const take = m + n;
    const indices = new Uint32Array(take);
    if (take <= rows) {
      const order = Uint32Array.from({ length: rows }, (_, i) => i);
      for (let i = 0; i < take; i++) {
        const j = i + Math.floor(random() * (rows - i));
        [order[i], order[j]] = [order[j], order[i]];
        indices[i] = order[i];
      }
    } else for (let i = 0; i < take; i++) indices[i] = Math.floor(random() * rows);
    return [takeRows(batch, indices.subarray(0, m)), takeRows(batch, indices.subarray(m))];
  };
}

const numbers = (names) => names.map((name) => ({ name, type: 'number' }));

function fill(rows, draw) {
  const values = new Float64Array(rows);
  for (let i = 0; i < rows; i++) values[i] = draw();
  return { type: 'number', values, status: null };
}

const normal = (random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Student's t with 3 degrees of freedom: a tail in which the window's extremes mostly exceed the reference's. */
const t3 = (random) =>
  normal(random) / Math.sqrt((normal(random) ** 2 + normal(random) ** 2 + normal(random) ** 2) / 3);

function table(schema, make) {
  const side = (rows, random) => ({
    rows,
    columns: new Map(schema.map(({ name }) => [name, make(name, rows, random)])),
  });
  return { schema, draw: (m, n, random) => [side(m, random), side(n, random)] };
}

/** Ten independent t3 columns. */
export const heavyTails = {
  name: 't3',
  ...table(numbers(Array.from({ length: 10 }, (_, i) => `x${i}`)), (_, rows, random) =>
    fill(rows, () => t3(random)),
  ),
};

/** Five columns of 2,000 categories with Zipf's law. */
export const zipf = (() => {
  const size = 2_000;
  const cumulative = new Float64Array(size);
  let sum = 0;
  for (let i = 0; i < size; i++) cumulative[i] = sum += 1 / (i + 1);
  const dictionary = Array.from({ length: size }, (_, i) => `category ${i}`);
  const schema = Array.from({ length: 5 }, (_, i) => ({ name: `c${i}`, type: 'string' }));
  return {
    name: 'zipf-2000',
    ...table(schema, (_, rows, random) => {
      const codes = new Int32Array(rows);
      for (let i = 0; i < rows; i++) {
        const u = random() * sum;
        let [low, high] = [0, size - 1];
        while (low < high) {
          const middle = (low + high) >> 1;
          if (cumulative[middle] < u) low = middle + 1;
          else high = middle;
        }
        codes[i] = low;
      }
      return { type: 'string', codes, dictionary };
    }),
  };
})();

/** Ties and what goes with them: counts, zero-inflated amounts, rounded money, ages, gaps of 10 % and 0.5 %. */
export const tied = {
  name: 'tied',
  ...table(
    numbers(['poisson', 'zeros', 'rounded', 'age', 'gaps', 'rareGaps', 'prices', 'flag']),
    (name, rows, random) => {
      const gaps = name === 'gaps' ? 0.1 : name === 'rareGaps' ? 0.005 : 0;
      const column = fill(rows, () => {
        switch (name) {
          case 'poisson': {
            let k = 0;
            for (let p = random(); p > Math.exp(-3); p *= random()) k++;
            return k;
          }
          case 'zeros':
            return random() < 0.9 ? 0 : Math.exp(2 * normal(random));
          case 'rounded':
            return Math.round(10 * normal(random)) * 5;
          case 'age':
            return Math.floor(17 + 70 * random() * random());
          case 'prices':
            return Math.ceil(20 * random()) - 0.01;
          case 'flag':
            return random() < 0.02 ? 1 : 0;
          default:
            return Math.round(100 * normal(random)) / 100;
        }
      });
      if (gaps === 0) return column;
      const status = new Uint8Array(rows);
      for (let i = 0; i < rows; i++) {
        if (random() < gaps) {
          status[i] = 1;
          column.values[i] = Number.NaN;
        }
      }
      return { ...column, status };
    },
  ),
};

const DAY = 86_400_000;

/**
 * Days that differ: every day shifts each number by N(0, .1) sd and the odds of a category, with no drift over time. m
 * and n are days here, 200 rows each; rows are taken as independent only by who does not look at the days.
 */
export const restlessDays = (() => {
  const schema = [
    { name: 'time', type: 'time' },
    { name: 'x', type: 'number' },
    { name: 'y', type: 'number' },
    { name: 'kind', type: 'string' },
  ];
  const side = (first, days, random) => {
    const rows = days * 200;
    const time = new Float64Array(rows);
    const x = new Float64Array(rows);
    const y = new Float64Array(rows);
    const codes = new Int32Array(rows);
    for (let day = 0, i = 0; day < days; day++) {
      const [a, b, c] = [0.1 * normal(random), 0.1 * normal(random), 0.5 + 0.04 * normal(random)];
      for (let k = 0; k < 200; k++, i++) {
        time[i] = (first + day) * DAY + Math.floor(random() * DAY);
        x[i] = a + normal(random);
        y[i] = b + normal(random);
        codes[i] = random() < c ? 0 : random() < 0.7 ? 1 : 2;
      }
    }
    const number = (values) => ({ type: 'number', values, status: null });
    const columns = [
      { type: 'time', values: time, status: null },
      number(x),
      number(y),
      { type: 'string', codes, dictionary: ['a', 'b', 'c'] },
    ];
    return { rows, columns: new Map(schema.map(({ name }, i) => [name, columns[i]])) };
  };
  return {
    name: 'restless days',
    schema,
    draw: (m, n, random) => [side(11_000, m, random), side(11_000 + m, n, random)],
  };
})();

export { normal, randomFrom };
