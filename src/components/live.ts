// SPDX-License-Identifier: Apache-2.0
/**
 * The elements of a live monitor at once; each can also be imported alone from its folder.
 *
 *     import 'driftglass/elements/live';
 *     document.querySelector('drift-monitor').monitor = monitor;
 */
export { DriftAlerts } from './drift-alerts/drift-alerts.js';
export { DriftMonitor } from './drift-monitor/drift-monitor.js';
export { DriftSystem } from './drift-system/drift-system.js';
export { DriftTimeline } from './drift-timeline/drift-timeline.js';
export { DriftOpenEvent, DriftSelectEvent, DriftToggleEvent } from './events.js';
