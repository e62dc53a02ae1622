// SPDX-License-Identifier: Apache-2.0
/** What rating takes where there are calendar windows, as one module: it is loaded as one. */
export { naturalVariation } from './natural-variation.js';
export { windowSteps } from './windows.js';
