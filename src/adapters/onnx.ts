// SPDX-License-Identifier: Apache-2.0
/**
 * Sessions of ONNX Runtime Web, watched:
 *
 *     import * as ort from 'onnxruntime-web';
 *     import { watchSession } from 'driftglass/onnx';
 *
 *     const session = watchSession(await ort.InferenceSession.create(url), monitor, { ort, outputs: { score: 'score' } });
 */
import type { Monitor } from '../monitor/monitor.js';
import { type SessionOptions, SessionWatch } from './onnx/session-watch.js';
import type { Session } from './onnx/tensors.js';
import { standIn } from './stand-in.js';
import { remembered } from './watches.js';

export type { AdapterOptions, OfCall } from './call-observer.js';
export type { ClassColumns, ColumnFunction, ModelColumns, TensorColumns } from './columns.js';
export type { SessionOptions } from './onnx/session-watch.js';
export type { OnnxRuntime, Session } from './onnx/tensors.js';
export type { ReadTensor } from './read-tensor.js';
export { unwatch } from './watches.js';

/**
 * An object that behaves as the session, and whose `run` the monitor hears of. Values are copied when a run has ended, since
 * the app may use its tensors again, and handed over later, under a sampling budget. Outputs that stay in GPU buffers
 * (`preferredOutputLocation`) are read by a copy of ours; an embedding there is measured in place once the monitor's frame is known, and only
 * its sums come back. Never throws: what cannot be watched is told to the monitor's `onError`.
 */
export function watchSession<S extends Session>(session: S, monitor: Monitor, options: SessionOptions): S {
  return remembered(session, monitor, (original) => {
    const watch = new SessionWatch(original, monitor, options);
    return { standIn: standIn(original, new Map([['run', watch.run]])), watch };
  });
}
