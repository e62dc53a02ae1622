// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingFrame, Frame } from './frame.js';
import { frameId } from './frame-id.js';

/** The frame with these embeddings in place of those of the same name, and the id that it has then. */
export function withEmbeddings(frame: Frame, fitted: ReadonlyMap<string, EmbeddingFrame>): Frame {
  const { schema, table, windowing } = frame;
  const features = frame.features.map((feature) => {
    const embedding = fitted.get(feature.name);
    return embedding === undefined ? feature : { ...feature, frame: embedding };
  });
  const next = { schema, features, table, windowing };
  return { ...next, id: frameId(next) };
}
