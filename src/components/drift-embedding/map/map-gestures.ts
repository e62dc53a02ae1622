// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingMap } from '../../../report/embedding-view.js';
import { type Bounds, type MapSize, moved, scaleOf, toPlane } from './map-frame.js';
import { Pinch, pinched, pixelOf } from './map-pinch.js';
import type { Ground } from './map-scene.js';
import { insideLasso } from './picking.js';

export type Tool = 'lasso' | 'move' | 'off';

/** A finger hides what it points at, px. */
const FINGER_REACH = 18;
/** A shorter line was a click, px. */
const SHORTEST = 6;

/** The map as gestures see and change it. */
export interface MapSurface {
  readonly map: EmbeddingMap | null;
  readonly ground: Ground | undefined;
  readonly bounds: Bounds;
  readonly size: MapSize;
  readonly tool: Tool;
  readonly hover: number;
  rectangle: Bounds | undefined;
  look(bounds: Bounds): void;
  zoom(steps: number, pixel: readonly [number, number]): void;
  choose(rows: Uint32Array): void;
  pointAt(pixel: readonly [number, number], reach?: number): void;
  leave(): void;
  changed(): void;
}

/** What pointers, fingers and the wheel do on the map: a lasso, moving, zooming, pointing at a row. */
export class MapGestures {
  /** While it is drawn: x0, y0, x1, y1 … in the units of the axes. */
  lasso: number[] = [];

  readonly #map: MapSurface;
  readonly #pinch = new Pinch();
  #from: readonly [number, number] | undefined;

  constructor(map: MapSurface) {
    this.#map = map;
  }

  onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.#pinch.down(event, pixelOf(event));
    if (this.#pinch.on) this.#letGo();
    if (this.#pinch.on || this.#map.tool === 'off') return;
    // A script's events have no pointer to hold.
    if (event.isTrusted) (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#from = pixelOf(event);
    this.lasso = this.#map.tool === 'lasso' ? toPlane(this.#map.bounds, this.#map.size, this.#from) : [];
    this.#map.rectangle = undefined;
  };

  onPointerMove = (event: PointerEvent): void => {
    const at = pixelOf(event);
    const { bounds, size } = this.#map;
    const whole = this.#map.ground?.whole;
    const step = this.#pinch.move(event, at);
    if (step !== undefined && whole !== undefined) this.#map.look(pinched(bounds, whole, size, step));
    if (this.#pinch.on) return;
    if (this.#from === undefined || whole === undefined) {
      this.#map.pointAt(at);
      return;
    }
    if (this.#map.tool === 'move') {
      const scale = scaleOf(bounds, size);
      const by = [(this.#from[0] - at[0]) / scale.x, (at[1] - this.#from[1]) / scale.y] as const;
      this.#from = at;
      this.#map.look(moved(bounds, whole, by));
      return;
    }
    this.lasso = [...this.lasso, ...toPlane(bounds, size, at)];
    this.#map.changed();
  };

  onPointerUp = (event: PointerEvent): void => {
    if (this.#pinch.up(event)) return;
    if (this.#from === undefined || this.#map.map === null) return;
    const at = pixelOf(event);
    const moves = Math.hypot(at[0] - this.#from[0], at[1] - this.#from[1]);
    const line = this.lasso;
    this.#from = undefined;
    this.lasso = [];
    if (this.#map.tool !== 'lasso') return;
    if (line.length <= 6 && moves < SHORTEST) {
      this.#map.pointAt(at, event.pointerType === 'touch' ? FINGER_REACH : undefined);
      this.#map.choose(this.#map.hover < 0 ? new Uint32Array(0) : Uint32Array.of(this.#map.hover));
    } else {
      this.#map.choose(insideLasso(this.#map.map.current, line));
    }
  };

  onPointerCancel = (event: PointerEvent): void => {
    this.#pinch.up(event);
    this.#letGo();
  };

  /** Two fingers are the map's also where one scrolls the page; listeners must say that they may stop what the browser does. */
  onTouch = {
    handleEvent: (event: TouchEvent): void => {
      if (event.touches.length > 1) event.preventDefault();
    },
    passive: false,
  };

  /** Only with Ctrl (a pinch on a trackpad says so too) or on the focused map: else the page scrolls. */
  onWheel = (event: WheelEvent): void => {
    const plane = event.currentTarget as Element;
    const focused = (plane.getRootNode() as ShadowRoot).activeElement === plane;
    if (!event.ctrlKey && !event.metaKey && !focused) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    this.#map.zoom(Math.max(-1, Math.min(1, (-event.deltaY * lines) / 120)), pixelOf(event));
  };

  onPointerLeave = (): void => {
    if (this.#from === undefined) this.#map.leave();
  };

  #letGo(): void {
    this.#from = undefined;
    this.lasso = [];
    this.#map.changed();
  }
}
