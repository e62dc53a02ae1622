// SPDX-License-Identifier: Apache-2.0
import type { Field, Kind, Role } from '../columns/schema.js';
import { DriftglassError } from '../errors.js';
import type { Numbers } from '../kernels/kernels.js';
import { type NumberFacts, StringFacts } from './column-facts.js';
import { finitePart, numberFrame } from './cuts.js';
import { categoryFrame, keyFrame, numericCategories, textFrame, weighted } from './feature-frames.js';
import type { FeatureFrame } from './frame.js';
import { parseNumber, parseTime } from './parse.js';
import { timeFrame } from './time-frame.js';

/**
 * The frame of a column compared as `kind`: from the sorted sample of its numbers or times, or from its followed names.
 * @throws SettingsError when its values cannot be compared so
 */
export function featureFrame(
  { name, type }: Field,
  seen: NumberFacts | StringFacts,
  { kind, role, sorted }: { readonly kind: Kind; readonly role: Role; readonly sorted: Numbers },
): FeatureFrame {
  const impossible = () =>
    new DriftglassError(
      'SettingsError',
      `column "${name}" holds ${type} values and cannot be compared as ${kind}`,
    );
  const isText = seen instanceof StringFacts;
  switch (kind) {
    case 'number':
      if (type === 'time') throw impossible();
      if (isText) return numberFrame(weighted(seen.counts, parseNumber));
      return numberFrame(sorted, {
        integer: seen.integer && seen.min <= seen.max,
        min: seen.min,
        max: seen.max,
      });
    case 'time':
      if (type !== 'time' && !isText) throw impossible();
      return timeFrame(isText ? weighted(seen.counts, parseTime) : Float64Array.from(finitePart(sorted)));
    case 'text':
      if (!isText) throw impossible();
      return textFrame(seen.counts);
    case 'embedding':
      throw impossible();
    case 'category':
    case 'boolean': {
      if (type === 'time') throw impossible();
      if (role === 'key') return keyFrame(!isText);
      return categoryFrame(isText ? seen.counts : numericCategories(sorted, seen), {
        kind,
        numeric: !isText,
        overflow: isText && seen.unlisted > 0,
      });
    }
  }
}
