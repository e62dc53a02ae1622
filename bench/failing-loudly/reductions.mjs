// SPDX-License-Identifier: Apache-2.0
// What the tests look at in place of pixels: the reductions of the paper, by name, each (images) → row-major rows.
import { PIXELS, SIDE } from './data.mjs';
import { network } from './networks.mjs';
import { normal, randomOf } from './random.mjs';
import { dense, mapRows, tf } from './tensors.mjs';

/** Dimensions kept by PCA and random projection; the autoencoders come to as many. */
const DIMS = 32;

/** Dimensions of each view of the rows. `classes` holds the predicted class in its one column. */
export const VIEWS = {
  raw: PIXELS,
  pca: DIMS,
  srp: DIMS,
  uae: DIMS,
  tae: DIMS,
  softmax: 10,
  classes: 1,
  hidden: 128,
};

/** The reductions of a seed, fitted on its training rows (trained networks are kept in `cache`). */
export function reductionsOf({ training, seed, cache }) {
  const classifier = network('classifier', { training, seed, cache });
  const autoencoder = network('autoencoder', { training, seed, cache });
  const projection = sparseProjection(randomOf('srp', seed));
  const encoder = untrainedEncoder(randomOf('uae', seed));
  let principal = null;
  const change = {
    pca: (x) => {
      principal ??= principalAxes(training(), randomOf('pca', seed));
      return tf.matMul(tf.sub(x, principal.mean), principal.axes);
    },
    srp: (x) => tf.matMul(x, projection),
    uae: encoder,
    tae: (x) => dense(autoencoder, x)[1],
    softmax: (x) => tf.softmax(dense(classifier, x).at(-1)),
    classes: (x) => tf.argMax(dense(classifier, x).at(-1), 1),
    hidden: (x) => dense(classifier, x)[0],
  };
  const reduce = (view, images) =>
    view === 'raw' ? images : mapRows({ data: images, dims: PIXELS, change: change[view] });
  return { classifier, reduce };
}

/** The first principal axes of the training rows (784 × 32), by orthogonal iteration on their covariance. */
function principalAxes({ images, labels }, random) {
  const rows = labels.length;
  const batch = 5_000;
  let sum = tf.zeros([PIXELS]);
  let products = tf.zeros([PIXELS, PIXELS]);
  for (let start = 0; start < rows; start += batch) {
    [sum, products] = keep([sum, products], () => {
      const x = tf.tensor2d(images.subarray(start * PIXELS, (start + batch) * PIXELS), [batch, PIXELS]);
      return [tf.add(sum, tf.sum(x, 0)), tf.add(products, tf.matMul(tf.transpose(x), x))];
    });
  }
  const mean = tf.tidy(() => tf.div(sum, rows));
  const covariance = tf.tidy(() =>
    tf.sub(tf.div(products, rows), tf.matMul(tf.reshape(mean, [PIXELS, 1]), tf.reshape(mean, [1, PIXELS]))),
  );
  tf.dispose([sum, products]);
  // A few axes more than are kept make the last ones settle sooner.
  const width = DIMS + 16;
  let axes = Float64Array.from({ length: PIXELS * width }, () => normal(random));
  for (let turn = 0; turn < 40; turn++) {
    orthonormalize(axes, width);
    axes = tf.tidy(() =>
      Float64Array.from(
        tf.matMul(covariance, tf.tensor2d(Float32Array.from(axes), [PIXELS, width])).dataSync(),
      ),
    );
  }
  covariance.dispose();
  orthonormalize(axes, width);
  const kept = Float32Array.from(
    { length: PIXELS * DIMS },
    (_, i) => axes[Math.floor(i / DIMS) * width + (i % DIMS)],
  );
  // Asked for in the middle of a batch, whose own tensors go when it ends.
  return { mean: tf.keep(mean), axes: tf.keep(tf.tensor2d(kept, [PIXELS, DIMS])) };
}

/** Modified Gram–Schmidt on the columns of a row-major matrix. */
function orthonormalize(matrix, width) {
  for (let j = 0; j < width; j++) {
    for (let k = 0; k < j; k++) {
      let dot = 0;
      for (let i = 0; i < matrix.length; i += width) dot += matrix[i + j] * matrix[i + k];
      for (let i = 0; i < matrix.length; i += width) matrix[i + j] -= dot * matrix[i + k];
    }
    let square = 0;
    for (let i = j; i < matrix.length; i += width) square += matrix[i] ** 2;
    const length = Math.sqrt(square);
    for (let i = j; i < matrix.length; i += width) matrix[i] /= length;
  }
}

/** Li, Hastie & Church (2006), as scikit-learn's default: ±√(√784 / 32) with density 1/√784, else 0. */
function sparseProjection(random) {
  const density = 1 / Math.sqrt(PIXELS);
  const size = Math.sqrt(1 / (density * DIMS));
  const draw = () => (random() >= density ? 0 : random() < 0.5 ? size : -size);
  return tf.tensor2d(Float32Array.from({ length: PIXELS * DIMS }, draw), [PIXELS, DIMS]);
}

/** The paper's convolutional encoder with random weights: 16, 8 and 2 filters of 3 × 3, a pool after each: 4 × 4 × 2 = 32. */
function untrainedEncoder(random) {
  const filters = [
    [1, 16],
    [16, 8],
    [8, 2],
  ].map(([from, to]) => {
    const limit = Math.sqrt(6 / (9 * (from + to)));
    return tf.tensor4d(
      Float32Array.from({ length: 9 * from * to }, () => (2 * random() - 1) * limit),
      [3, 3, from, to],
    );
  });
  return (x) => {
    let result = tf.reshape(x, [-1, SIDE, SIDE, 1]);
    for (const filter of filters)
      result = tf.maxPool(tf.relu(tf.conv2d(result, filter, 1, 'same')), 2, 2, 'same');
    return tf.reshape(result, [x.shape[0], -1]);
  };
}

/** What `change` gives, in place of the tensors that it was made from. */
function keep(before, change) {
  const after = tf.tidy(change);
  tf.dispose(before);
  return after;
}
