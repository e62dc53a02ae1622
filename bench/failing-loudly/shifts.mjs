// SPDX-License-Identifier: Apache-2.0
// The ten shifts of the paper: what each does to a share of the test rows.
import { PIXELS } from './data.mjs';
import { normal, permutation, randomOf } from './random.mjs';
import { warpInPlace } from './warp.mjs';

export const SHARES = [0.1, 0.5, 1];

const NOISE = { s_gn: 1, m_gn: 10, l_gn: 100 };
const IMAGE = {
  s_img: { rotation: 10, shift: 0.05, shear: 0.1, zoom: 0.1 },
  m_img: { rotation: 40, shift: 0.2, shear: 0.2, zoom: 0.2, flipsSides: true },
  l_img: { rotation: 90, shift: 0.4, shear: 0.3, zoom: 0.4, flipsSides: true, flipsTop: true },
};

/** By name, in the paper's order: (test rows, share, random, adversarial) → rows. Given rows may be written over. */
export const SHIFTS = {
  ...mapValues(NOISE, (sigma) => (rows, share, random) => noise(rows, share, random, sigma)),
  ...mapValues(IMAGE, (limits) => (rows, share, random) => warp(rows, share, random, limits)),
  adv: (rows, share, random, adversarial) => replace(rows, share, random, adversarial()),
  ko: knockOut,
  'm_img+ko': (rows, share, random) => knockOut(warp(rows, 0.5, random, IMAGE.m_img), share),
  'oz+m_img': (rows, share, random) => warp(onlyZeros(rows), share, random, IMAGE.m_img),
};

/** A window: the shift applied to a copy of the test rows, then shuffled; the first s rows are the window of size s. */
export function shifted(test, { shift, share, seed, adversarial }) {
  const random = randomOf('shift', seed, shift, share);
  const rows = SHIFTS[shift](copy(test), share, random, adversarial);
  return take(rows, permutation(rows.labels.length, random));
}

/** A copy of the rows named. */
export function take({ images, labels }, order) {
  const result = { images: new Float32Array(order.length * PIXELS), labels: new Uint8Array(order.length) };
  for (let i = 0; i < order.length; i++) {
    result.images.set(images.subarray(order[i] * PIXELS, (order[i] + 1) * PIXELS), i * PIXELS);
    result.labels[i] = labels[order[i]];
  }
  return result;
}

function copy({ images, labels }) {
  return { images: images.slice(), labels: labels.slice() };
}

function someRows(rows, share, random) {
  const n = rows.labels.length;
  return permutation(n, random, Math.ceil(n * share));
}

function noise(rows, share, random, sigma) {
  for (const row of someRows(rows, share, random)) {
    for (let p = row * PIXELS; p < (row + 1) * PIXELS; p++) {
      rows.images[p] = Math.min(1, Math.max(0, rows.images[p] + (normal(random) * sigma) / 255));
    }
  }
  return rows;
}

function warp(rows, share, random, limits) {
  for (const row of someRows(rows, share, random)) warpInPlace(rows.images, row * PIXELS, limits, random);
  return rows;
}

/** Rows give way to random rows of `others`, with their labels. */
function replace(rows, share, random, others) {
  const replaced = someRows(rows, share, random);
  const count = others.labels.length;
  const drawn = permutation(count, random, Math.min(count, replaced.length));
  replaced.forEach((row, i) => {
    const from = drawn[i % drawn.length];
    rows.images.set(others.images.subarray(from * PIXELS, (from + 1) * PIXELS), row * PIXELS);
    rows.labels[row] = others.labels[from];
  });
  return rows;
}

/** Deletes the first zeros: a share of them, made an even number. */
function knockOut(rows, share) {
  const zeros = rows.labels.reduce((count, label) => count + (label === 0 ? 1 : 0), 0);
  let left = Math.ceil(zeros * share);
  left += left % 2;
  return take(
    rows,
    indicesOf(rows, (label) => label !== 0 || left-- <= 0),
  );
}

function onlyZeros(rows) {
  return take(
    rows,
    indicesOf(rows, (label) => label === 0),
  );
}

function indicesOf({ labels }, keeps) {
  const kept = [];
  labels.forEach((label, i) => {
    if (keeps(label)) kept.push(i);
  });
  return Uint32Array.from(kept);
}

function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}
