// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../../errors.js';

const PAGE = 65_536;
/** wasm32 addresses end at 4 GiB. */
const MOST_PAGES = 65_536;
/** Every block starts at a multiple of this: whole vectors. */
const ALIGNMENT = 16;

/**
 * A stack of blocks over one wasm memory. A call takes blocks and gives them all back by `reset` to the mark it started
 * from. Growing replaces `buffer`, so take every block before making a view.
 */
export class Arena {
  readonly memory: WebAssembly.Memory;
  #next: number;

  constructor(memory: WebAssembly.Memory, base: number) {
    this.memory = memory;
    this.#next = align(base);
  }

  get buffer(): ArrayBuffer {
    return this.memory.buffer as ArrayBuffer;
  }

  mark(): number {
    return this.#next;
  }

  reset(mark: number): void {
    this.#next = mark;
  }

  /** Address of `byteLength` bytes, uninitialised. Throws EngineError when the memory cannot grow that far. */
  take(byteLength: number): number {
    const address = this.#next;
    const end = align(address + byteLength);
    const missing = Math.ceil((end - this.memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.#grow(missing, end);
    this.#next = end;
    return address;
  }

  #grow(pages: number, end: number): void {
    const megabytes = Math.ceil(end / 2 ** 20);
    if (end > MOST_PAGES * PAGE) {
      throw new DriftglassError(
        'EngineError',
        `kernels need ${megabytes} MB of wasm memory, which ends at 4096 MB`,
      );
    }
    try {
      this.memory.grow(pages);
    } catch (cause) {
      throw new DriftglassError(
        'EngineError',
        `wasm memory cannot grow to the ${megabytes} MB that kernels need`,
        {
          cause,
        },
      );
    }
  }
}

function align(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}
