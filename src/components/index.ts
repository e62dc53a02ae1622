// SPDX-License-Identifier: Apache-2.0
/**
 * All elements of reports at once; each can also be imported alone from its folder. Those of a monitor are in live.ts.
 *
 *     import 'driftglass/elements';
 *     document.querySelector('drift-report').report = report;
 */
export { DriftBadge } from './drift-badge/drift-badge.js';
export { DriftCdf } from './drift-cdf/drift-cdf.js';
export { DriftDropzone } from './drift-dropzone/drift-dropzone.js';
export { DriftEmbedding } from './drift-embedding/drift-embedding.js';
export { DriftFeature } from './drift-feature/drift-feature.js';
export { DriftFeatures } from './drift-features/drift-features.js';
export { DriftHistogram } from './drift-histogram/drift-histogram.js';
export { DriftReport } from './drift-report/drift-report.js';
export { DriftTimeline } from './drift-timeline/drift-timeline.js';
export {
  DriftAxesEvent,
  DriftFilesEvent,
  DriftOpenEvent,
  DriftPointEvent,
  DriftSelectEvent,
  DriftSortEvent,
} from './events.js';
