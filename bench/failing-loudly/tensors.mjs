// SPDX-License-Identifier: Apache-2.0
// TensorFlow.js on its wasm backend, and the one layer that the networks here are made of.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import wasm from '@tensorflow/tfjs-backend-wasm';
import tf from '@tensorflow/tfjs-core';
import { normal } from './random.mjs';

wasm.setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);
await tf.setBackend('wasm');

export { tf };

/** Rows that go through a network at once. */
const BATCH = 1_000;

/**
 * A chain of dense layers `{ w, b, relu }`: He's normal weights, zero biases, relu after all but the last and those whose index is in
 * `linear` (a narrow layer with relu dies).
 */
export function denseLayers({ sizes, linear = [] }, random) {
  return sizes.slice(1).map((size, i) => {
    const scale = Math.sqrt(2 / sizes[i]);
    const values = Float32Array.from({ length: sizes[i] * size }, () => normal(random) * scale);
    return {
      w: tf.variable(tf.tensor2d(values, [sizes[i], size])),
      b: tf.variable(tf.zeros([size])),
      relu: i + 2 < sizes.length && !linear.includes(i),
    };
  });
}

/** The outputs of all layers. */
export function dense(layers, x) {
  const outputs = [];
  for (const { w, b, relu } of layers) {
    const sum = tf.add(tf.matMul(outputs.at(-1) ?? x, w), b);
    outputs.push(relu ? tf.relu(sum) : sum);
  }
  return outputs;
}

/**
 * Gradients `{ w, b }` of a loss by layer, and by the input when `toInput`, from `last`, the gradient by the last output. Written out
 * because the package for Node registers no gradients; operands are transposed first, as products of transposed operands are ten
 * times slower on this backend.
 */
export function backward({ layers, x, outputs, last, toInput = false }) {
  const gradients = [];
  let gradient = last;
  for (let i = layers.length - 1; i >= 0; i--) {
    if (layers[i].relu) gradient = tf.mul(gradient, tf.step(outputs[i]));
    gradients[i] = {
      w: tf.matMul(tf.transpose(i === 0 ? x : outputs[i - 1]), gradient),
      b: tf.sum(gradient, 0),
    };
    if (i > 0 || toInput) gradient = tf.matMul(gradient, tf.transpose(layers[i].w));
  }
  return { gradients, input: toInput ? gradient : null };
}

/** What Adam remembers of each layer; hand it to `descend` at each step, and to `tf.dispose` at the end. */
export function adamState(layers) {
  const zeros = (weights) => tf.variable(tf.zerosLike(weights));
  const slots = layers.map(({ w, b }) => ({
    w: { mean: zeros(w), square: zeros(w) },
    b: { mean: zeros(b), square: zeros(b) },
  }));
  return { step: 0, slots };
}

/** One step of Adam (Kingma & Ba 2015, β .9 and .999). */
export function descend({ layers, state, gradients, rate }) {
  state.step++;
  const scale = (rate * Math.sqrt(1 - 0.999 ** state.step)) / (1 - 0.9 ** state.step);
  layers.forEach((layer, i) => {
    for (const name of ['w', 'b']) {
      const gradient = gradients[i][name];
      const { mean, square } = state.slots[i][name];
      mean.assign(tf.add(tf.mul(mean, 0.9), tf.mul(gradient, 0.1)));
      square.assign(tf.add(tf.mul(square, 0.999), tf.mul(tf.square(gradient), 0.001)));
      layer[name].assign(tf.sub(layer[name], tf.div(tf.mul(mean, scale), tf.add(tf.sqrt(square), 1e-8))));
    }
  });
}

/** `change` applied to row-major `data` in batches: an f32 array, row-major, of what it gives. */
export function mapRows({ data, dims, change }) {
  const rows = data.length / dims;
  let result;
  for (let start = 0; start < rows; start += BATCH) {
    const count = Math.min(BATCH, rows - start);
    const part = tf.tidy(() =>
      change(tf.tensor2d(data.subarray(start * dims, (start + count) * dims), [count, dims])).dataSync(),
    );
    result ??= new Float32Array((part.length / count) * rows);
    result.set(part, start * (part.length / count));
  }
  return result;
}
