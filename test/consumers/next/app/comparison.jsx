// SPDX-License-Identifier: Apache-2.0
'use client';

import 'driftglass/elements/drift-badge';
import { useEffect } from 'react';
import { compareSamples } from '../src/compare.js';

export function Comparison() {
  useEffect(() => {
    compareSamples();
  }, []);
  return null;
}
