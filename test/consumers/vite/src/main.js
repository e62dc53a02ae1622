// SPDX-License-Identifier: Apache-2.0
import 'driftglass/elements/drift-badge';
import { compareSamples } from './compare.js';

compareSamples();
