// SPDX-License-Identifier: Apache-2.0
/** Predictions with and without a monitor; tfjs.mjs calls this by name. */
import { ReadBudget } from '../../../src/adapters/read-budget.js';
import { unwatch, watch } from '../../../src/adapters/tfjs.js';
import { createMonitor } from '../../../src/index.js';

interface Tensor {
  data(): Promise<ArrayLike<number>>;
  dispose(): void;
}
interface Model {
  predict(x: Tensor, options: object): Tensor;
  dispose(): void;
}
// biome-ignore lint/suspicious/noExplicitAny: the library comes by a script, its types are in a package that may not be there
const tf = (): any => (globalThis as any).tf;

interface Job {
  readonly backend: string;
  /** Layers' units: inputs, hidden ones, outputs. */
  readonly units: readonly number[];
  readonly rows: number;
  readonly embedding: boolean;
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** The way through the event loop that costs least: what waits gets its turn between two predictions, as in an app. */
const channel = new MessageChannel();
function turn(): Promise<void> {
  return new Promise((done) => {
    channel.port1.onmessage = () => done();
    channel.port2.postMessage(null);
  });
}

function modelOf([inputs, ...units]: readonly number[]): Model {
  const model = tf().sequential();
  units.forEach((count, i) => {
    const isLast = i === units.length - 1;
    model.add(
      tf().layers.dense({
        units: count,
        activation: isLast ? 'softmax' : 'relu',
        name: `dense_${i}`,
        ...(i === 0 && { inputShape: [inputs] }),
      }),
    );
  });
  return model;
}

/** Makes a model and a monitor ready; what follows are turns of so many predictions, with the monitor or without. */
async function start({ backend, units, rows, embedding }: Job): Promise<string> {
  await tf().setBackend(backend);
  await tf().ready();
  const model = modelOf(units);
  const width = units[0]!;
  const classes = Array.from({ length: units.at(-1)! }, (_, i) => `class ${i}`);
  const names = Array.from({ length: width }, (_, i) => `feature ${i}`);
  const monitor = createMonitor({
    reference: { first: 5000 },
    store: 'memory',
    onError: (error) => console.error(String(error)),
  });
  await monitor.ready;
  const spending = { ms: 0 };
  const { spend, take } = ReadBudget.prototype;
  ReadBudget.prototype.spend = function (ms) {
    spending.ms += ms;
    spend.call(this, ms);
  };
  // Time without the monitor is none of its budget's: a share of it must not be spent in the turns with it.
  const away = { ms: 0 };
  ReadBudget.prototype.take = function (now = performance.now()) {
    return take.call(this, now - away.ms);
  };
  const watched = watch(model, monitor, {
    tf: tf(),
    // A wide input is no table: its embedding stands for it.
    ...(width <= 64 && { inputs: names }),
    outputs: { classes, prediction: 'class', score: 'score' },
    ...(embedding && { embedding: `dense_${units.length - 3}` }),
  });
  const pool = Array.from({ length: 8 }, () =>
    Float32Array.from({ length: rows * width }, () => Math.random() - 0.5),
  );
  let calls = 0;
  const predict = async (predictor: Model): Promise<void> => {
    const x = tf().tensor2d(pool[calls++ % pool.length]!, [rows, width]) as Tensor;
    const y = predictor.predict(x, { batchSize: rows });
    await y.data();
    x.dispose();
    y.dispose();
    await turn();
  };
  running = {
    async take(isWatched, predictions) {
      const predictor = isWatched ? watched : model;
      spending.ms = 0;
      const from = performance.now();
      for (let i = 0; i < predictions; i++) await predict(predictor);
      const ms = performance.now() - from;
      // What a turn has left behind is its own, and not the next one's.
      await pause(20);
      away.ms += isWatched ? performance.now() - from - ms : performance.now() - from;
      return { ms, spent: spending.ms, tensors: tf().memory().numTensors };
    },
    settle() {
      away.ms -= 61_000;
    },
    async end() {
      await monitor.flush();
      const { rows: counts } = await monitor.snapshot();
      unwatch(watched);
      await monitor.dispose();
      model.dispose();
      return counts;
    },
  };
  return tf().getBackend();
}

let running: {
  take(isWatched: boolean, predictions: number): Promise<{ ms: number; spent: number; tensors: number }>;
  /** For the budget a minute passes: its start is over, in which it may take more. */
  settle(): void;
  end(): Promise<{ measured: number; skipped: number }>;
};

Object.assign(globalThis, {
  bench: {
    start,
    take: (isWatched: boolean, predictions: number) => running.take(isWatched, predictions),
    settle: () => running.settle(),
    end: () => running.end(),
  },
});
document.body.dataset['ready'] = '';
