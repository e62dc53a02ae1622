// SPDX-License-Identifier: Apache-2.0
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { EmbeddingMap } from '../../../report/embedding-view.js';
import type { Hexagons } from './hexagons.js';
import { type Bounds, type MapSize, sameSize, scaleOf, toPlane, zoomed } from './map-frame.js';
import { MapGestures, type Tool } from './map-gestures.js';
import { type Inks, inksOf } from './map-inks.js';
import { rectangleAfter } from './map-keys.js';
import { MapPainter } from './map-painter.js';
import { type Ground, groundOf, hexagonsOf } from './map-scene.js';
import { PaletteReader } from './palette.js';
import { insideRectangle, nearestPlace, sameRows } from './picking.js';

export type Ink = 'points' | 'difference';

/** More current rows than this are first shown as a difference: their points would hide each other. */
const MANY = 20_000;
const REACH = 9;
const ZOOM_STEP = 1.5;
/** So long after the last move the map is painted as finely as the screen can show. */
const SETTLED_MS = 160;

type Host = ReactiveControllerHost & HTMLElement;

export interface MapListener {
  readonly choose: (chosen: Uint32Array) => void;
  /** −1 when the pointer leaves the row. */
  readonly point: (at: number) => void;
}

/** What a person does on the map, and what is painted after. Rows are told by their index in `map.current`. */
export class MapController implements ReactiveController {
  map: EmbeddingMap | null = null;
  ground: Ground | undefined;
  bounds: Bounds = { left: 0, right: 1, bottom: 0, top: 1 };
  size: MapSize = { width: 0, height: 0 };
  tool: Tool = 'lasso';
  ink: Ink = 'points';
  colour = -1;
  inks: Inks = { inks: new Uint8Array(0), legend: [] };
  /** Ascending; empty when nothing is chosen. */
  chosen: Uint32Array = new Uint32Array(0);
  /** Laid by keys. */
  rectangle: Bounds | undefined;
  /** Under the pointer, or −1. */
  hover = -1;

  readonly gestures = new MapGestures(this);

