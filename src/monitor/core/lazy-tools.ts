// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import { finishedFrame } from '../../engine/embedding-door.js';
import { chooseKernels } from '../../kernels/choose.js';
import { openStore } from '../../store/open-store.js';
import type { MonitorTools } from './tools.js';

/** For workers and pages: the work on embeddings is loaded when a frame holds one. */
export const lazyTools: MonitorTools = {
  kernels: chooseKernels,
  finishedFrame,
  openStore,
  adviceOn: async () => (await import('../../verdict/advice/advice.js')).adviceOn,
  outlierScorer: async () => (await import('../outliers/outlier-scorer.js')).OutlierScorer,
  learnedFile: async () => (await import('./learned-file.js')).learnedFile,
  reportOf: async () => (await import('./report-of.js')).reportOf,
  async embeddings(frame: Frame) {
    if (!frame.features.some(({ kind }) => kind === 'embedding')) return null;
    const [{ embeddingToolsOf }, { vectorTools }] = await Promise.all([
      import('./embedding-tools.js'),
      import('../../engine/vector-work.js'),
    ]);
    return embeddingToolsOf(await vectorTools());
  },
};
