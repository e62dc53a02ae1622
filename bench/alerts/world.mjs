// SPDX-License-Identifier: Apache-2.0
// Rows as visitors bring them. Every feature comes from a normal number that is partly the visitor's own, so that rows of
// one visitor are alike to the wanted degree while all rows together are distributed as they are without visitors.
import { randomFrom } from './engine.mjs';

/** Two independent normal numbers a pair of draws. */
export function normalsFrom(seed) {
  const random = randomFrom(seed);
  let spare = null;
  const normal = () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    const size = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    spare = size * Math.sin(angle);
    return size * Math.cos(angle);
  };
  return { random, normal };
}

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
 * @param icc correlation of one visitor's rows in every feature; 0 for independent rows
 * @param visit rows that a visitor brings, in a row: (random) => count
 */
export class World {
  constructor({ seed, features, icc = 0, visit = () => 1 }) {
    this.features = features;
    this.schema = features.map(({ name, type }) => ({ name, type }));
    Object.assign(this, normalsFrom(seed));
    this.icc = icc;
    this.visit = visit;
    this.groups = new Float64Array(1 + Math.max(...features.map(({ group }) => group)));
    this.own = new Float64Array(features.length);
    this.gapsOwn = new Float64Array(features.length);
    this.left = 0;
  }

  /** The next rows as a batch. `shift(feature, row)`: what a true change does to the row, undefined for nothing. */
  rows(count, shift) {
    const { features, icc, normal, random } = this;
    const own = Math.sqrt(icc);
    const rest = Math.sqrt(1 - icc);
    const a = Math.sqrt(SHARED);
    const b = Math.sqrt(1 - SHARED);
    const columns = features.map(({ type }) =>
      type === 'number' ? new Float64Array(count) : new Int32Array(count),
    );
    const gaps = features.map(({ gaps: has }) => (has ? new Uint8Array(count) : null));
    for (let row = 0; row < count; row++) {
      if (icc > 0 && this.left-- <= 0) this.#newVisitor();
      for (let g = 0; g < this.groups.length; g++) this.groups[g] = normal();
      for (let f = 0; f < features.length; f++) {
        const feature = features[f];
        const fresh = a * this.groups[feature.group] + b * normal();
        const z = icc > 0 ? own * this.own[f] + rest * fresh : fresh;
        const change = shift?.(feature, row, random);
        if (feature.type === 'number') {
          columns[f][row] = shaped(feature.shape, z + (change?.by ?? 0));
          if (feature.gaps) {
            const lacking = icc > 0 ? own * this.gapsOwn[f] + rest * normal() : normal();
            if (lacking < MISSING) gaps[f][row] = 1;
          }
          if (change?.missing) {
            gaps[f] ??= new Uint8Array(count);
            gaps[f][row] = 1;
          }
        } else
          columns[f][row] = change?.unseen ? feature.size : (change?.category ?? categoryOf(feature.cuts, z));
      }
    }
    return {
      rows: count,
      columns: new Map(features.map((feature, f) => [feature.name, column(feature, columns[f], gaps[f])])),
    };
  }

  #newVisitor() {
    const { normal } = this;
    const a = Math.sqrt(SHARED);
    const b = Math.sqrt(1 - SHARED);
    this.left = this.visit(this.random) - 1;
    for (let g = 0; g < this.groups.length; g++) this.groups[g] = normal();
    this.features.forEach(({ group, gaps }, f) => {
      this.own[f] = a * this.groups[group] + b * normal();
      if (gaps) this.gapsOwn[f] = normal();
    });
  }
}

/** Normal, skew, heavy-tailed, whole numbers, mostly zero. */
function shaped(shape, z) {
  if (shape === 1) return Math.exp(z);
  if (shape === 2) return Math.sinh(1.2 * z);
  if (shape === 3) return Math.round(3 * z + 10);
  if (shape === 4) return z < 0.5 ? 0 : (z - 0.5) * 10;
  return z;
}

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
