// SPDX-License-Identifier: Apache-2.0
// Rows as visitors bring them. Every feature comes from a normal number that is partly the visitor's own, so that rows of
// one visitor are alike to the wanted degree while all rows together are distributed as they are without visitors.
import { Draws } from './normals.mjs';

const NUMBERS = 30;
const CATEGORIES = [2, 3, 8, 30, 200];
/** Features of one group share 40 % of their variance. */
const GROUP = 5;
const SHARED = 0.4;
/** Of features whose number leaves 2 when divided by 10. */
const MISSING = -1.88;

/** A small table asks for fewer features: the first so many numbers and categories. */
export function featuresOf({ numbers = NUMBERS, categories = CATEGORIES.length } = {}) {
  const found = [];
  for (let i = 0; i < numbers; i++)
    found.push({
      name: `x${i}`,
      type: 'number',
      shape: i % 5,
      group: Math.floor(i / GROUP),
      gaps: i % 10 === 2,
    });
  CATEGORIES.slice(0, categories).forEach((size, i) => {
    found.push({ name: `c${i}`, type: 'string', size, group: i, cuts: zipfCuts(size) });
  });
  return found;
}

/** Normal quantiles at the running shares of Zipf's law, by bisection on a table. */
function zipfCuts(size) {
  const weights = Array.from({ length: size }, (_, i) => 1 / (i + 1));
  const total = weights.reduce((a, b) => a + b);
  let sum = 0;
  return weights.slice(0, -1).map((weight) => {
    sum += weight / total;
    return quantile(sum);
  });
}

function quantile(p) {
  let [low, high] = [-9, 9];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (cdf(middle) < p) low = middle;
    else high = middle;
  }
  return low;
}

/** Φ by its continued fraction's series: enough for shares of categories. */
function cdf(z) {
  let sum = z;
  let term = z;
  for (let k = 1; k < 200; k++) {
    term *= (z * z) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

/**
 * @param icc correlation of one visitor's rows in every feature, 0 for independent rows; or one for each: (place) => icc
 * @param visit rows that a visitor brings, in a row: (random) => count
 */
export class World {
  #draws;
  #left = 0;
  /** Of the visitor who is there: a level of each feature, and of its gaps. */
  #own;
  #gapsOwn;

  constructor({ seed, features, icc = 0, visit = () => 1 }) {
    this.features = features;
    this.schema = features.map(({ name, type }) => ({ name, type }));
    this.icc = features.map((_, f) => (typeof icc === 'number' ? icc : icc(f)));
    this.visit = visit;
    this.groups = 1 + Math.max(...features.map(({ group }) => group));
    this.#draws = new Draws(seed);
    this.random = () => this.#draws.uniform();
  }

  /**
   * The next rows as a batch. `shift(feature)`: what a true change does to the feature, (row, random) => change or undefined;
   * undefined for nothing.
   */
  rows(count, shift) {
    const { features, icc } = this;
    const draws = this.#draws;
    const visits = icc.some((one) => one > 0) ? this.#visits(count) : [];
    const shared = Array.from({ length: this.groups }, () => draws.fill(new Float64Array(count)));
    const z = new Float64Array(count);
    const lacking = new Float64Array(count);
    const columns = new Map();
    features.forEach((feature, f) => {
      mix(draws.fill(z), SHARED, shared[feature.group]);
      for (const { from, to, own } of visits) lean(z, { from, to, by: own[f], icc: icc[f] });
      let gaps = null;
      if (feature.gaps) {
        gaps = new Uint8Array(count);
        draws.fill(lacking);
        for (const { from, to, gapsOwn } of visits) lean(lacking, { from, to, by: gapsOwn[f], icc: icc[f] });
        for (let row = 0; row < count; row++) if (lacking[row] < MISSING) gaps[row] = 1;
      }
      const change = shift?.(feature);
      columns.set(
        feature.name,
        change
          ? changedColumn(feature, { z, gaps, change, random: this.random })
          : column(feature, valuesOf(feature, z), gaps),
      );
    });
    return { rows: count, columns };
  }

  /** Which of the rows are whose. */
  #visits(count) {
    const found = [];
    for (let from = 0; from < count; ) {
      if (this.#left <= 0) this.#newVisitor();
      const to = Math.min(count, from + this.#left);
      found.push({ from, to, own: this.#own, gapsOwn: this.#gapsOwn });
      this.#left -= to - from;
      from = to;
    }
    return found;
  }

  #newVisitor() {
    const draws = this.#draws;
    this.#left = this.visit(this.random);
    const shared = draws.fill(new Float64Array(this.groups));
    this.#own = Float64Array.from(
      this.features,
      ({ group }) => Math.sqrt(SHARED) * shared[group] + Math.sqrt(1 - SHARED) * draws.normal(),
    );
    this.#gapsOwn = draws.fill(new Float64Array(this.features.length));
  }
}

/** Independent numbers become partly those of the group. */
function mix(z, share, group) {
  const a = Math.sqrt(share);
  const b = Math.sqrt(1 - share);
  for (let i = 0; i < z.length; i++) z[i] = a * group[i] + b * z[i];
}

/** Rows of one visitor become partly the visitor's own. */
function lean(z, { from, to, by, icc }) {
  const own = Math.sqrt(icc) * by;
  const rest = Math.sqrt(1 - icc);
  for (let i = from; i < to; i++) z[i] = own + rest * z[i];
}

function valuesOf({ type, shape, cuts }, z) {
  return type === 'number' ? z.map(SHAPES[shape]) : Int32Array.from(z, (value) => categoryOf(cuts, value));
}

function changedColumn(feature, { z, gaps, change, random }) {
  const changes = Array.from(z, (_, row) => change(row, random));
  const moved = z.map((value, row) => value + (changes[row]?.by ?? 0));
  const values = valuesOf(feature, moved);
  const lacking = gaps ?? new Uint8Array(z.length);
  changes.forEach((one, row) => {
    if (one?.missing) lacking[row] = 1;
    if (one?.unseen) values[row] = feature.size;
    else if (one?.category !== undefined) values[row] = one.category;
  });
  return column(feature, values, feature.type === 'number' ? lacking : null);
}

/** Normal, skew, heavy-tailed, whole numbers, mostly zero. */
const SHAPES = [
  (z) => z,
  (z) => Math.exp(z),
  (z) => Math.sinh(1.2 * z),
  (z) => Math.round(3 * z + 10),
  (z) => (z < 0.5 ? 0 : (z - 0.5) * 10),
];

function categoryOf(cuts, z) {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle] < z) low = middle + 1;
    else high = middle;
  }
  return low;
}

const dictionaries = new Map();

function column(feature, values, gaps) {
  if (feature.type === 'string') {
    if (!dictionaries.has(feature.size))
      dictionaries.set(
        feature.size,
        Array.from({ length: feature.size + 1 }, (_, i) => `category ${i}`),
      );
    return { type: 'string', codes: values, dictionary: dictionaries.get(feature.size) };
  }
  if (gaps) for (let i = 0; i < gaps.length; i++) if (gaps[i]) values[i] = NaN;
  return { type: 'number', values, status: gaps };
}

export const between = (low, high) => (random) => low + Math.floor(random() * (high - low + 1));
