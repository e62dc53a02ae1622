// SPDX-License-Identifier: Apache-2.0
/** GPUBufferUsage and GPUMapMode by number: in Node with a WebGPU package the names are no globals. */
export const MAP_READ = 0x1;
export const COPY_SRC = 0x4;
export const COPY_DST = 0x8;
export const UNIFORM = 0x40;
export const STORAGE = 0x80;
/** GPUMapMode.READ. */
export const READ = 0x1;
