// SPDX-License-Identifier: Apache-2.0
// Adversarial rows: the fast gradient sign method, with the smallest step that changes the classifier's answer.
import { PIXELS } from './data.mjs';
import { crossEntropyGradient, gather } from './networks.mjs';
import { backward, dense, mapRows, tf } from './tensors.mjs';

/** Steps tried: thousandths to .1, hundredths to 1 (the attack of the paper's code tries every thousandth). */
const STEPS = [
  ...Array.from({ length: 100 }, (_, i) => (i + 1) / 1_000),
  ...Array.from({ length: 90 }, (_, i) => (i + 11) / 100),
];

/**
 * Each row moved by the smallest ε ≤ 1 along the sign of its loss's gradient at which it is not classified as its label (clipped to
 * 0 … 1). Rows classified wrongly stay as they are; rows that no step changes are left out.
 */
export function adversarialRows(classifier, { images, labels }) {
  const signs = gradientSigns(classifier, images, labels);
  const found = images.slice();
  let active = stillRight(classifier, images, labels, Uint32Array.from(labels.keys()));
  for (const epsilon of STEPS) {
    if (active.length === 0) break;
    for (const row of active) {
      for (let p = row * PIXELS; p < (row + 1) * PIXELS; p++) {
        found[p] = Math.min(1, Math.max(0, images[p] + epsilon * signs[p]));
      }
    }
    active = stillRight(classifier, gather(found, active), labels, active);
  }
  const hopeless = new Set(active);
  const kept = Uint32Array.from(labels.keys()).filter((row) => !hopeless.has(row));
  return { images: gather(found, kept), labels: Uint8Array.from(kept, (row) => labels[row]) };
}

/** Of the rows named, whose images are given side by side: those still classified as their label. */
function stillRight(classifier, images, labels, rows) {
  const predicted = mapRows({
    data: images,
    dims: PIXELS,
    change: (x) => tf.argMax(dense(classifier, x).at(-1), 1),
  });
  return rows.filter((row, i) => predicted[i] === labels[row]);
}

function gradientSigns(classifier, images, labels) {
  let start = 0;
  return mapRows({
    data: images,
    dims: PIXELS,
    change: (x) => {
      const batch = labels.subarray(start, start + x.shape[0]);
      start += x.shape[0];
      const outputs = dense(classifier, x);
      const last = crossEntropyGradient(outputs.at(-1), { labels: Int32Array.from(batch) });
      return tf.sign(backward({ layers: classifier, x, outputs, last, toInput: true }).input);
    },
  });
}
