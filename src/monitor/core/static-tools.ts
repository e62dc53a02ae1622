// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import type { FrameBuilder } from '../../baseline/frame-builder.js';
import { layFrameOn } from '../../engine/lay-embeddings.js';
import { giveWay } from '../../engine/turns.js';
import { messageOf } from '../../errors.js';
import type { ChosenKernels } from '../../kernels/choose.js';
import { cpuKernels } from '../../kernels/cpu/cpu.js';
import { cpuLinearKernels, cpuVectorKernels } from '../../kernels/cpu/vectors/vectors.js';
import { createWasmVectorKernels } from '../../kernels/wasm/vectors.js';
import { createWasmKernels } from '../../kernels/wasm/wasm.js';
import { wasmReason } from '../../kernels/wasm-reason.js';
import { EmbeddingMeters } from '../../profile/embedding-meters.js';
import { LastingStore } from '../../store/lasting-store.js';
import { MemoryStore } from '../../store/memory-store.js';
import { adviceOn } from '../../verdict/advice/advice.js';
import type { Settings } from '../../verdict/settings.js';
import { OutlierScorer } from '../outliers/outlier-scorer.js';
import { embeddingToolsOf } from './embedding-tools.js';
import { learnedFile } from './learned-file.js';
import { reportOf } from './report-of.js';
import type { MonitorTools } from './tools.js';

/** For hosts that can load nothing later (an extension's service worker): everything is there from the start. */
export const staticTools: MonitorTools = {
  async kernels(): Promise<ChosenKernels> {
    try {
      const kernels = await createWasmKernels();
      return { kernels, reason: wasmReason(kernels.name) };
    } catch (error) {
      return { kernels: cpuKernels, reason: messageOf(error) };
    }
  },
  adviceOn: async () => adviceOn,
  outlierScorer: async () => OutlierScorer,
  learnedFile: async () => learnedFile,
  reportOf: async () => reportOf,
  async openStore({ kind, reason = '', ...options }) {
    if (kind === 'memory') return new MemoryStore({ limitBytes: options.limitBytes, reason });
    return LastingStore.open(options);
  },
  async finishedFrame(builder: FrameBuilder, settings: Settings): Promise<Frame> {
    if (builder.vectors.size === 0) return builder.finish();
    const { linear } = await vectorKernels();
    return (await layFrameOn(builder, { ...settings, linear, pause: () => giveWay() })).finish();
  },
  async embeddings(frame: Frame) {
    if (!frame.features.some(({ kind }) => kind === 'embedding')) return null;
    const { vectors, linear, reason } = await vectorKernels();
    return embeddingToolsOf({ meters: new EmbeddingMeters(vectors), linear, reason });
  },
};

async function vectorKernels() {
  try {
    const { vectors, linear } = await createWasmVectorKernels();
    return { vectors, linear, reason: wasmReason(vectors.name) };
  } catch (error) {
    return { vectors: cpuVectorKernels, linear: cpuLinearKernels, reason: messageOf(error) };
  }
}
