// SPDX-License-Identifier: Apache-2.0
import type { Kernels } from '../kernels/kernels.js';
import { cdfSteps, sortSteps } from '../kernels/steps.js';
import { type FeatureTask, sameWidth } from './measure-feature.js';

/** The task with its values sorted and merged, in steps, for a thread that has frames to draw in between. */
export function* sortedTask(task: FeatureTask, kernels: Kernels): Generator<void, FeatureTask> {
  if (task.values === undefined) return task;
  const pair = sameWidth(task.values);
  const reference = yield* sortSteps(pair.reference, kernels);
  const current = yield* sortSteps(pair.current, kernels);
  return { ...task, exact: { reference, current, cdf: yield* cdfSteps(reference, current) } };
}
