// SPDX-License-Identifier: Apache-2.0
import { INKS, STEPS } from './map-inks.js';

/** Colours as a canvas holds them: red, green, blue and alpha from the lowest byte up. */
export interface Palette {
  /** By ink; alpha is 0, to be filled in. */
  readonly inks: Uint32Array;
  readonly css: (property: string) => string;
  /** Equal for palettes of the same colours. */
  readonly key: string;
}

const RAMP = ['--_ramp-low', '--_ramp-middle', '--_ramp-high'] as const;

/** Reads the colours that an element's custom properties stand for now, in whatever notation they are. */
function readPalette(host: HTMLElement): Palette {
  const probe = document.createElement('span');
  probe.hidden = true;
  (host.shadowRoot ?? host).append(probe);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const css = (property: string): string => {
    probe.style.color = `var(${property})`;
    return getComputedStyle(probe).color;
  };
  const rgb = (property: string): [number, number, number] => {
    const colour = css(property);
    const plain = /^rgba?\((\d+), (\d+), (\d+)/.exec(colour);
    if (plain !== null) return [Number(plain[1]), Number(plain[2]), Number(plain[3])];
    // Other notations by painting them; browsers that guard against fingerprints blur what is read back.
    if (context === null) return [0, 0, 0];
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue];
  };
  const stops = RAMP.map(rgb);
  const ramp = Array.from({ length: STEPS }, (_, i) => {
    const place = (i / (STEPS - 1)) * (stops.length - 1);
    const from = Math.min(stops.length - 2, Math.floor(place));
    return [0, 1, 2].map((k) => {
      const low = stops[from]?.[k] ?? 0;
      return Math.round(low + (place - from) * ((stops[from + 1]?.[k] ?? 0) - low));
    });
  });
  const known = new Map<string, string>();
  for (const property of ['--_reference', '--_reference-ink', '--_current', '--_line', '--_faint']) {
    known.set(property, css(property));
  }
  const inks = Uint32Array.from(
    [...INKS.map(rgb), ...ramp],
    ([red = 0, green = 0, blue = 0]) =>
      // ImageData is in this order of bytes on little-endian machines, which is all that browsers run on.
      red | (green << 8) | (blue << 16),
  );
  probe.remove();
  return {
    inks,
    css: (property) => known.get(property) ?? 'currentColor',
    key: [...inks, ...known.values()].join(),
  };
}

const KEPT_MS = 400;

/** Reads the palette of an element anew at most every 0.4 s: a map that moves asks for it in every frame. */
export class PaletteReader {
  #palette: Palette | undefined;
  #at = 0;

  of(host: HTMLElement): Palette {
    const now = performance.now();
    if (this.#palette === undefined || now - this.#at > KEPT_MS) {
      this.#palette = readPalette(host);
      this.#at = now;
    }
    return this.#palette;
  }

  forget(): void {
    this.#palette = undefined;
  }
}
