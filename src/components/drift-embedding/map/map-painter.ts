// SPDX-License-Identifier: Apache-2.0
import type { Ring } from './contours.js';
import { type Hexagons, shareDifference } from './hexagons.js';
import { type Bounds, type MapSize, type Places, scaleOf, toPixel } from './map-frame.js';
import type { Palette } from './palette.js';
import { PointCloud } from './point-cloud.js';

/** What is on the map. */
export interface MapScene {
  /** Regions of the reference by density, the widest first; each lies in the one before. */
  readonly regions: readonly (readonly Ring[])[];
  readonly hexagons: Hexagons | undefined;
  readonly current: Places;
  readonly inks: Uint8Array;
  readonly chosen: Uint8Array | undefined;
}

/** A canvas holds no more px than this on an axis, however large the screen. */
const MOST_PIXELS = 4096;
const HEXAGON_GAP = 0.94;
/** Radii in CSS px: dots shrink and grow paler as more of them share the picture. */
const SMALLEST_DOT = 1.1;
const LARGEST_DOT = 2.2;
const DOT_SHARE = 0.13;

/** Paints the ground (regions or hexagons) and the points on two canvases that lie on each other; coarsely at 1 px a CSS px. */
export class MapPainter {
  #cloud = new PointCloud();
  #image: ImageData | undefined;
  #painted: readonly unknown[] = [];

  /** Nothing where both canvases show this already: what lies over them changes more often than what is on them. */
  paint(
    { ground, points }: { ground: HTMLCanvasElement; points: HTMLCanvasElement },
    scene: MapScene,
    view: { bounds: Bounds; size: MapSize; palette: Palette; coarse: boolean },
  ): void {
    const { bounds, size, palette } = view;
    const { regions, hexagons, current, inks, chosen } = scene;
    const now = [
      ground,
      bounds,
      size,
      palette.key,
      view.coarse,
      regions,
      hexagons,
      current,
      inks,
      chosen,
      devicePixelRatio,
    ];
    if (now.every((value, i) => value === this.#painted[i])) return;
    this.#painted = now;
    const density = Math.min(
      view.coarse ? 1 : 2,
      globalThis.devicePixelRatio || 1,
      MOST_PIXELS / Math.max(size.width, 1),
    );
    const pixels = {
      width: Math.max(1, Math.round(size.width * density)),
      height: Math.max(1, Math.round(size.height * density)),
    };
    for (const canvas of [ground, points]) {
      if (canvas.width === pixels.width && canvas.height === pixels.height) continue;
      canvas.width = pixels.width;
      canvas.height = pixels.height;
    }
    const below = ground.getContext('2d');
    const above = points.getContext('2d');
    if (below === null || above === null) return;
    below.clearRect(0, 0, pixels.width, pixels.height);
    if (scene.hexagons === undefined) {
      paintRegions(below, scene.regions, { bounds, pixels, density, palette });
    } else {
      paintHexagons(below, scene.hexagons, { bounds, pixels, palette });
    }
    if (scene.hexagons !== undefined && scene.chosen === undefined) {
      above.clearRect(0, 0, pixels.width, pixels.height);
      return;
    }
    if (this.#image?.width !== pixels.width || this.#image.height !== pixels.height) {
      this.#image = above.createImageData(pixels.width, pixels.height);
    }
    const room = Math.sqrt((size.width * size.height) / Math.max(1, scene.current.x.length));
    const radius = Math.min(LARGEST_DOT, Math.max(SMALLEST_DOT, room * DOT_SHARE));
    this.#cloud.draw(this.#image, {
      places: scene.current,
      inks: scene.inks,
      chosen: scene.chosen,
      onlyChosen: scene.hexagons !== undefined,
      bounds,
      radius: radius * density,
      alpha: 0.24 + 0.25 * radius,
      palette: palette.inks,
    });
    above.putImageData(this.#image, 0, 0);
  }
}

interface View {
  readonly bounds: Bounds;
  readonly pixels: MapSize;
  readonly palette: Palette;
}

function paintRegions(
  context: CanvasRenderingContext2D,
  regions: readonly (readonly Ring[])[],
  { bounds, pixels, palette, density }: View & { density: number },
): void {
  const scale = scaleOf(bounds, pixels);
  context.lineJoin = 'round';
  context.lineWidth = density;
  regions.forEach((rings, depth) => {
    context.beginPath();
    for (const ring of rings) {
      for (let k = 0; k < ring.length; k += 2) {
        const x = ((ring[k] as number) - bounds.left) * scale.x;
        const y = (bounds.top - (ring[k + 1] as number)) * scale.y;
        if (k === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
      context.closePath();
    }
    context.fillStyle = palette.css('--_reference');
    context.globalAlpha = 0.34;
    context.fill('evenodd');
    context.strokeStyle = palette.css('--_reference-ink');
    context.globalAlpha = depth === 0 ? 0.75 : 0.4;
    context.stroke();
  });
  context.globalAlpha = 1;
}

function paintHexagons(
  context: CanvasRenderingContext2D,
  cells: Hexagons,
  { bounds, pixels, palette }: View,
): void {
  const scale = scaleOf(bounds, pixels);
  const radius = { x: cells.radius.x * scale.x * HEXAGON_GAP, y: cells.radius.y * scale.y * HEXAGON_GAP };
  const changes = Float64Array.from(cells.x, (_, slot) => shareDifference(cells, slot));
  const most = changes.reduce((high, change) => Math.max(high, Math.abs(change)), 1e-12);
  const outline = Array.from({ length: 6 }, (_, k) => {
    const angle = (Math.PI / 3) * k + Math.PI / 6;
    return [Math.cos(angle) * radius.x, Math.sin(angle) * radius.y] as const;
  });
  changes.forEach((change, slot) => {
    const [x, y] = toPixel(bounds, pixels, [cells.x[slot] as number, cells.y[slot] as number]);
    if (x < -radius.x || y < -radius.y || x > pixels.width + radius.x || y > pixels.height + radius.y) return;
    context.beginPath();
    for (const [dx, dy] of outline) context.lineTo(x + dx, y + dy);
    context.closePath();
    // By the square root, as areas are read; what chance explains stays at the colour of the paper's lines.
    context.globalAlpha = change === 0 ? 0.6 : 0.18 + 0.82 * Math.sqrt(Math.abs(change) / most);
    context.fillStyle = palette.css(
      change === 0 ? '--_line' : change > 0 ? '--_current' : '--_reference-ink',
    );
    context.fill();
  });
  context.globalAlpha = 1;
}
