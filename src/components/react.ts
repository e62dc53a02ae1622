// SPDX-License-Identifier: Apache-2.0
'use client';
/**
 * The elements as React components, with typed properties and events. `react` and `@lit/react` are the app's own.
 *
 *     import { DriftMonitor } from 'driftglass/react';
 *     <DriftMonitor monitor={monitor} dock="bottom-right" onDriftToggle={({ open }) => setOpen(open)} />
 */
import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { DriftAlerts as Alerts } from './drift-alerts/drift-alerts.js';
import { DriftBadge as Badge } from './drift-badge/drift-badge.js';
import { DriftDropzone as Dropzone } from './drift-dropzone/drift-dropzone.js';
import { DriftEmbedding as Embedding } from './drift-embedding/drift-embedding.js';
import { DriftMonitor as Monitor } from './drift-monitor/drift-monitor.js';
import { DriftReport as Report } from './drift-report/drift-report.js';
import { DriftSystem as System } from './drift-system/drift-system.js';
import { DriftTimeline as Timeline } from './drift-timeline/drift-timeline.js';
import type {
  DriftAxesEvent,
  DriftFilesEvent,
  DriftOpenEvent,
  DriftPointEvent,
  DriftSelectEvent,
  DriftSortEvent,
  DriftToggleEvent,
} from './events.js';

const onDriftSelect = 'drift-select' as EventName<DriftSelectEvent>;
const onDriftToggle = 'drift-toggle' as EventName<DriftToggleEvent>;
const onDriftOpen = 'drift-open' as EventName<DriftOpenEvent>;
const onDriftSort = 'drift-sort' as EventName<DriftSortEvent>;
const onDriftFiles = 'drift-files' as EventName<DriftFilesEvent>;
const onDriftAxes = 'drift-axes' as EventName<DriftAxesEvent>;
const onDriftPoint = 'drift-point' as EventName<DriftPointEvent>;

export const DriftMonitor = createComponent({
  react: React,
  tagName: 'drift-monitor',
  elementClass: Monitor,
  events: { onDriftSelect, onDriftToggle },
});

export const DriftAlerts = createComponent({
  react: React,
  tagName: 'drift-alerts',
  elementClass: Alerts,
  events: { onDriftSelect },
});

export const DriftTimeline = createComponent({
  react: React,
  tagName: 'drift-timeline',
  elementClass: Timeline,
  events: { onDriftSelect },
});

export const DriftSystem = createComponent({
  react: React,
  tagName: 'drift-system',
  elementClass: System,
});

export const DriftReport = createComponent({
  react: React,
  tagName: 'drift-report',
  elementClass: Report,
  events: { onDriftOpen, onDriftSort, onDriftSelect, onDriftAxes, onDriftPoint },
});

export const DriftEmbedding = createComponent({
  react: React,
  tagName: 'drift-embedding',
  elementClass: Embedding,
  events: { onDriftSelect, onDriftAxes, onDriftPoint },
});

export const DriftDropzone = createComponent({
  react: React,
  tagName: 'drift-dropzone',
  elementClass: Dropzone,
  events: { onDriftFiles },
});

export const DriftBadge = createComponent({
  react: React,
  tagName: 'drift-badge',
  elementClass: Badge,
});
