// SPDX-License-Identifier: Apache-2.0
import { createMonitor } from 'driftglass';

/** Without a baseline file the first rows say what is usual. */
export const monitor = createMonitor({
  name: 'orders',
  reference: { first: 1000 },
  windows: [{ rows: 500 }],
  onError: (error) => console.error(error.message),
});
