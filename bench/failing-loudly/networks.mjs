// SPDX-License-Identifier: Apache-2.0
// The trained networks of a seed: a small classifier and an autoencoder, kept in .cache/ once they are trained.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PIXELS } from './data.mjs';
import { permutation, randomOf } from './random.mjs';
import { adamState, backward, dense, denseLayers, descend, mapRows, tf } from './tensors.mjs';

const BATCH = 128;

/** Change the number when an architecture or its training changes: weights of another number are not read. */
const VERSION = 1;

const NETWORKS = {
  classifier: {
    sizes: [PIXELS, 128, 10],
    epochs: 8,
    rate: 0.001,
    lossGradient: crossEntropyGradient,
  },
  autoencoder: {
    sizes: [PIXELS, 128, 32, 128, PIXELS],
    linear: [1],
    epochs: 8,
    rate: 0.003,
    lossGradient: (y, { x }) => tf.mul(tf.sub(y, x), 2 / BATCH),
  },
};

/** The layers of network `name`, trained on the rows that `training()` gives or read from `cache`. */
export function network(name, { training, seed, cache }) {
  const path = join(cache, `${name}-${VERSION}-${seed}.json`);
  if (existsSync(path)) return decode(JSON.parse(readFileSync(path, 'utf8')));
  const layers = train(NETWORKS[name], training(), randomOf(name, seed));
  mkdirSync(cache, { recursive: true });
  writeFileSync(path, JSON.stringify(encode(layers)));
  return layers;
}

/** Of the mean cross entropy by the logits. */
export function crossEntropyGradient(logits, { labels }) {
  const [rows, classes] = logits.shape;
  return tf.div(tf.sub(tf.softmax(logits), tf.oneHot(labels, classes)), rows);
}

/** The rate falls tenfold over the second half of the epochs. */
function train({ epochs, rate, lossGradient, ...shape }, { images, labels }, random) {
  const layers = denseLayers(shape, random);
  const state = adamState(layers);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = permutation(labels.length, random);
    const fall = Math.max(0, (2 * (epoch + 1)) / epochs - 1);
    for (let start = 0; start + BATCH <= order.length; start += BATCH) {
      const rows = order.subarray(start, start + BATCH);
      tf.tidy(() => {
        const x = tf.tensor2d(gather(images, rows), [BATCH, PIXELS]);
        const outputs = dense(layers, x);
        const batch = { x, labels: Int32Array.from(rows, (row) => labels[row]) };
        const { gradients } = backward({ layers, x, outputs, last: lossGradient(outputs.at(-1), batch) });
        descend({ layers, state, gradients, rate: rate * 0.1 ** fall });
      });
    }
  }
  tf.dispose(state.slots);
  return layers;
}

/** Rows of `images` side by side. */
export function gather(images, rows) {
  const result = new Float32Array(rows.length * PIXELS);
  for (let i = 0; i < rows.length; i++) {
    result.set(images.subarray(rows[i] * PIXELS, (rows[i] + 1) * PIXELS), i * PIXELS);
  }
  return result;
}

/** Share of rows that the classifier gets right. */
export function accuracy(classifier, { images, labels }) {
  const predicted = mapRows({
    data: images,
    dims: PIXELS,
    change: (x) => tf.argMax(dense(classifier, x).at(-1), 1),
  });
  return predicted.reduce((sum, label, i) => sum + (label === labels[i] ? 1 : 0), 0) / labels.length;
}

const encode = (layers) =>
  layers.map(({ w, b, relu }) => ({ relu, shape: w.shape, w: toBase64(w), b: toBase64(b) }));

const decode = (list) =>
  list.map(({ w, b, relu, shape }) => ({
    relu,
    w: tf.tensor(fromBase64(w), shape),
    b: tf.tensor(fromBase64(b), [shape[1]]),
  }));

function toBase64(tensor) {
  const { buffer, byteOffset, byteLength } = tensor.dataSync();
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function fromBase64(text) {
  return new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);
}
