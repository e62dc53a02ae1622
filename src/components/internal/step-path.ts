// SPDX-License-Identifier: Apache-2.0
/** SVG path data, kept short: one decimal is a tenth of a pixel. */

const r = (value: number): number => Math.round(value * 10) / 10;

/** Bars without gaps as one outline: `heights` px above `base`, each `width` px wide from `left`. Open at the base. */
export function stepLine(
  heights: readonly number[],
  { left, width, base }: { left: number; width: number; base: number },
): string {
  let path = `M${r(left)} ${base}`;
  heights.forEach((height, i) => {
    path += `V${r(base - height)}H${r(left + (i + 1) * width)}`;
  });
  return `${path}V${base}`;
}

/** A straight line through points; a NaN breaks it. */
export function polyline(points: Iterable<readonly [x: number, y: number]>): string {
  let path = '';
  let pen = false;
  for (const [x, y] of points) {
    if (Number.isNaN(x) || Number.isNaN(y)) {
      pen = false;
      continue;
    }
    path += `${pen ? 'L' : 'M'}${r(x)} ${r(y)}`;
    pen = true;
  }
  return path;
}
