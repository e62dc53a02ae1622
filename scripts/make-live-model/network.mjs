// SPDX-License-Identifier: Apache-2.0
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';

const SEED = 1;
const BATCH = 512;
const EPOCHS = 3;
/** Numbers of the layer before the last. */
export const WIDTH = 16;
const RATE = 0.002;

await tf.setBackend('wasm');

export const INPUTS = ['hour', 'distance', 'origin', 'destination'];
const HOURS = 24;

/**
 * Four inputs as an app has them at hand (hour 0 to 23, miles, and the places of two airports in a list, 0 for any other),
 * one output: the chance to be late. All else, scaling included, is in the network.
 */
export function network({ airports, distance }) {
  return build({ airports, distance, oneHot: false });
}

/** With `oneHot`, places are looked up by a product: the same weights, but with a gradient that is cheap to take. */
function build({ airports, distance, oneHot }) {
  let seed = SEED;
  const glorot = () => layers.initializers.glorotUniform({ seed: seed++ });
  const uniform = () => layers.initializers.randomUniform({ minval: -0.05, maxval: 0.05, seed: seed++ });
  const places = { hour: HOURS, origin: airports + 1, destination: airports + 1 };
  const inputs = INPUTS.map((name) =>
    layers.input({ shape: [oneHot && name in places ? places[name] : 1], name }),
  );
  const [hour, miles, origin, destination] = inputs;
  const looked = (source, name, units) => {
    const table = { name: `${name}_table` };
    if (oneHot)
      return layers.layers
        .dense({ ...table, units, useBias: false, kernelInitializer: uniform() })
        .apply(source);
    const rows = layers.layers.embedding({
      ...table,
      inputDim: places[name],
      outputDim: units,
      embeddingsInitializer: uniform(),
    });
    return layers.layers.flatten({ name: `${name}_flat` }).apply(rows.apply(source));
  };
  const scaled = layers.layers.dense({ units: 1, name: 'distance_scaled', trainable: false }).apply(miles);
  const dense = (units, name, activation) =>
    layers.layers.dense({ units, name, activation, kernelInitializer: glorot() });
  const joined = layers.layers
    .concatenate({ name: 'joined' })
    .apply([
      looked(hour, 'hour', 4),
      scaled,
      looked(origin, 'origin', 8),
      looked(destination, 'destination', 8),
    ]);
  const hidden = dense(WIDTH, 'dense_2', 'relu').apply(dense(32, 'dense_1', 'relu').apply(joined));
  const late = dense(1, 'late', 'sigmoid').apply(hidden);
  const model = layers.model({ name: 'late', inputs, outputs: late });
  const { mean, deviation } = distance;
  model
    .getLayer('distance_scaled')
    .setWeights([tf.tensor2d([[1 / deviation]]), tf.tensor1d([-mean / deviation])]);
  return model;
}

/** A network trained on rows in an order drawn from a seed; the same on every run. Logs the loss. */
export async function train({ airports, distance, inputs, late, log }) {
  const twin = build({ airports, distance, oneHot: true });
  const weights = twin.trainableWeights.map((weight) => weight.read());
  const optimizer = tf.train.adam(RATE);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const order = shuffled(late.length, SEED + epoch);
    let sum = 0;
    let batches = 0;
    for (let start = 0; start + BATCH <= late.length; start += BATCH) {
      const taken = order.subarray(start, start + BATCH);
      const loss = tf.tidy(() => {
        const x = inputs.map((column, i) => {
          const [, units] = twin.inputs[i].shape;
          const values = gather(column, taken);
          return units === 1
            ? tf.tensor2d(values, [BATCH, 1])
            : tf.cast(tf.oneHot(tf.tensor1d(values, 'int32'), units), 'float32');
        });
        const y = tf.tensor2d(gather(late, taken), [BATCH, 1]);
        const entropy = () => tf.losses.logLoss(y, twin.apply(x, { training: true }));
        return optimizer.minimize(entropy, true, weights);
      });
      sum += loss.dataSync()[0];
      loss.dispose();
      batches++;
    }
    log(`epoch ${epoch + 1} of ${EPOCHS}: log loss ${(sum / batches).toFixed(4)}`);
  }
  const model = network({ airports, distance });
  for (const layer of model.layers) {
    const trained = twin.layers.find(({ name }) => name === layer.name)?.getWeights() ?? [];
    if (trained.length > 0) layer.setWeights(trained);
  }
  return model;
}

/** Scores and the layer before the last one. */
export function apply(model, inputs, rows, { step = 8192 } = {}) {
  const whole = layers.model({
    inputs: model.inputs,
    outputs: [model.outputs[0], model.getLayer('dense_2').output],
  });
  const score = new Float32Array(rows);
  const embedding = new Float32Array(rows * WIDTH);
  for (let start = 0; start < rows; start += step) {
    const n = Math.min(step, rows - start);
    tf.tidy(() => {
      const x = inputs.map((column) => tf.tensor2d(column.subarray(start, start + n), [n, 1]));
      const [late, hidden] = whole.predict(x);
      score.set(late.dataSync(), start);
      embedding.set(hidden.dataSync(), start * WIDTH);
    });
  }
  return { score, embedding };
}

const gather = (column, places) => Float32Array.from(places, (place) => column[place]);

/** 0 … n − 1, shuffled (Fisher and Yates) by a small generator. */
function shuffled(n, seed) {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  let state = seed >>> 0;
  for (let i = n - 1; i > 0; i--) {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    const place = Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * (i + 1));
    [order[i], order[place]] = [order[place], order[i]];
  }
  return order;
}
