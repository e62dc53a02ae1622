// SPDX-License-Identifier: Apache-2.0
/** A device of our own, and what it is. */
import { DriftglassError, messageOf } from '../../errors.js';

export interface AdapterFacts {
  /** In words: vendor, architecture, description. */
  readonly description: string;
  /** A processor that plays a graphics card: correct, and slower than wasm. */
  readonly isSoftware: boolean;
}

export interface OpenDevice extends AdapterFacts {
  readonly device: GPUDevice;
}

/** The host's WebGPU, on a page, in a worker, or where a package put it. */
export function hostGpu(): GPU | undefined {
  return (globalThis as { navigator?: { gpu?: GPU } }).navigator?.gpu;
}

/** Rejects with EngineError saying why there is no device. */
export async function openDevice(gpu: GPU | undefined = hostGpu()): Promise<OpenDevice> {
  if (gpu === undefined) throw unavailable('this host has none (navigator.gpu is undefined)');
  const adapter = await requestAdapter(gpu);
  if (adapter === null) throw unavailable('this host offers no adapter (requestAdapter gave null)');
  try {
    const device = await adapter.requestDevice({ label: 'driftglass' });
    return { device, ...adapterFacts(adapter.info) };
  } catch (error) {
    throw unavailable(`the adapter gives no device: ${messageOf(error)}`, error);
  }
}

/** The default limits are enough, so none is asked for; an adapter for old cards has less, which is enough as well. */
async function requestAdapter(gpu: GPU): Promise<GPUAdapter | null> {
  try {
    return (
      (await gpu.requestAdapter({ powerPreference: 'high-performance' })) ??
      (await gpu.requestAdapter({ featureLevel: 'compatibility' } as GPURequestAdapterOptions))
    );
  } catch (error) {
    throw unavailable(`asking for an adapter failed: ${messageOf(error)}`, error);
  }
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|software/i;

export function adapterFacts(info: Partial<GPUAdapterInfo> | undefined): AdapterFacts {
  const words = [info?.vendor, info?.architecture, info?.device, info?.description].filter(
    (word): word is string => word !== undefined && word !== '',
  );
  const description = [...new Set(words)].join(' ') || 'an adapter that does not say what it is';
  return { description, isSoftware: info?.isFallbackAdapter === true || SOFTWARE.test(description) };
}

export function unavailable(reason: string, cause?: unknown): DriftglassError {
  return new DriftglassError('EngineError', `WebGPU: ${reason}`, cause === undefined ? {} : { cause });
}
