// SPDX-License-Identifier: Apache-2.0
import type { MapAxesName } from '../report/embedding-view.js';
import type { SortDirection, SortKey } from './internal/feature-order.js';

/** Files were dropped, picked or pasted on a `<drift-dropzone>`. Bubbles and crosses shadow roots, as all of these. */
export class DriftFilesEvent extends Event {
  static readonly type = 'drift-files';
  readonly files: readonly File[];
  readonly by: 'drop' | 'pick' | 'paste';

  constructor(files: readonly File[], by: 'drop' | 'pick' | 'paste') {
    super(DriftFilesEvent.type, { bubbles: true, composed: true });
    this.files = files;
    this.by = by;
  }
}

/** A feature was opened or closed in a `<drift-features>`. */
export class DriftOpenEvent extends Event {
  static readonly type = 'drift-open';
  readonly feature: string;
  readonly open: boolean;

  constructor(feature: string, open: boolean) {
    super(DriftOpenEvent.type, { bubbles: true, composed: true });
    this.feature = feature;
    this.open = open;
  }
}

/** The order of a `<drift-features>` changed. */
export class DriftSortEvent extends Event {
  static readonly type = 'drift-sort';
  readonly sort: SortKey;
  readonly direction: SortDirection;

  constructor(sort: SortKey, direction: SortDirection) {
    super(DriftSortEvent.type, { bubbles: true, composed: true });
    this.sort = sort;
    this.direction = direction;
  }
}

/** Another feature was chosen in a `<drift-timeline>`, or other rows of one in a `<drift-embedding>`. */
export class DriftSelectEvent extends Event {
  static readonly type = 'drift-select';
  readonly feature: string;
  /** Rows of the current side by index, ascending; empty when a feature was chosen or rows were let go. */
  readonly rows: Uint32Array;

  constructor(feature: string, rows: Uint32Array = new Uint32Array(0)) {
    super(DriftSelectEvent.type, { bubbles: true, composed: true });
    this.feature = feature;
    this.rows = rows;
  }
}

/** Other axes are wanted for the map of a `<drift-embedding>`. */
export class DriftAxesEvent extends Event {
  static readonly type = 'drift-axes';
  readonly feature: string;
  readonly axes: MapAxesName;

  constructor(feature: string, axes: MapAxesName) {
    super(DriftAxesEvent.type, { bubbles: true, composed: true });
    this.feature = feature;
    this.axes = axes;
  }
}

/** The pointer rests on a row of the map of a `<drift-embedding>` of which it is not known what the row holds. */
export class DriftPointEvent extends Event {
  static readonly type = 'drift-point';
  readonly feature: string;
  /** Index in the current side. */
  readonly row: number;

  constructor(feature: string, row: number) {
    super(DriftPointEvent.type, { bubbles: true, composed: true });
    this.feature = feature;
    this.row = row;
  }
}

/** A `<drift-monitor>` was opened or collapsed. */
export class DriftToggleEvent extends Event {
  static readonly type = 'drift-toggle';
  readonly open: boolean;

  constructor(open: boolean) {
    super(DriftToggleEvent.type, { bubbles: true, composed: true });
    this.open = open;
  }
}

declare global {
  interface HTMLElementEventMap {
    'drift-files': DriftFilesEvent;
    'drift-open': DriftOpenEvent;
    'drift-sort': DriftSortEvent;
    'drift-select': DriftSelectEvent;
    'drift-axes': DriftAxesEvent;
    'drift-point': DriftPointEvent;
    'drift-toggle': DriftToggleEvent;
  }
}
