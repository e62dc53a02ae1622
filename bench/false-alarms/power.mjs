// SPDX-License-Identifier: Apache-2.0
// Power: one column of ten is changed by a graded amount; how often is it named, and by which rating?

import { heavyTails, normal, zipf } from './data-sets.mjs';
import { compare, randomFrom } from './engine.mjs';

const gaussian = {
  schema: Array.from({ length: 10 }, (_, i) => ({ name: `x${i}`, type: 'number' })),
  draw(m, n, random) {
    const side = (rows) => ({
      rows,
      columns: new Map(
        this.schema.map(({ name }) => [
          name,
          { type: 'number', values: Float64Array.from({ length: rows }, () => normal(random)), status: null },
        ]),
      ),
    });
    return [side(m), side(n)];
  },
};

const shift = (amount) => (batch) => edit(batch, 'x0', (x) => x + amount);
const scale = (factor) => (batch) => edit(batch, 'x0', (x) => x * factor);
const disaster = (share) => (batch, random) => edit(batch, 'x0', (x) => (random() < share ? 1e9 : x));

function edit(batch, name, change) {
  const column = batch.columns.get(name);
  return {
    ...batch,
    columns: new Map(batch.columns).set(name, { ...column, values: column.values.map(change) }),
  };
}

function gaps(share) {
  return (batch, random) => {
    const column = batch.columns.get('x0');
    const values = column.values.slice();
    const status = new Uint8Array(batch.rows);
    for (let i = 0; i < batch.rows; i++) {
      if (random() < share) {
        values[i] = Number.NaN;
        status[i] = 1;
      }
    }
    return { ...batch, columns: new Map(batch.columns).set('x0', { type: 'number', values, status }) };
  };
}

/** Moves a share of the rows to the most frequent category, or to one never seen. */
function move(share, to) {
  return (batch, random) => {
    const column = batch.columns.get('c0');
    const dictionary = [...column.dictionary, 'never seen'];
    const target = to === 'new' ? dictionary.length - 1 : 0;
    const codes = column.codes.map((code) => (random() < share ? target : code));
    return { ...batch, columns: new Map(batch.columns).set('c0', { ...column, codes, dictionary }) };
  };
}

/** The order of x1's values follows x0's: no column changes by itself. */
function couple(batch) {
  const a = batch.columns.get('x0').values;
  const b = Float64Array.from(batch.columns.get('x1').values).sort();
  const order = Uint32Array.from(a.keys()).sort((i, j) => a[i] - a[j]);
  const values = new Float64Array(b.length);
  order.forEach((row, rank) => {
    values[row] = b[rank];
  });
  return { ...batch, columns: new Map(batch.columns).set('x1', { type: 'number', values, status: null }) };
}

export const cases = [
  ...[0.05, 0.1, 0.2, 0.3, 0.5].map((d) => ({
    name: `normal, mean + ${d} sd (KS ${ksOfShift(d)})`,
    set: gaussian,
    target: 'x0',
    change: shift(d),
  })),
  ...[1.1, 1.3, 2].map((f) => ({ name: `normal, sd × ${f}`, set: gaussian, target: 'x0', change: scale(f) })),
  { name: 't3, mean + 0.5', set: heavyTails, target: 'x0', change: shift(0.5) },
  { name: 'normal, 2 % of rows at 1e9', set: gaussian, target: 'x0', change: disaster(0.02) },
  ...[0.01, 0.03, 0.1].map((s) => ({
    name: `normal, ${s * 100} % of values missing`,
    set: gaussian,
    target: 'x0',
    change: gaps(s),
  })),
  ...[0.03, 0.1, 0.2].map((s) => ({
    name: `Zipf-2,000, ${s * 100} % of rows moved to the top category`,
    set: zipf,
    target: 'c0',
    change: move(s, 'top'),
  })),
  { name: 'Zipf-2,000, 5 % of rows in one new category', set: zipf, target: 'c0', change: move(0.05, 'new') },
  {
    name: 'normal, two independent columns made to rise together',
    set: gaussian,
    target: null,
    change: couple,
  },
];

function ksOfShift(d) {
  // 2Φ(d/2) − 1 by its series, good to three digits below d = 1.
  const x = d / 2;
  return (0.797885 * (x - x ** 3 / 6 + x ** 5 / 40)).toFixed(3);
}

export function power({ set, target, change }, { n, repeats, seed }) {
  const random = randomFrom(seed);
  let drift = 0;
  let watch = 0;
  let elsewhere = 0;
  for (let i = 0; i < repeats; i++) {
    const [reference, current] = set.draw(n, n, random);
    const { rated } = compare({ schema: set.schema, reference, current: change(current, random) });
    const rating =
      target === null
        ? (rated.checks.find(({ check, passed }) => check === 'jointCorrelations' && !passed)?.severity ??
          'stable')
        : rated.verdicts.get(target).rating;
    if (rating === 'drift') drift++;
    if (rating === 'drift' || rating === 'watch') watch++;
    if (
      [...rated.verdicts].some(
        ([name, v]) => name !== target && (v.rating === 'drift' || v.rating === 'watch'),
      )
    )
      elsewhere++;
  }
  return { n, repeats, drift, watch, elsewhere };
}