  readonly #host: Host;
  readonly #on: MapListener;
  readonly #painter = new MapPainter();
  #flags: Uint8Array | undefined;
  #hexagons: { cells: Hexagons; size: MapSize } | undefined;
  readonly #palette = new PaletteReader();
  #scheme: MediaQueryList | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, on: MapListener) {
    this.#host = host;
    this.#on = on;
    host.addController(this);
  }

  hostConnected(): void {
    if (typeof matchMedia === 'undefined') return;
    // On a touch screen a finger on the map scrolls the page until a tool is taken.
    if (matchMedia('(pointer: coarse)').matches) this.tool = 'off';
    this.#scheme = matchMedia('(prefers-color-scheme: dark)');
    this.#scheme.addEventListener('change', this.#onScheme);
  }

  hostDisconnected(): void {
    this.#scheme?.removeEventListener('change', this.#onScheme);
    clearTimeout(this.#settling);
    this.#settling = undefined;
  }

  /** Shows another part of the map. */
  look(bounds: Bounds): void {
    this.bounds = bounds;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.#settling = undefined;
      this.#host.requestUpdate();
    }, SETTLED_MS);
    this.#host.requestUpdate();
  }

  #onScheme = (): void => {
    this.#palette.forget();
    this.#host.requestUpdate();
  };

  /** Takes another map; what was chosen stays when it holds the same rows, on other axes. */
  show(map: EmbeddingMap | null): void {
    if (!sameRows(this.map?.current.row, map?.current.row)) {
      this.chosen = new Uint32Array(0);
      this.#flags = undefined;
    }
    this.map = map;
    this.#hexagons = undefined;
    this.rectangle = undefined;
    this.gestures.lasso = [];
    this.hover = -1;
    if (map === null) return;
    this.ground = groundOf(map);
    this.bounds = this.ground.whole;
    this.colourBy(this.colour);
    if (this.colour < 0) this.ink = map.current.x.length > MANY ? 'difference' : 'points';
  }

  colourBy(colour: number): void {
    const count = this.map?.colours?.length ?? 0;
    this.colour = colour < count ? colour : -1;
    this.inks = inksOf(this.map?.colours?.[this.colour], this.map?.current.x.length ?? 0);
    if (this.colour >= 0) this.ink = 'points';
    this.#host.requestUpdate();
  }

  draw(ink: Ink): void {
    this.ink = ink;
    this.#host.requestUpdate();
  }

  take(tool: Tool): void {
    this.tool = this.tool === tool ? 'off' : tool;
    this.#host.requestUpdate();
  }

  choose(chosen: Uint32Array): void {
    this.chosen = chosen;
    this.#flags = undefined;
    if (chosen.length > 0 && this.map !== null) {
      this.#flags = new Uint8Array(this.map.current.x.length);
      for (const at of chosen) this.#flags[at] = 1;
    }
    this.#host.requestUpdate();
    this.#on.choose(chosen);
  }

  /** Larger or smaller around the middle, or around a place in px; 0 shows the whole. */
  zoom(steps: number, pixel: readonly [number, number] = [this.size.width / 2, this.size.height / 2]): void {
    const whole = this.ground?.whole;
    if (whole === undefined) return;
    const at = toPlane(this.bounds, this.size, pixel);
    this.look(steps === 0 ? whole : zoomed(this.bounds, whole, { factor: ZOOM_STEP ** steps, at }));
  }

  /** The pointer is over no row. */
  leave(): void {
    if (this.hover < 0) return;
    this.hover = -1;
    this.#host.requestUpdate();
  }

  changed(): void {
    this.#host.requestUpdate();
  }

  onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || this.map === null) return;
    const rectangle = rectangleAfter(this.rectangle, {
      key: event.key,
      shift: event.shiftKey,
      view: this.bounds,
    });
    if (rectangle !== undefined) {
      this.rectangle = rectangle;
      this.#host.requestUpdate();
    } else if (event.key === 'Enter' && this.rectangle !== undefined) {
      this.choose(insideRectangle(this.map.current, this.rectangle));
    } else if (event.key === 'Escape' && this.rectangle !== undefined) {
      this.rectangle = undefined;
      this.#host.requestUpdate();
    } else if (event.key === 'Escape' && this.chosen.length > 0) {
      this.choose(new Uint32Array(0));
    } else if (event.key === '+' || event.key === '=') {
      this.zoom(1);
    } else if (event.key === '-') {
      this.zoom(-1);
    } else if (event.key === '0') {
      this.zoom(0);
    } else {
      return;
    }
    event.preventDefault();
  };

  /** Says which row is nearest, within `px` of a place. */
  pointAt(at: readonly [number, number], px = REACH): void {
    if (this.map === null) return;
    const scale = scaleOf(this.bounds, this.size);
    const reach = { x: px / scale.x, y: px / scale.y };
    const hover = nearestPlace(this.map.current, toPlane(this.bounds, this.size, at), reach);
    if (hover === this.hover) return;
    this.hover = hover;
    this.#on.point(hover);
    this.#host.requestUpdate();
  }

  /** Paints after each update of the host: moving, choosing and a new width all end here. */
  hostUpdated(): void {
    const { map, ground, size } = this;
    const canvases = this.#host.shadowRoot?.querySelectorAll<HTMLCanvasElement>('.plane canvas');
    const [below, points] = canvases ?? [];
    if (map === null || ground === undefined || below === undefined || points === undefined) return;
    if (this.ink === 'difference' && !sameSize(this.#hexagons?.size, size)) {
      this.#hexagons = { cells: hexagonsOf(map, ground.whole, size), size };
    }
    const view = {
      bounds: this.bounds,
      size,
      palette: this.#palette.of(this.#host),
      coarse: this.#settling !== undefined && map.current.x.length > MANY,
    };
    const hexagons = this.ink === 'difference' ? this.#hexagons?.cells : undefined;
    const scene = {
      regions: ground.regions,
      hexagons,
      current: map.current,
      inks: this.inks.inks,
      chosen: this.#flags,
    };
    this.#painter.paint({ ground: below, points }, scene, view);
  }
}
