// SPDX-License-Identifier: Apache-2.0
/** Numbers that stand for pictures, texts and sounds: what is watched where the input itself is no table. */
export { type AudioFeatures, type AudioSamples, audioFeatures } from './derived/audio.js';
export {
  drawnImageFeatures,
  type ImageFeatures,
  type ImageOptions,
  imageColumns,
  imageFeatures,
  type Pixels,
} from './derived/image.js';
export { type TextFeatures, type TextOptions, textColumns, textFeatures } from './derived/text.js';
