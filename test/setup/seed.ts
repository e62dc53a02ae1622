// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';

// The same cases on every run of the short tiers, so that a red build means a change; the long tier draws fresh ones.
fc.configureGlobal({ seed: 20_261_123 });
