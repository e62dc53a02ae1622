// SPDX-License-Identifier: Apache-2.0
import 'driftglass/elements/drift-monitor';
import { watchOrders } from './traffic.js';

// The element in the page names the monitor; traffic.js feeds it.
watchOrders();
