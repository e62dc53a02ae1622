// SPDX-License-Identifier: Apache-2.0
import { Arena } from './memory.js';

/** What assembly/index.ts exports. Numbers are addresses and counts of elements unless named otherwise. */
export interface KernelExports {
  heapBase(): number;
  moments_f32(values: number, n: number, shift: number, out: number): void;
  moments_f64(values: number, n: number, shift: number, out: number): void;
  histogram_f32(values: number, n: number, table: number, records: number, guide: number): void;
  histogram_f64(values: number, n: number, table: number, records: number, guide: number): void;
  codes_i32(codes: number, n: number, size: number, counts: number): void;
  sort_f32(values: number, scratch: number, n: number, counts: number): number;
  sort_f64(values: number, scratch: number, n: number, counts: number): number;
  cdf_f32(x: number, n: number, y: number, m: number, out: number): void;
  cdf_f64(x: number, n: number, y: number, m: number, out: number): void;
}

export interface Loaded<Exports = KernelExports> {
  readonly run: Exports;
  readonly arena: Arena;
}

/** A memory that grew past this is given back after the call: wasm memory never shrinks. */
const KEPT_BYTES = 128 * 2 ** 20;

/** One instance of a module of kernels with the memory that it works in. */
export class KernelHost<Exports extends { heapBase(): number } = KernelExports> {
  readonly #module: WebAssembly.Module;
  #loaded: Loaded<Exports>;

  private constructor(module: WebAssembly.Module, loaded: Loaded<Exports>) {
    this.#module = module;
    this.#loaded = loaded;
  }

  /** Rejects with what the platform says when wasm is forbidden, or the binary needs a feature that is not there. */
  static async start<Exports extends { heapBase(): number } = KernelExports>(
    binary: Uint8Array<ArrayBuffer>,
  ): Promise<KernelHost<Exports>> {
    const memory = firstMemory();
    const { module, instance } = await WebAssembly.instantiate(binary, { env: { memory } });
    return new KernelHost<Exports>(module, load(memory, instance));
  }

  /** Another instance with a memory of its own, which lives as long as it is held. May throw what the platform says. */
  separate(): Loaded<Exports> {
    const memory = firstMemory();
    return load(memory, new WebAssembly.Instance(this.#module, { env: { memory } }));
  }

  /** Bytes that the memory holds now. */
  get byteLength(): number {
    return this.#loaded.arena.buffer.byteLength;
  }

  /** Runs `job` and takes back every block that it took, also when it throws. */
  call<Result>(job: (loaded: Loaded<Exports>) => Result): Result {
    const { arena } = this.#loaded;
    const mark = arena.mark();
    try {
      return job(this.#loaded);
    } finally {
      arena.reset(mark);
      if (arena.buffer.byteLength > KEPT_BYTES) this.#restart();
    }
  }

  #restart(): void {
    try {
      this.#loaded = this.separate();
    } catch {
      // A page may refuse to instantiate synchronously. The large memory then stays, which costs room and nothing else.
    }
  }
}

function firstMemory(): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 1 });
}

function load<Exports extends { heapBase(): number }>(
  memory: WebAssembly.Memory,
  instance: WebAssembly.Instance,
): Loaded<Exports> {
  const run = instance.exports as unknown as Exports;
  return { run, arena: new Arena(memory, run.heapBase()) };
}
